"""The text of a WIF: sections of `key=value` lines, asked for by name and refused by name."""

import codecs
from collections.abc import Iterator, Mapping

from harmonia.science.weaving.wif_lists import Lists
from harmonia.science.weaving.wif_numbers import WifError, line_number, plain, whole

Sections = dict[str, dict[str, str]]

MOST_THREADS = 100_000
TRUE, FALSE = {"TRUE", "YES", "ON", "1"}, {"FALSE", "NO", "OFF", "0"}


class WifText:
    """The sections of a file; every question names section and key in its refusal."""

    def __init__(self, source: str | bytes) -> None:
        self.sections = split_sections(source if isinstance(source, str) else decode(source))
        if "WIF" not in self.sections:
            raise WifError("The file has no [WIF] section; it is no WIF.")

    def has(self, section: str) -> bool:
        """Return whether a section is there and [CONTENTS] doesn't say it is off."""
        listed = self.sections.get("CONTENTS", {}).get(section, "TRUE")
        return section in self.sections and plain(listed).upper() not in FALSE

    def lines(self, section: str) -> Mapping[str, str]:
        """Return the lines of a section, none where it is missing or off."""
        return self.sections[section] if self.has(section) else {}

    def text(self, section: str, key: str) -> str:
        """Return a value as it stands, for titles and names that may hold a semicolon."""
        return self.sections.get(section, {}).get(key.upper(), "")

    def value(self, section: str, key: str) -> str:
        """Return a value without its comment, empty where there is none."""
        return plain(self.text(section, key))

    def count(self, section: str, key: str) -> int:
        """Return a count, 0 where the file doesn't say it."""
        text = self.value(section, key)
        count = whole(text, section, key) if text else 0
        if not 0 <= count <= MOST_THREADS:
            raise WifError(f"[{section}] {key} is {count}; we weave 1 to {MOST_THREADS}.")
        return count

    def flag(self, section: str, key: str, *, default: bool) -> bool:
        """Return a yes or no."""
        text = self.value(section, key).upper() or str(default).upper()
        if text not in TRUE | FALSE:
            raise WifError(f"[{section}] {key} is {text!r}, neither true nor false.")
        return text in TRUE

    def rows(self, section: str, most: int) -> Iterator[tuple[int, str]]:
        """Yield (place from 0, text) of every line that isn't empty, `place` below `most`."""
        for key, value in self.lines(section).items():
            text = plain(value)
            if text:
                place = line_number(key, section)
                if place > most:
                    raise WifError(f"[{section}] has a line {place}, but there are only {most}.")
                yield place - 1, text

    def lists(self, section: str) -> Lists:
        """Return the lists of numbers of a section, none where it is missing or off."""
        return Lists(section, self.lines(section))


def decode(content: bytes) -> str:
    """Return the text of a file: UTF-8, UTF-16 where it begins with its mark, else Latin-1."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def split_sections(text: str) -> Sections:
    """Return section -> key -> value, names in capitals; what stands before the first section is dropped.

    A key given twice counts as given last, a section given twice is one.
    """
    sections: Sections = {}
    current: dict[str, str] = {}
    # Not splitlines: it also breaks at characters that a title in Latin-1 may hold.
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        words = line.strip(" \t\0\x1a\ufeff")
        if not words or words[0] == ";":
            continue
        if words[0] == "[":
            current = sections.setdefault(_name(words[1:].split("]", maxsplit=1)[0]), {})
        else:
            key, _, value = words.partition("=")
            current[key if key.isdecimal() else _name(key)] = value.strip()
    return sections


def _name(text: str) -> str:
    return " ".join(text.upper().split())
