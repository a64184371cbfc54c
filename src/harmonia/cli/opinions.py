"""`harmonia opinions DIR`: the map of a conversation from its votes."""

import argparse
import gzip
import json
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from harmonia.cli.errors import BadInput
from harmonia.cli.files import read_text

if TYPE_CHECKING:
    from harmonia.science.choice.opinions import Agreement, OpinionMap

Read = TypeVar("Read")
EXAMPLE = """examples:
  harmonia opinions conversation
  harmonia opinions conversation --json --people"""
_MOST_MB = 100
_WIDEST = 100


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the command."""
    parser.epilog = EXAMPLE
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument(
        "folder",
        type=Path,
        metavar="DIR",
        help="votes.csv (participant, statement, vote, at) and statements.csv (statement, text, meta, hidden); or "
        "Polis' votes.json, participants-votes.csv, comments.json, comments.csv; each may be packed as .gz",
    )
    parser.add_argument(
        "--groups",
        type=int,
        metavar="K",
        help="split people into K groups, as another tool did, even if they are too few",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--people", action="store_true", help="with --json: where each participant lies, too")


def run(arguments: argparse.Namespace) -> int:
    """Print the map; exit 0.

    Raises:
        BadInput: the folder holds no votes, or they cannot be mapped.
    """
    from harmonia.science.choice.opinions import OpinionError, map_to_dict, opinion_map
    from harmonia.science.choice.opinions.reading import STATEMENTS, VOTES

    folder = arguments.folder
    if not folder.is_dir():
        raise BadInput(f"{folder} is no folder.")
    if arguments.groups is not None and not 1 <= arguments.groups <= 20:
        raise BadInput(f"--groups must be 1 to 20, not {arguments.groups}.")
    votes = _read(folder, VOTES)
    if not votes:
        raise BadInput(f"{folder} holds no votes; there must be one of {', '.join(VOTES)}.")
    try:
        shown = opinion_map(votes, _read(folder, STATEMENTS), groups=arguments.groups)
    except OpinionError as error:
        raise BadInput(f"{folder}: {error}") from None
    if arguments.json:
        print(json.dumps(map_to_dict(shown, people=arguments.people), ensure_ascii=False))
    else:
        print("\n".join(as_lines(shown)))
    return 0


def as_lines(shown: "OpinionMap") -> Iterator[str]:
    """Yield the map as text: what unites, then what each group stands for."""
    texts = {view.statement.id: view.statement.text for view in shown.statements}
    yield f"{shown.votes} votes of {shown.participants} people, {len(shown.positions)} of them on the map"
    for title, found in (("Most agree", shown.agree), ("Most disagree", shown.disagree)):
        yield f"\n{title}" if found else f"\n{title}: with nothing yet"
        yield from (_line(said, texts) for said in found)
    if shown.no_groups:
        yield f"\n{shown.no_groups}"
    for group in shown.groups:
        yield f"\nGroup {group.number + 1}: {group.size} people, {group.verdict} (likeness {group.stability or 0:.2f})"
        yield from (_line(said, texts) for said in group.representative)
    waiting = sorted((v for v in shown.statements if v.statement.shown), key=lambda view: -view.priority)
    yield "\nTo be shown next"
    yield from (f"  {_told(view.statement.id, texts)}" for view in waiting[:5])


def _line(said: "Agreement", texts: Mapping[str, str]) -> str:
    word = "agree" if said.answer == 1 else "disagree"
    return f"  {said.successes} of {said.trials} {word}: {_told(said.statement, texts)}"


def _told(name: str, texts: Mapping[str, str]) -> str:
    text = " ".join(texts[name].split())
    return f"{name}  {text if len(text) <= _WIDEST else text[: _WIDEST - 1] + '…'}".rstrip()


def _read(folder: Path, readers: Mapping[str, Callable[[str], list[Read]]]) -> list[Read]:
    """Return what the first file there is of these says; nothing where there is none."""
    from harmonia.science.choice.opinions import OpinionError

    for name, reader in readers.items():
        for path in (folder / name, folder / f"{name}.gz"):
            if path.exists():
                try:
                    return reader(
                        _unpacked(path) if path.suffix == ".gz" else read_text(path, most_mb=_MOST_MB)
                    )
                except OpinionError as error:
                    raise BadInput(f"{path}: {error}") from None
    return []


def _unpacked(path: Path) -> str:
    """Return the text of a packed file; never more than the limit, whatever it claims."""
    try:
        with gzip.open(path) as stream:
            content = stream.read(_MOST_MB * 1_000_000 + 1)
    except (OSError, EOFError, zlib.error):
        raise BadInput(f"{path} cannot be unpacked.") from None
    if len(content) > _MOST_MB * 1_000_000:
        raise BadInput(f"{path} unpacks to more than {_MOST_MB} MB; nothing was done.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput(f"{path} is not UTF-8 text.") from None
