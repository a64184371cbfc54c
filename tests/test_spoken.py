"""What science says on pages has Spanish; what it says elsewhere does not fill the catalogue."""

import ast
import re
from functools import cache

import pytest
from tools.messages import translated
from tools.spoken import FILES_OF_THE_COMMAND_LINE, SOURCE, Spoken, speaking, spoken, spoken_in

PLACEHOLDER = re.compile(r"%\(\w+\)[\d.]*[a-z]")
ANSWERED_IN_OWN_WORDS = {
    "BooksError",
    "BuretteError",
    "ElectionError",
    "FitError",
    "NotFinished",
    "ReadingError",
    "TransparencyError",
    "TrialError",
}
"""Errors that commons catch and never show: they say something of their own instead."""


def names() -> frozenset[str]:
    return speaking(path.read_text("utf-8") for path in (SOURCE / "science").rglob("*.py"))


def caught_by_commons() -> set[str]:
    """Return the names of science that commons catch somewhere."""
    known = {
        node.name
        for path in (SOURCE / "science").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ClassDef)
    }
    return known & {
        part.id
        for path in (SOURCE / "commons").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ExceptHandler) and node.type is not None
        for part in ast.walk(node.type)
        if isinstance(part, ast.Name)
    }


@cache
def spanish_of() -> dict[str, str]:
    return {str(one.id): str(one.string) for one in translated() if isinstance(one.id, str)}


@pytest.mark.parametrize("said", [one for one in spoken() if one.template], ids=lambda one: one.template[:40])
def test_what_a_page_may_show_has_spanish_with_the_same_values(said: Spoken) -> None:
    entry = spanish_of()[said.template]

    assert entry
    assert sorted(PLACEHOLDER.findall(entry)) == sorted(PLACEHOLDER.findall(said.template))
    assert entry.replace("%%", "").count("%") == len(PLACEHOLDER.findall(entry))


def test_every_error_that_commons_catch_is_translated_or_answered_in_their_own_words() -> None:
    assert caught_by_commons() - names() == ANSWERED_IN_OWN_WORDS


def test_no_error_is_translated_that_commons_never_catch() -> None:
    assert names() - caught_by_commons() == {"Sentence", "SentenceError"}


def test_a_sentence_for_pages_is_written_where_it_is_said() -> None:
    # A template that is put together from parts is in no catalogue; only the error itself hands on a sentence.
    assert [said.where for said in spoken() if not said.template] == ["science/sentences.py"]


def test_what_is_left_to_the_command_line_is_read_by_no_page() -> None:
    commons = "".join(path.read_text("utf-8") for path in (SOURCE / "commons").rglob("*.py"))

    assert all((SOURCE / name).is_file() for name in FILES_OF_THE_COMMAND_LINE)
    assert not any(reader in commons for reader in ("designs.inputs", "import Pledge", "join import account"))


def test_templates_are_found_under_every_error_that_speaks() -> None:
    code = "class A(SentenceError): ...\nclass B(A, ValueError): ...\nclass C(ValueError): ..."
    said = 'B("one %(x)s", x=1)\nC("two")\nA(f"{x}")\nSentence("three" " four")'

    assert speaking([code]) == {"SentenceError", "Sentence", "A", "B"}
    assert list(spoken_in(said, "here.py", speaking([code]))) == [
        Spoken("one %(x)s", "here.py", 1),
        Spoken("", "here.py", 3),
        Spoken("three four", "here.py", 4),
    ]
