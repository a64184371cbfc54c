"""Collect every text of the interface into the Spanish catalogue, keeping what is translated: `dev.py messages`.

Templates go through Django's own `templatize`, Python through Babel; no gettext binary is needed. Science knows no
gettext: what a page may show of it are `Sentence`s and errors that derive from `SentenceError` (`tools.spoken`).
"""

import io
import re
import sys
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as Entry
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from tools.spoken import spoken

SOURCE = Path(__file__).resolve().parent.parent / "src" / "harmonia"
CATALOGUE = SOURCE / "site" / "locale" / "es" / "LC_MESSAGES" / "django.po"
SINGLE = ("_", "gettext", "gettext_lazy", "gettext_noop")
PLURAL = ("ngettext", "ngettext_lazy")
IN_CONTEXT = ("pgettext", "pgettext_lazy", "npgettext", "npgettext_lazy")
KEYWORDS = dict.fromkeys((*SINGLE, *PLURAL, *IN_CONTEXT))
RENAMED = re.compile(r"\b(n?p?gettext(?:_lazy|_noop)?) as (\w+)")
HEADER = """# Spanish texts of Harmonia; `python3 dev.py messages` brings them up to date.
# This file is distributed under the same licence as Harmonia (Apache-2.0).
#"""

# Django's own Spanish says "usted" here; Harmonia says "tú" throughout.
DJANGOS: tuple[str | tuple[str, str], ...] = (
    "Enter a number.",
    "Enter a whole number.",
    "Enter a valid date.",
    "Enter a valid email address.",
    "Enter a valid “slug” consisting of letters, numbers, underscores or hyphens.",
    "Ensure this value is less than or equal to %(limit_value)s.",
    "Ensure this value is greater than or equal to %(limit_value)s.",
    (
        "Ensure this value has at most %(limit_value)d character (it has %(show_value)d).",
        "Ensure this value has at most %(limit_value)d characters (it has %(show_value)d).",
    ),
    (
        "Ensure that there are no more than %(max)s digit in total.",
        "Ensure that there are no more than %(max)s digits in total.",
    ),
    (
        "Ensure that there are no more than %(max)s decimal place.",
        "Ensure that there are no more than %(max)s decimal places.",
    ),
    (
        "Ensure that there are no more than %(max)s digit before the decimal point.",
        "Ensure that there are no more than %(max)s digits before the decimal point.",
    ),
    "Select a valid choice. %(value)s is not one of the available choices.",
    "Select a valid choice. That choice is not one of the available choices.",
    "No file was submitted. Check the encoding type on the form.",
    "The submitted file is empty.",
    "Upload a valid image. The file you uploaded was either not an image or a corrupted image.",
    "Please enter a correct %(username)s and password. Note that both fields may be case-sensitive.",
)


@dataclass(frozen=True)
class Message:
    """A text of the interface (a pair for plurals), the file it stands in, and its context if it has one."""

    words: str | tuple[str, str]
    where: str
    context: str | None = None


def messages() -> Iterator[Message]:
    """Yield every text, in the order of files and lines, then those of science and those of Django that we say otherwise."""
    for path in sorted([*SOURCE.rglob("*.py"), *SOURCE.rglob("*.html"), *SOURCE.rglob("templates/**/*.txt")]):
        where = path.relative_to(SOURCE).as_posix()
        text = path.read_text(encoding="utf-8")
        yield from messages_in(templatize(text, origin=where) if path.suffix != ".py" else text, where)
    for said in spoken():
        if said.template:
            yield Message(said.template, said.where)
    for words in DJANGOS:
        yield Message(words, "django")


def messages_in(code: str, where: str) -> Iterator[Message]:
    """Yield the texts of one file of Python; arguments that are no literal strings are left out."""
    known_as = {alias: function for function, alias in RENAMED.findall(code)}
    words = KEYWORDS | dict.fromkeys(known_as)
    # Babel's annotation of what it yields is wrong: a name, and a text or a tuple of texts and None.
    found: Iterator[tuple[int, Any, Any, Any]] = extract_python(io.BytesIO(code.encode()), words, [], {})
    for _, called, argument, _ in found:
        function = known_as.get(called, called)
        parts = [part for part in forms(argument or ()) if isinstance(part, str)]
        context = parts.pop(0) if function in IN_CONTEXT and parts else None
        if not parts or not parts[0]:
            continue
        plural = function.startswith("n") and len(parts) > 1
        yield Message((parts[0], parts[1]) if plural else parts[0], where, context)


def catalogue() -> Catalog:
    """Return what the interface says now, as a catalogue without translations."""
    found = Catalog(locale="es", project="Harmonia", fuzzy=False)
    for message in messages():
        first = message.words if isinstance(message.words, str) else message.words[0]
        flags = ["python-format"] if "%(" in first else []
        found.add(message.words, locations=[(message.where, 0)], flags=flags, context=message.context)
    return found


def translated() -> Catalog:
    """Return the Spanish catalogue as it is in the tree."""
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="es")


def entries(of: Catalog) -> list[Entry]:
    """Return the texts of a catalogue without its header."""
    return [entry for entry in of if entry.id]


def forms(words: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    """Return the forms of a text, one or one for each number."""
    return (words,) if isinstance(words, str) else tuple(words)


def missing() -> list[str]:
    """Return the texts that have no Spanish yet."""
    spanish = translated()
    gaps = []
    for entry in entries(catalogue()):
        found = spanish.get(entry.id, entry.context)
        said = forms(found.string or "") if found else ()
        if len(said) != len(forms(entry.id)) or not all(said):
            gaps.append(forms(entry.id)[0])
    return gaps


def main() -> int:
    """Write the catalogue and say what is missing."""
    warnings.simplefilter("ignore", DeprecationWarning)
    current = translated() if CATALOGUE.is_file() else Catalog(locale="es", fuzzy=False)
    current.update(catalogue(), no_fuzzy_matching=True, update_creation_date=False)
    current.obsolete.clear()
    current.header_comment, current.project, current.version = HEADER, "Harmonia", "1"
    current.msgid_bugs_address, current.last_translator, current.language_team = "", "", "es"
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    with CATALOGUE.open("wb") as file:
        write_po(file, current, width=110, sort_output=True, omit_header=False, include_lineno=False)
    gaps = missing()
    for text in gaps:
        print(f"  without Spanish: {text}")
    print(f"{len(current)} texts, {len(gaps)} without Spanish")
    return 0


if __name__ == "__main__":
    sys.exit(main())
