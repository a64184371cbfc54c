"""Why each option was chosen or not, in one sentence in the reader's language."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from harmonia.commons.voice import cells

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


def _free(_words: Words) -> str:
    return _("Not chosen: it costs nothing, and this rule weighs what things cost.")


def _too_dear(words: Words) -> str:
    text = ngettext(
        "Not chosen: the one who supports it had %(held)s of the %(cost)s it costs left.",
        "Not chosen: the %(who)s who support it had %(held)s of the %(cost)s it costs left.",
        int(words["who"]),
    )
    return text % words


def _unwanted(_words: Words) -> str:
    return _("Not chosen: nobody supports it.")


def _replaced(words: Words) -> str:
    return _("Not chosen: “%(other)s” was chosen, and does the same.") % words


def _shut_out(words: Words) -> str:
    return _("Not chosen: “%(other)s” was chosen, and both cannot be built.") % words


def _alone(words: Words) -> str:
    return _("Not chosen: it needs “%(other)s”, which was not chosen.") % words


def _barred(_words: Words) -> str:
    return _("Not chosen: what it needs cannot stand beside what had to be done.")


def _few(reason: str) -> str:
    if reason.startswith("chosen"):
        return _("Chosen: those who support it could pay for it. They, or the others, are fewer than five.")
    return _(
        "Not chosen: those who support it could not pay for it. They, or the others, are fewer than five."
    )


PATTERNS: list[tuple[str, Callable[[Words], str]]] = [
    (rf"chosen: its {WHO} paid (?P<each>{NUMBER}) each(?: [^,]*)?", _paid),
    (
        rf"chosen: of its {WHO}, (?P<some>\d+) paid (?P<each>{NUMBER}) each(?: [^,]*?)? and (?P<rest>\d+) gave .*",
        _paid_unequally,
    ),
    (r"not chosen: it costs nothing.*", _free),
    (rf"not chosen: its {WHO} held (?P<held>{NUMBER}) of the (?P<cost>{NUMBER}) it costs", _too_dear),
    (r"not chosen: nobody supported .*", _unwanted),
    (r"not chosen: '(?P<other>.*)' was chosen, which does the same job", _replaced),
    (r"not chosen: '(?P<other>.*)' was chosen, which cannot stand beside it", _shut_out),
    (r"not chosen: it needs '(?P<other>.*)', which was not chosen", _alone),
    (r"not chosen: what it needs was shut out by what had to be funded", _barred),
]


def reason_in_words(reason: str, currency: str, voters: int) -> str:
    """Return the counting room's sentence for people, without numbers where they would be about fewer than five.

    A sentence we don't know stays as it is.
    """
    for pattern, say in PATTERNS:
        if found := re.fullmatch(pattern, reason, flags=re.DOTALL):
            words = found.groupdict()
            if cells.cell(int(words.get("who") or 0), voters) is None and "other" not in words:
                return _few(reason)
            return say({name: _amount(name, text, currency) for name, text in found.groupdict().items()})
    return reason


def _amount(name: str, text: str, currency: str) -> str:
    if name not in ("each", "held", "cost"):
        return text
    digits = 2 if "." in text else 0
    value = Decimal(text.replace("\u202f", ""))
    return f"{currency}\u00a0{number_format(value, digits, use_l10n=True, force_grouping=True)}"
