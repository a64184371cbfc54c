"""Take away what held the open votes, so that their tables can change; no vote may be on meanwhile."""

from typing import Any

from django.db import migrations

from harmonia.commons.journal.append_only import statements
from harmonia.commons.voice.invariants import DROP_POSTGRESQL, DROP_SQLITE


def nobody_votes(apps: Any, _editor: Any) -> None:
    """Refuse while an open vote is on: its approvals cannot become secret ballots."""
    held = apps.get_model("voice", "Upgrade").objects.filter(state="voting").values_list("title", flat=True)
    if held:
        raise RuntimeError(
            f"The vote '{held[0]}' is on. Close it with the version you have, then migrate; nothing was changed."
        )


class Migration(migrations.Migration):
    dependencies = [("voice", "0002_invariants"), ("nexus", "0004_designs")]
    operations = [
        migrations.RunPython(nobody_votes, migrations.RunPython.noop),
        statements(DROP_SQLITE, DROP_POSTGRESQL),
    ]
