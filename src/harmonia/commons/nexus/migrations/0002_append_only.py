"""Let the database itself keep plants and readings as they were written."""

from django.db import migrations

from harmonia.commons.journal.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("nexus", "0001_initial"), ("journal", "0002_append_only")]
    operations = [append_only("nexus_plantversion", "nexus_reading")]
