"""What guards, waits and the way back say, in the language of whoever reads them."""

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from harmonia.commons.journal.sentences import shown

if TYPE_CHECKING:
    from harmonia.science.metabolism.ramp_guards import Wait

_DIGITS = {"acid_ratio": 2, "ph": 2, "gas": 2, "temperature": 1}


def _number(value: float, digits: int) -> str:
    return number_format(round(value, digits), decimal_pos=digits, use_l10n=True)


def breach_in_words(breach: Mapping[str, Any]) -> str:
    """Return what was read and which limit it touches."""
    texts = {
        "acid_ratio": _("acids over alkalinity are %(value)s; the ramp's limit is %(limit)s"),
        "acid_rise": _("acids rose to %(value)s mg/L in this step; the limit is %(limit)s mg/L"),
        "alkalinity": _("alkalinity fell to %(value)s mg/L; the limit is %(limit)s mg/L"),
        "ph": _("pH is %(value)s; the ramp's limit is %(limit)s"),
        "gas": _("gas was %(value)s m³ a day over three days; the limit is %(limit)s m³"),
        "temperature": _("the digester is at %(value)s °C; it should be at %(limit)s °C"),
    }
    digits = _DIGITS.get(breach["guard"], 0)
    words = {"value": _number(breach["value"], digits), "limit": _number(breach["limit"], digits)}
    return texts[breach["guard"]] % words


def breaches_in_words(breaches: Iterable[Mapping[str, Any]]) -> str:
    """Return them as one sentence."""
    said = "; ".join(breach_in_words(breach) for breach in breaches)
    return f"{said[:1].upper()}{said[1:]}." if said else ""


def waits_in_words(waits: "Iterable[Wait]") -> list[str]:
    """Return why a load does not rise yet, one sentence each."""
    return [_wait(wait) for wait in waits]


def _wait(wait: "Wait") -> str:
    if wait.why == "days":
        left = max(1, round(wait.value + 0.499))
        text = ngettext("The step lasts %(left)d day more.", "The step lasts %(left)d days more.", left)
        return text % {"left": left}
    if wait.why == "not_flat":
        return _("The last three acid readings still differ by %(spread)s mg/L.") % {
            "spread": _number(wait.value, 0)
        }
    if wait.what == "flat_acids":
        left = int(wait.value)
        text = ngettext(
            "%(left)d acid reading of this step is missing.",
            "%(left)d acid readings of this step are missing.",
            left,
        )
        return text % {"left": left}
    return _missing()[wait.what]


def _missing() -> dict[str, str]:
    return {
        "acids": _("No acid reading of the last seven days."),
        "alkalinity": _("No alkalinity reading of the last seven days."),
        "ph": _("No pH reading of the last four days."),
        "temperature": _("No temperature reading of the last four days."),
        "gas": _("The gas meter was not read in the last four days."),
    }


_STOPPED = re.compile(r"stopped: at ([\d.]+) kg VS/m3/d (acids|pH).* ([\d.]+)\.$")
_TOO_FAR = re.compile(
    r"From (?P<now>\S+) to (?P<goal>\S+) kg VS/m3/d are (?P<rises>\d+) steps; plan (?P<most>\d+) at most\.$"
)


def ramp_status_in_words(status: str) -> str:
    """Return how the planning of a ramp ended, from the science's own sentence."""
    if status.startswith("ok"):
        return _("The model stays calm on every step.")
    if found := _STOPPED.match(status):
        return _stopped(*found.groups())
    if found := _TOO_FAR.match(status):
        text = _("From %(now)s to %(goal)s kg VS/m³ a day are %(rises)s steps; plan %(most)s at most.")
        loads = {name: _number(float(found[name]), 2) for name in ("now", "goal")}
        return text % (found.groupdict() | loads)
    return shown({}, status)


def _stopped(load: str, what: str, value: str) -> str:
    text = (
        _("The model stops before %(load)s kg VS/m³ a day: acids over alkalinity might reach %(value)s.")
        if what == "acids"
        else _("The model stops before %(load)s kg VS/m³ a day: pH might fall to %(value)s.")
    )
    return text % {
        "load": _number(float(load), 2),
        "value": _number(float(value), 2 if what == "acids" else 1),
    }


def stage_in_words(stage: Mapping[str, Any]) -> str:
    """Return one stage of the way back."""
    share = round(100 * stage["feed_share"])
    words = {
        "days": ngettext("%(n)d day", "%(n)d days", stage["days"]) % {"n": stage["days"]},
        "share": share,
        "every": ngettext("every day", "every %(n)d days", stage["read_every_d"])
        % {"n": stage["read_every_d"]},
        "ratio": _number(stage["until_ratio"], 2),
    }
    if not share:
        text = _(
            "%(days)s without feed, and until acids over alkalinity are below %(ratio)s. Titrate %(every)s."
        )
    elif share == 100:
        text = _(
            "%(days)s with the former feed; acids over alkalinity stay below %(ratio)s. Titrate %(every)s."
        )
    else:
        text = _(
            "%(days)s with %(share)d %% of the former feed, and until acids over alkalinity are below %(ratio)s. "
            "Titrate %(every)s."
        )
    return text % words
