"""What early warnings from readings say, in the language of whoever reads them."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils.dateformat import format as date_format
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

Facts = Mapping[str, Any]


def cause_title(facts: Facts) -> str:
    """Return what is wrong, in one line."""
    return {
        "acids_high": _("More acid than the plant can follow"),
        "acids_rising": _("The acids rise towards souring"),
        "acids_rising_buffered": _("The acids rise while ammonia hides it from the pH"),
        "alkalinity_sinking": _("The buffer is low and sinking"),
        "ph_low": _("The plant is turning sour"),
        "ph_foreseen": _("The plant is about to turn sour"),
        "gas_short": _("Less gas than the feed should give"),
    }[facts["cause"]]


def cause_sentence(facts: Facts) -> str:
    """Return what was read, beside what is usual here, and which feed rose before."""
    return " ".join([_READ[facts["cause"]](facts), *_more(facts)])


def cause_outlook(facts: Facts) -> str:
    """Return how long there is, where that can be said, and what helps."""
    left = facts.get("left")
    if not left:
        return _("Feed half until two readings in a row are back at what is usual here.")
    count = max(1, round(left))
    text = ngettext(
        "If nothing changes it reaches the limit in about %(count)d day.",
        "If nothing changes it reaches the limit in about %(count)d days.",
        count,
    )
    return text % {"count": count}


def _number(value: float, digits: int = 2) -> str:
    return number_format(round(value, digits), decimal_pos=digits, use_l10n=True)


def _said(text: str, facts: Facts) -> str:
    numbers = {name: _number(value) for name, value in facts.items() if isinstance(value, float)}
    return text % numbers


def _more(facts: Facts) -> list[str]:
    if "more" not in facts:
        return []
    since = date.fromisoformat(facts["since"])
    text = _(
        "More %(what)s than the plant can follow since %(since)s: %(now)s kg of solids a day, usual %(usual)s."
    )
    values = {"what": _(facts["more"]), "since": date_format(since, "l j F")}
    return [text % {**values, "now": _number(facts["now_kg"], 1), "usual": _number(facts["usual_kg"], 1)}]


def _gas_short(facts: Facts) -> str:
    text = _("The meter shows %(share)s %% of the gas the model expects from the feed.")
    return text % {"share": _number(100 * facts["gas_share"], 0)}


_READ: dict[str, Callable[[Facts], str]] = {
    "acids_high": lambda f: _said(
        _("Acids use up %(ratio)s of the buffer; souring starts above 0.5, usual here is %(usual)s."), f
    ),
    "acids_rising": lambda f: _said(
        _("Acids use up %(ratio)s of the buffer (usual here %(usual)s), %(a_week)s more each week."), f
    ),
    "acids_rising_buffered": lambda f: _said(
        _("Acids stand at %(acids)s g/L (usual here %(usual)s) and rise."), f
    ),
    "alkalinity_sinking": lambda f: _said(
        _("Alkalinity is down to %(alkalinity)s g/L; usual here is %(usual)s."), f
    ),
    "ph_low": lambda f: _said(
        _("pH is down to %(ph)s on two of three readings; usual here is %(usual)s."), f
    ),
    "ph_foreseen": lambda f: _said(
        _("pH sinks (%(ph)s) and the model foresees %(foreseen)s within a week."), f
    ),
    "gas_short": _gas_short,
}
