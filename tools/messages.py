"""Collect every text of the interface into the Spanish catalogue, keeping what is translated: `dev.py messages`.

Templates go through Django's own `templatize`, Python through Babel; no gettext binary is needed.
"""

import io
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

SOURCE = Path(__file__).resolve().parent.parent / "src" / "harmonia"
CATALOGUE = SOURCE / "site" / "locale" / "es" / "LC_MESSAGES" / "django.po"
KEYWORDS = ("_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "pgettext")

Message = tuple[str | tuple[str, ...], str]


def messages() -> Iterator[Message]:
    """Yield every text (a pair for plurals) with the file it stands in."""
    for path in sorted([*SOURCE.rglob("*.py"), *SOURCE.rglob("*.html"), *SOURCE.rglob("templates/**/*.txt")]):
        where = path.relative_to(SOURCE).as_posix()
        text = path.read_text(encoding="utf-8")
        code = templatize(text, origin=where) if path.suffix != ".py" else text
        for _, function, found, _ in extract_python(io.BytesIO(code.encode()), KEYWORDS, [], {}):
            parts = found if isinstance(found, tuple) else (found,)
            known = tuple(part for part in parts if isinstance(part, str))
            if known and known[0]:
                yield (known[:2] if function.startswith("ngettext") else known[0]), where


def catalogue() -> Catalog:
    """Return what the interface says now, as a catalogue without translations."""
    found = Catalog(locale="es", project="Harmonia", fuzzy=False)
    for text, where in messages():
        flags = ["python-format"] if "%(" in (text if isinstance(text, str) else text[0]) else []
        found.add(text, locations=[(where, 0)], flags=flags)
    return found


def translated() -> Catalog:
    """Return the Spanish catalogue as it is in the tree."""
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="es")


def missing() -> list[str]:
    """Return the texts that have no Spanish yet."""
    spanish = translated()
    gaps = []
    for message in catalogue():
        found = spanish.get(message.id)
        words = found.string if found else ""
        if message.id and not (all(words) and words if isinstance(words, tuple) else words):
            gaps.append(str(message.id if isinstance(message.id, str) else message.id[0]))
    return gaps


def main() -> int:
    """Write the catalogue and say what is missing."""
    warnings.simplefilter("ignore", DeprecationWarning)
    current = translated() if CATALOGUE.is_file() else Catalog(locale="es", fuzzy=False)
    current.update(catalogue(), no_fuzzy_matching=True, update_creation_date=False)
    current.obsolete.clear()
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
