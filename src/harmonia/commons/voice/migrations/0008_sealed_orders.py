"""Seal each order of outcomes beside its ballot, and let the log bind ballots that are published without salts."""

from django.db import migrations, models

from harmonia.commons.journal.append_only import statements
from harmonia.commons.voice.invariants import GUARDS, sqlite

BOX = [guard for guard in GUARDS if guard.table in ("voice_ballot", "voice_logentry")]


class Migration(migrations.Migration):
    dependencies = [
        ("voice", "0007_operation_invariants"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="logentry",
            name="voice_logentry_what_known",
        ),
        migrations.AddField(
            model_name="ballot",
            name="order_salt",
            field=models.CharField(blank=True, default="", max_length=32),
        ),
        migrations.AddField(
            model_name="ballot",
            name="order_seal",
            field=models.CharField(blank=True, default="", max_length=64),
        ),
        migrations.AlterField(
            model_name="logentry",
            name="what",
            field=models.CharField(max_length=6),
        ),
        migrations.AddConstraint(
            model_name="ballot",
            constraint=models.UniqueConstraint(
                condition=models.Q(("order_seal", ""), _negated=True),
                fields=("upgrade", "order_seal"),
                name="voice_ballot_order_seal_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="logentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("what__in", ["open", "cast", "rank", "void", "unrank", "tally", "wishes", "close"])
                ),
                name="voice_logentry_what_known",
            ),
        ),
        # SQLite makes a changed table anew, and its triggers go with the old one; PostgreSQL keeps them.
        statements(sqlite(BOX), []),
    ]
