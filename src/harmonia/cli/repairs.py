"""`harmonia repairs import|export`: repairs as a table of the Open Repair Data Standard."""

import argparse
import csv
from pathlib import Path

from harmonia.cli.errors import BadInput
from harmonia.cli.files import read_text
from harmonia.cli.habitat import add_home, open_habitat

EPILOG = "example: harmonia repairs import OpenRepairData_v0.3_FixitClinic_202507.csv"
MOST_MB = 300


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.epilog = EPILOG
    add_home(parser)
    parser.add_argument("what", choices=["import", "export"])
    parser.add_argument("file", type=Path, metavar="FILE.csv")
    parser.add_argument("--rejected", type=Path, metavar="FILE.csv", help="where to list what was not taken")


def run(arguments: argparse.Namespace) -> int:
    """Take a table in, or write one; exit 1 where a row was not taken."""
    text = read_text(arguments.file, most_mb=MOST_MB) if arguments.what == "import" else ""
    open_habitat(arguments.home)
    return _import(arguments, text) if arguments.what == "import" else _export(arguments.file)


def _import(arguments: argparse.Namespace, text: str) -> int:
    import io

    from harmonia.commons.alchemy import actions, ords
    from harmonia.commons.alchemy.models import Repair

    try:
        rows = list(ords.read(io.StringIO(text, newline="")))
    except ords.BadTableError as error:
        raise BadInput(f"{arguments.file}: {error}") from None
    bad = [row for row in rows if isinstance(row, ords.Rejected)]
    done = actions.import_repairs(row for row in rows if isinstance(row, Repair))
    print(
        f"{done.new} new repairs, {done.changed} in a newer version, {done.same} here already;"
        f" {len(bad)} rows were not taken."
    )
    for item in bad[:5]:
        print(f"  line {item.line}, {item.key!r}: {item.reason}")
    if arguments.rejected:
        with arguments.rejected.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(["line", "id", "reason"])
            writer.writerows([item.line, item.key, item.reason] for item in bad)
    return 1 if bad else 0


def _export(path: Path) -> int:
    from harmonia.commons.alchemy import ords, queries

    found = queries.repairs().order_by("id")
    try:
        with path.open("x", encoding="utf-8", newline="") as out:
            out.writelines(ords.write(found.iterator(1000)))
    except FileExistsError:
        raise BadInput(f"{path} exists already; nothing was overwritten.") from None
    except OSError as error:
        raise BadInput(f"{path} cannot be written: {error.strerror}.") from None
    print(f"{found.count()} repairs written to {path}.")
    return 0
