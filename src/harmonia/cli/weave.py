"""`harmonia weave check|convert`: is this draft weavable, and give it to me for my loom."""

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from harmonia.cli.errors import BadInput

if TYPE_CHECKING:
    from harmonia.science.weaving import Draft

READ = (".wif", ".bmp", ".tif", ".tiff")
WRITE = (*READ, ".png", ".svg")


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the command."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="check|convert")
    check = actions.add_parser("check", help="name what would go wrong at the loom; exit 1 if anything would")
    convert = actions.add_parser("convert", help=f"write a draft as {', '.join(WRITE)}")
    for action in (check, convert):
        action.add_argument("source", type=Path, metavar="IN", help=f"a draft: {', '.join(READ)}")
        action.add_argument("--json", action="store_true", help="answer in JSON")
    check.add_argument("--float-threads", type=int, default=10, help="longest float in threads")
    check.add_argument("--float-mm", type=float, default=10.0, help="longest float in mm")
    check.add_argument("--shafts", type=int, default=24, help="shafts of the loom")
    check.add_argument("--colours", type=int, default=12, help="yarns at most")
    convert.add_argument(
        "target", type=Path, metavar="OUT", help="where to write; its ending says the format"
    )


def run(arguments: argparse.Namespace) -> int:
    """Check or convert a draft; exit 0, or 1 where a check finds something."""
    draft = _read(arguments.source)
    return _check(draft, arguments) if arguments.action == "check" else _convert(draft, arguments)


def _read(path: Path) -> "Draft":
    from harmonia.science.weaving import DraftError, read_bitmap, read_wif

    if path.suffix.lower() not in READ:
        raise BadInput(f"{path} ends in none of {', '.join(READ)}, so we cannot read it as a draft.")
    try:
        content = path.read_bytes()
        return read_wif(content) if path.suffix.lower() == ".wif" else read_bitmap(content)
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}.") from None
    except DraftError as error:
        raise BadInput(f"{path}: {error}") from None


def _about(draft: "Draft") -> dict[str, object]:
    return {"title": draft.title, "ends": draft.ends, "picks": draft.picks, "shafts": draft.shafts}


def _check(draft: "Draft", arguments: argparse.Namespace) -> int:
    from harmonia.science.weaving import Limits, check

    limits = Limits(arguments.float_threads, arguments.float_mm, arguments.shafts, arguments.colours)
    findings = check(draft, limits)
    if arguments.json:
        found = [asdict(finding) for finding in findings]
        print(json.dumps({**_about(draft), "findings": found}, indent=2, ensure_ascii=False))
    else:
        print(f"{draft.ends} ends, {draft.picks} picks, {draft.shafts} shafts")
        for finding in findings:
            print(f"{finding.name}: {finding.sentence}")
        if not findings:
            print("Nothing stands against weaving it.")
    return 1 if findings else 0


def _convert(draft: "Draft", arguments: argparse.Namespace) -> int:
    target: Path = arguments.target
    content = _content(draft, target)
    try:
        target.write_bytes(content)
    except OSError as error:
        raise BadInput(f"{target} cannot be written: {error.strerror}.") from None
    if arguments.json:
        print(
            json.dumps({**_about(draft), "written": str(target), "bytes": len(content)}, ensure_ascii=False)
        )
    else:
        print(f"Wrote {target}: {draft.ends} ends, {draft.picks} picks, {draft.shafts} shafts.")
    return 0


def _content(draft: "Draft", target: Path) -> bytes:
    from harmonia.science import weaving

    suffix = target.suffix.lower()
    if suffix == ".wif":
        return weaving.write_wif(draft).encode()
    if suffix == ".svg":
        return weaving.draft_svg(draft).encode()
    if suffix == ".png":
        return weaving.picture(draft)
    if suffix in READ:
        return weaving.bitmap(draft, "BMP" if suffix == ".bmp" else "TIFF")
    raise BadInput(f"{target} ends in none of {', '.join(WRITE)}, so we cannot write it.")
