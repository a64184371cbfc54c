"""Find the sentences of science that pages may show: their templates belong into the catalogue.

An error that commons catch and show derives from `SentenceError`; one that only the command line says does not, nor
does one that commons answer in words of their own. So the class says whether its templates are collected.
"""

import ast
import tomllib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

SOURCE = Path(__file__).resolve().parent.parent / "src" / "harmonia"
SCIENCE = SOURCE / "science"
SENTENCE, ERROR = "Sentence", "SentenceError"
HYGIENE = "science/soil/hygiene.toml"
FILES_OF_THE_COMMAND_LINE = frozenset({"science/join.py", "science/metabolism/designs/inputs.py"})
"""They read the folders of `harmonia cycle` and `designs`, and refuse them by errors that pages know from elsewhere."""


@dataclass(frozen=True)
class Spoken:
    """A sentence where science says it: its template, "" where that is handed on or put together; file and line."""

    template: str
    where: str
    line: int


def spoken() -> Iterator[Spoken]:
    """Yield the sentences of science that pages may show, in the order of files and lines; its own tables come last."""
    files = {path.relative_to(SOURCE).as_posix(): path.read_text("utf-8") for path in SCIENCE.rglob("*.py")}
    names = speaking(files.values())
    for where in sorted(files.keys() - FILES_OF_THE_COMMAND_LINE):
        yield from spoken_in(files[where], where, names)
    yield from rules_of_hygiene()


def rules_of_hygiene() -> Iterator[Spoken]:
    """Yield names and remarks of the rule sets and of their treatments; their sources are quoted as they are."""
    for rules in tomllib.loads((SOURCE / HYGIENE).read_text("utf-8"))["rule_sets"].values():
        for row in (rules, *rules["treatments"]):
            yield from (Spoken(row[key], HYGIENE, 0) for key in ("name", "remark") if key in row)


def speaking(files: Iterable[str]) -> frozenset[str]:
    """Return the names of `Sentence` and of every error that derives from `SentenceError`."""
    found = {ERROR}
    classes = [node for code in files for node in ast.walk(ast.parse(code)) if isinstance(node, ast.ClassDef)]
    while more := {node.name for node in classes if found & _bases(node)} - found:
        found |= more
    return frozenset(found | {SENTENCE})


def _bases(node: ast.ClassDef) -> set[str]:
    return {base.id for base in node.bases if isinstance(base, ast.Name)}


def spoken_in(code: str, where: str, names: Collection[str]) -> Iterator[Spoken]:
    """Yield what one file says by these names, in the order of its lines."""
    calls = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call) and node.args]
    for call in sorted(calls, key=lambda call: call.lineno):
        if isinstance(call.func, ast.Name) and call.func.id in names:
            yield Spoken(_text(call.args[0]), where, call.lineno)


def _text(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
