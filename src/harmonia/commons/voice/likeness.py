"""Statements that say nearly the same, found by the letters they share."""

from collections.abc import Mapping
from unicodedata import combining, normalize

WINDOW = 4  # [characters]
ALIKE = 0.34
"""Share of common four-letter pieces (Dice) from which two statements are shown side by side.

Statements of one theme in the tests share 0.2 at most, the same thought in other words 0.4 and more.
"""
MOST = 5


def pieces(text: str) -> frozenset[str]:
    """Return the four-letter pieces of a text, without case, accents and punctuation."""
    bare = "".join(c for c in normalize("NFKD", text.casefold()) if not combining(c))
    words = " ".join("".join(c if c.isalnum() else " " for c in bare).split())
    return frozenset(words[at : at + WINDOW] for at in range(max(1, len(words) - WINDOW + 1)))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Return how alike two sets of pieces are: 0 for nothing in common, 1 for the same (Dice)."""
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 1.0


def nearest(text: str, others: Mapping[int, str]) -> list[int]:
    """Return the keys of the texts that say nearly the same, the most alike first, at most five."""
    asked = pieces(text)
    found = [(likeness(asked, pieces(other)), key) for key, other in others.items()]
    return [key for share, key in sorted(found, key=lambda pair: (-pair[0], pair[1])) if share >= ALIKE][
        :MOST
    ]
