"""`harmonia restore FILE DIR`: a backup in an empty folder, its books verified."""

import argparse
import gzip
import json
import shutil
import tarfile
import zlib
from pathlib import Path, PurePosixPath

from harmonia.cli.backup import run_postgresql
from harmonia.cli.errors import BadInput
from harmonia.cli.habitat import open_habitat


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.epilog = "example: harmonia restore /mnt/disk/harmonia-2026-11-23.tar.gz /srv/harmonia-again"
    parser.add_argument("file", type=Path, metavar="FILE.tar.gz")
    parser.add_argument("home", type=Path, metavar="DIR")


def run(arguments: argparse.Namespace) -> int:
    """Unpack beside the goal, verify, and only then give it its name."""
    home = arguments.home
    if home.exists() and any(home.iterdir()):
        raise BadInput(f"{home} is not empty; nothing was changed")
    scratch = home.with_name(home.name + ".restoring")
    shutil.rmtree(scratch, ignore_errors=True)
    try:
        books = _unpack(arguments.file, scratch)
        verdict = _verify(scratch, books)
        if home.exists():
            home.rmdir()
        scratch.rename(home)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    print(f"Restored {verdict} movements to {home}; the books are the same: sha256 {books['sha256']}")
    return 0


def _unpack(file: Path, target: Path) -> dict[str, object]:
    try:
        _read_to_the_end(file)
        with tarfile.open(file, "r:gz") as archive:
            _extract(archive, target)
        books: dict[str, object] = json.loads((target / "books.json").read_text())
        (target / "books.json").unlink()
    except (OSError, tarfile.TarError, zlib.error, EOFError, KeyError, ValueError) as error:
        raise BadInput(f"{file} is not a backup of Harmonia or is damaged: {error}") from error
    (target / "keys").chmod(0o700)
    for key in (target / "keys").iterdir():
        key.chmod(0o600)
    return books


def _read_to_the_end(file: Path) -> None:
    # tarfile stops at the archive's end mark, before the checksum that tells a damaged photo from a whole one.
    with gzip.open(file) as stream:
        while stream.read(1 << 20):
            pass


def _extract(archive: tarfile.TarFile, target: Path) -> None:
    # By hand, because tarfile's own filter came with CPython 3.11.4; nothing but plain files and folders, inside.
    target.mkdir(parents=True)
    for member in archive:
        parts = PurePosixPath(member.name).parts
        if not (member.isfile() or member.isdir()) or member.name.startswith("/") or ".." in parts:
            raise BadInput(
                f"the backup holds '{member.name}', which no backup of Harmonia does; nothing was kept"
            )
        path = target.joinpath(*parts)
        content = archive.extractfile(member)
        if content is None:
            path.mkdir(parents=True, exist_ok=True)
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            shutil.copyfileobj(content, file)


def _verify(scratch: Path, books: dict[str, object]) -> int:
    open_habitat(scratch)
    from django.db import connection

    from harmonia.commons.ledger.checks import check

    dump = scratch / "harmonia.pgdump"
    if dump.exists():
        _load_postgresql(dump)
    verdict = check()
    connection.close()
    if verdict.sha256 != books["sha256"]:
        raise BadInput(
            f"the restored books hash to {verdict.sha256}, the backup said {books['sha256']}; nothing was kept"
        )
    return verdict.movements


def _load_postgresql(dump: Path) -> None:
    from django.conf import settings
    from django.db import connection

    if connection.vendor != "postgresql":
        raise BadInput("this backup is of PostgreSQL: set DATABASE_URL to an empty database and try again")
    run_postgresql(
        "pg_restore",
        "--no-owner",
        "--exit-on-error",
        f"--dbname={settings.DATABASES['default']['NAME']}",
        str(dump),
    )
    dump.unlink()
