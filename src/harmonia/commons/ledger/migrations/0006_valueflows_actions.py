"""Take all nineteen actions of ValueFlows."""

from django.db import migrations, models

from harmonia.commons.journal.append_only import statements


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0005_batch_invariants"),
    ]

    # SQLite would rebuild the table, and lose its triggers, to widen a column whose width it does not hold anyway.
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                statements([], ["ALTER TABLE ledger_movement ALTER COLUMN action TYPE varchar(20)"])
            ],
            state_operations=[
                migrations.AlterField(
                    model_name="movement",
                    name="action",
                    field=models.CharField(
                        choices=[
                            ("pickup", "pick up"),
                            ("dropoff", "drop off"),
                            ("transfer", "transfer"),
                            ("consume", "consume"),
                            ("produce", "produce"),
                            ("combine", "combine"),
                            ("separate", "separate"),
                            ("raise", "raise"),
                            ("lower", "lower"),
                            ("accept", "accept for repair"),
                            ("modify", "give back repaired"),
                            ("move", "move"),
                            ("copy", "copy"),
                            ("transferCustody", "hand over for safe keeping"),
                            ("transferAllRights", "give away the rights"),
                            ("use", "use"),
                            ("cite", "refer to"),
                            ("work", "work"),
                            ("deliverService", "do somebody a service"),
                        ],
                        max_length=20,
                    ),
                ),
            ],
        )
    ]
