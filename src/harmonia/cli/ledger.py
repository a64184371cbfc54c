"""`harmonia ledger`: verify the books from their lines, write them out, read them back."""

import argparse
import json
from pathlib import Path
from types import ModuleType

from harmonia.cli.errors import BadInput
from harmonia.cli.files import read_text
from harmonia.cli.habitat import add_home, open_habitat

EPILOG = (
    "example: harmonia ledger export books.jsonld; on another machine: harmonia ledger restore books.jsonld"
)
FORMATS = {".jsonld": "jsonld", ".json": "jsonld", ".beancount": "beancount", ".csv": "table"}


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.epilog = EPILOG
    add_home(parser)
    parser.add_argument("what", choices=["check", "export", "restore"])
    parser.add_argument(
        "file", nargs="?", type=Path, metavar="FILE", help="ends in .jsonld, .beancount or .csv"
    )
    parser.add_argument("--json", action="store_true", help="print one object for scripts")


def run(arguments: argparse.Namespace) -> int:
    """Return 0 when it was done and every movement is whole, else 1, naming the first that is not."""
    open_habitat(arguments.home)
    if arguments.what == "export":
        _export(arguments.file)
    elif arguments.what == "restore":
        _restore(arguments.file)
    return _check(arguments.json)


def _check(as_json: bool) -> int:
    from harmonia.commons.ledger.checks import check

    verdict = check()
    if as_json:
        findings = [finding.sentence for finding in verdict.findings]
        print(json.dumps({"movements": verdict.movements, "sha256": verdict.sha256, "findings": findings}))
    elif verdict.findings:
        print(f"Broken: {verdict.findings[0].sentence} ({len(verdict.findings)} findings in all).")
    else:
        print(f"{verdict.movements} movements, every gram accounted for. Books: sha256 {verdict.sha256}")
    return 1 if verdict.findings else 0


def _format(path: Path | None) -> tuple[Path, ModuleType]:
    from harmonia.commons.ledger.exchange import beancount, jsonld, table

    name = FORMATS.get(path.suffix.lower()) if path else None
    if path is None or name is None:
        raise BadInput(f"Name a file that ends in {', '.join(sorted(FORMATS))}.")
    return path, {"jsonld": jsonld, "beancount": beancount, "table": table}[name]


def _export(file: Path | None) -> None:
    from harmonia.commons.ledger.exchange.records import read_books

    path, form = _format(file)
    try:
        with path.open("x", encoding="utf-8", newline="") as out:
            out.writelines(form.write(read_books()))
    except OSError as error:
        raise BadInput(f"{path} cannot be written: {error.strerror}.") from error


def _restore(file: Path | None) -> None:
    from harmonia.commons.ledger import actions
    from harmonia.commons.ledger.exchange.records import BadBooks

    path, form = _format(file)
    try:
        actions.restore_books(form.read(read_text(path)))
    except (BadBooks, actions.Refused) as error:
        raise BadInput(str(error)) from error
