"""`harmonia backup FILE`: database, media, settings and keys in one file, while the site is open."""

import argparse
import io
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from harmonia.cli.errors import BadInput
from harmonia.cli.habitat import add_home, open_habitat


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_home(parser)
    parser.epilog = "example: harmonia backup --home /srv/harmonia /mnt/disk/harmonia-2026-11-23.tar.gz"
    parser.add_argument("file", type=Path, metavar="FILE.tar.gz")


def run(arguments: argparse.Namespace) -> int:
    """Write the backup; it holds secrets, so only its owner may read it."""
    open_habitat(arguments.home)
    if arguments.file.exists():
        raise BadInput(f"{arguments.file} exists already; nothing was overwritten")
    with tempfile.TemporaryDirectory(dir=arguments.home) as scratch:
        dump = _dump_database(Path(scratch))
        books = _books_of(dump)
        partial = arguments.file.with_name(arguments.file.name + ".partial")
        with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            with tarfile.open(fileobj=out, mode="w:gz") as archive:
                _add(archive, "books.json", json.dumps(books, indent=2).encode())
                archive.add(dump, dump.name)
                for part in ("harmonia.toml", "keys", "media"):
                    if (arguments.home / part).exists():
                        archive.add(arguments.home / part, part)
            out.flush()
            os.fsync(out.fileno())
        partial.rename(arguments.file)
    print(f"Backed up {books['movements']} movements to {arguments.file}. Books: sha256 {books['sha256']}")
    return 0


def _add(archive: tarfile.TarFile, name: str, body: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(body), 0o600
    entry.mtime = int(datetime.now(UTC).timestamp())
    archive.addfile(entry, io.BytesIO(body))


def _dump_database(folder: Path) -> Path:
    from django.db import connection

    if connection.vendor == "sqlite":
        target = folder / "harmonia.sqlite3"
        connection.ensure_connection()
        with sqlite3.connect(target) as copy:
            connection.connection.backup(copy)
        copy.close()
        return target
    return _dump_postgresql(folder / "harmonia.pgdump")


def _dump_postgresql(target: Path) -> Path:
    run_postgresql("pg_dump", "--format=custom", "--no-owner", f"--file={target}")
    return target


def run_postgresql(name: str, *words: str) -> None:
    """Run one of PostgreSQL's programs on the site's database; the password goes by environment, seen by nobody.

    Raises BadInput when the program is missing or fails.
    """
    from django.db import connection

    program = shutil.which(name)
    if program is None:
        raise BadInput(f"{name} is not installed; on Debian: sudo apt install postgresql-client")
    settings = connection.get_connection_params()
    names = {
        "PGHOST": "host",
        "PGPORT": "port",
        "PGUSER": "user",
        "PGPASSWORD": "password",
        "PGDATABASE": "dbname",
    }
    environment = {name: str(settings[key]) for name, key in names.items() if settings.get(key)}
    done = subprocess.run(
        [program, *words], env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise BadInput(f"{name} failed: {done.stderr.strip()}")


def _books_of(dump: Path) -> dict[str, object]:
    # The hash is taken of the copy, not of the books people are writing in meanwhile.
    from django.db import connections

    from harmonia.commons.ledger.checks import check

    if dump.suffix == ".sqlite3":
        with reading(dump):
            verdict = check()
    else:
        connections["default"].ensure_connection()
        verdict = check()
    return {"movements": verdict.movements, "sha256": verdict.sha256, "findings": len(verdict.findings)}


class reading:  # noqa: N801 - reads as a verb: `with reading(copy):`
    """Point Django's default connection at another SQLite file for a while."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def __enter__(self) -> None:
        """Switch to the file."""
        from django.db import connection

        connection.close()
        self.before = connection.settings_dict["NAME"]
        connection.settings_dict["NAME"] = str(self.file)

    def __exit__(self, *_: object) -> None:
        """Switch back."""
        from django.db import connection

        connection.close()
        connection.settings_dict["NAME"] = self.before
