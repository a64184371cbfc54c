"""Why each option was chosen or not, in one sentence in the reader's language."""

import re
from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

Words = Mapping[str, str]
NUMBER = r"[\d.\u202f]+"
WHO = r"(?P<who>\d+) supporters?"


def _paid(words: Words) -> str:
    text = ngettext(
        "Chosen: the one who supports it paid %(each)s.",
        "Chosen: the %(who)s who support it paid %(each)s each.",
        int(words["who"]),
    )
    return text % words


def _paid_unequally(words: Words) -> str:
    return (
        _(
            "Chosen: of the %(who)s who support it, %(some)s paid %(each)s each and %(rest)s gave all they had left."
        )
        % words
    )


def _free(words: Words) -> str:
    text = ngettext(
        "Chosen: it costs nothing, and %(who)s person supports it.",
        "Chosen: it costs nothing, and %(who)s people support it.",
        int(words["who"]),
    )
    return text % words


def _too_dear(words: Words) -> str:
    text = ngettext(
        "Not chosen: the one who supports it had %(held)s of the %(cost)s it costs left.",
        "Not chosen: the %(who)s who support it had %(held)s of the %(cost)s it costs left.",
        int(words["who"]),
    )
    return text % words


def _unwanted(_words: Words) -> str:
    return _("Not chosen: nobody supports it.")


PATTERNS: list[tuple[str, Callable[[Words], str]]] = [
    (rf"chosen: its {WHO} paid (?P<each>{NUMBER}) each", _paid),
    (
        rf"chosen: of its {WHO}, (?P<some>\d+) paid (?P<each>{NUMBER}) each and (?P<rest>\d+) gave .*",
        _paid_unequally,
    ),
    (rf"chosen: it costs nothing and has {WHO}", _free),
    (rf"not chosen: its {WHO} held (?P<held>{NUMBER}) of the (?P<cost>{NUMBER}) it costs", _too_dear),
    (r"not chosen: nobody supported .*", _unwanted),
]


def reason_in_words(reason: str) -> str:
    """Return the counting room's sentence for people; a sentence we don't know stays as it is."""
    for pattern, say in PATTERNS:
        if found := re.fullmatch(pattern, reason, flags=re.DOTALL):
            return say(found.groupdict())
    return reason
