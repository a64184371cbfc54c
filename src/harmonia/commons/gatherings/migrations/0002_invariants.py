"""Let the database itself hold that every worry and question gets its answer."""

from django.db import migrations

from harmonia.commons.gatherings.invariants import POSTGRESQL, SQLITE
from harmonia.commons.journal.append_only import statements


class Migration(migrations.Migration):
    dependencies = [("gatherings", "0001_initial")]
    operations = [statements(SQLITE, POSTGRESQL)]
