"""Numbers of a WIF, each refused by section and line where it is none."""

import re

from harmonia.science.weaving.draft import DraftError

NUMBER = re.compile(r"[+-]?\d{1,9}", re.ASCII)
LENGTH = re.compile(r"\+?(\d+[.,]?\d*|[.,]\d+)([eE][+-]?\d+)?", re.ASCII)
LONGEST = 1e6


class WifError(DraftError):
    """A file that is no weavable WIF; the message is one sentence naming section and line."""


def plain(value: str) -> str:
    """Return a value without the comment behind it."""
    return value if ";" not in value else value.split(";", maxsplit=1)[0].strip()


def whole(text: str, section: str, key: str) -> int:
    """Return a whole number of at most nine digits."""
    bare = text.strip()
    if not NUMBER.fullmatch(bare):
        raise WifError(f"[{section}] {key} is {bare[:40]!r}, which is no number.")
    return int(bare)


def line_number(key: str, section: str) -> int:
    """Return the number of a line, from 1."""
    number = int(key) if key.isdecimal() and key.isascii() and len(key) < 9 else whole(key, section, key)
    if number < 1:
        raise WifError(f"[{section}] has a line {number}; lines begin at 1.")
    return number


def length(text: str, section: str, key: str) -> float:
    """Return a length that is not negative; a decimal comma is a decimal point."""
    bare = text.strip()
    value = float(bare.replace(",", ".")) if LENGTH.fullmatch(bare) else LONGEST
    if not value < LONGEST:
        raise WifError(f"[{section}] {key} is {bare[:40]!r}; no yarn is as wide as that.")
    return value
