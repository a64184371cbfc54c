"""`harmonia weave check|convert`: is this draft weavable, and give it to me for my loom."""

import argparse
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from harmonia.cli.errors import BadInput

if TYPE_CHECKING:
    from harmonia.science.weaving import Draft, Limits

READ = (".wif", ".bmp", ".tif", ".tiff", ".png")
WRITE = (".wif", ".bmp", ".tif", ".tiff", ".png", ".svg", ".pdf")


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the command."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="check|convert")
    check = actions.add_parser("check", help="name what would go wrong at the loom; exit 1 if anything would")
    convert = actions.add_parser("convert", help=f"write a draft as {', '.join(WRITE)}")
    for action in (check, convert):
        action.add_argument("source", type=Path, metavar="IN", help=f"a draft: {', '.join(READ)}")
        action.add_argument("--json", action="store_true", help="answer in JSON")
        action.add_argument("--float-threads", type=int, default=10, help="longest float in threads")
        action.add_argument("--float-mm", type=float, default=10.0, help="longest float in mm")
    check.add_argument("--shafts", type=int, default=24, help="shafts of the loom")
    check.add_argument("--colours", type=int, default=12, help="yarns at most")
    convert.add_argument(
        "target", type=Path, metavar="OUT", help="where to write; its ending says the format"
    )
    convert.add_argument("--bind", action="store_true", help="tie down floats that are too long")


def run(arguments: argparse.Namespace) -> int:
    """Check or convert a draft; exit 0, or 1 where a check finds something."""
    return _check(arguments) if arguments.action == "check" else _convert(arguments)


def _read(path: Path) -> tuple["Draft", Mapping[str, str]]:
    """Return a draft, and where it comes from."""
    from harmonia.science.weaving import DraftError, origin, read_bitmap, read_wif

    suffix = path.suffix.lower()
    if suffix not in READ:
        raise BadInput(f"{path} ends in none of {', '.join(READ)}, so we cannot read it as a draft.")
    try:
        content = path.read_bytes()
        if suffix == ".wif":
            return read_wif(content), {**origin(content), "File": path.name}
        return read_bitmap(content), {"File": path.name}
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}.") from None
    except DraftError as error:
        raise BadInput(f"{path}: {error}") from None


def _limits(arguments: argparse.Namespace) -> "Limits":
    from harmonia.science.weaving import DraftError, Limits

    loom = {} if arguments.action == "convert" else {"shafts": arguments.shafts, "colours": arguments.colours}
    try:
        return Limits(arguments.float_threads, arguments.float_mm, **loom)
    except DraftError as error:
        raise BadInput(str(error)) from None


def _about(draft: "Draft") -> dict[str, object]:
    return {"title": draft.title, "ends": draft.ends, "picks": draft.picks, "shafts": draft.shafts}


def _check(arguments: argparse.Namespace) -> int:
    from harmonia.science.weaving import check

    limits = _limits(arguments)
    draft, _ = _read(arguments.source)
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


def _convert(arguments: argparse.Namespace) -> int:
    target: Path = arguments.target
    write = _writer(target)
    limits = _limits(arguments)
    draft, provenance = _read(arguments.source)
    if arguments.bind:
        from harmonia.science.weaving import auto_bind

        draft = auto_bind(draft, limits)
    content = write(draft, provenance)
    try:
        target.write_bytes(content)
    except OSError as error:
        raise BadInput(f"{target} cannot be written: {error.strerror}.") from None
    if arguments.json:
        written = {**_about(draft), "written": str(target), "bytes": len(content)}
        print(json.dumps(written, ensure_ascii=False))
    else:
        print(f"Wrote {target}: {draft.ends} ends, {draft.picks} picks, {draft.shafts} shafts.")
    return 0


def _writer(target: Path) -> Callable[["Draft", Mapping[str, str]], bytes]:
    """Return what writes a draft with its provenance in the format that the target's ending asks for."""
    from harmonia.science import weaving

    suffix = target.suffix.lower()
    if suffix not in WRITE:
        raise BadInput(f"{target} ends in none of {', '.join(WRITE)}, so we cannot write it.")

    def write(draft: "Draft", provenance: Mapping[str, str]) -> bytes:
        match suffix:
            case ".wif":
                return weaving.write_wif(draft, provenance).encode()
            case ".svg":
                return weaving.draft_svg(draft).encode()
            case ".pdf":
                from harmonia.science.weaving.sheet import draft_pdf

                return draft_pdf(draft)
            case ".png":
                return weaving.picture(draft)
            case _:
                return weaving.bitmap(draft, "BMP" if suffix == ".bmp" else "TIFF")

    def refuse(draft: "Draft", provenance: Mapping[str, str]) -> bytes:
        try:
            return write(draft, provenance)
        except weaving.DraftError as error:
            raise BadInput(f"{target}: {error}") from None

    return refuse
