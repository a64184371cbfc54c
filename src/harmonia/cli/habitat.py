"""Open a site's home for a command: settings, database, sentences instead of tracebacks."""

import argparse
import os
from pathlib import Path

from harmonia.cli.errors import BadInput


def add_home(parser: argparse.ArgumentParser) -> None:
    """Let a command say which home it works on."""
    default = os.environ.get("HARMONIA_HOME", ".harmonia")
    parser.add_argument(
        "--home", type=Path, default=Path(default), help="the site's folder (default: %(default)s)"
    )


def open_habitat(home: Path) -> None:
    """Set Django up on a home that `harmonia init` made.

    Raises BadInput when there is none or its settings cannot be used.
    """
    if not (home / "harmonia.toml").is_file():
        raise BadInput(f"there is no habitat in {home}; make one with: harmonia init {home}")
    os.environ["HARMONIA_HOME"] = str(home.resolve())
    os.environ["DJANGO_SETTINGS_MODULE"] = "harmonia.site.settings"
    import django

    from harmonia.site.config import ConfigError

    try:
        django.setup()
    except (ConfigError, OSError) as error:
        raise BadInput(str(error)) from error


def migrate() -> None:
    """Bring the database to the state the code expects; a no-op when it is."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)


def collect_static() -> None:
    """Copy the front end, with content hashes in its names, into the home when the build is newer."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    files = (Path(s.path(n)) for finder in get_finders() for n, s in finder.list([]))
    newest = max((file.stat().st_mtime_ns for file in files), default=0)
    mark = Path(settings.STATIC_ROOT) / ".collected"
    if mark.is_file() and mark.read_text() == str(newest):
        return
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    mark.write_text(str(newest))
