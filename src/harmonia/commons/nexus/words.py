"""What alarms say, in the language of whoever reads them."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from harmonia.commons.nexus.causes import cause_outlook, cause_sentence, cause_title
from harmonia.commons.nexus.models import Alarm, Reading
from harmonia.commons.nexus.ramp_words import breaches_in_words

Facts = Mapping[str, Any]


def number(value: float, digits: int = 1) -> str:
    """Return a number as people of this language write it."""
    return number_format(round(value, digits), decimal_pos=digits, use_l10n=True)


def days(count: int) -> str:
    """Return a count of days in words."""
    return ngettext("%(count)d day", "%(count)d days", count) % {"count": count}


@dataclass(frozen=True)
class AlarmText:
    """An alarm as people read it: what, since when, what happens if nothing changes, and one thing to do.

    `url` and `action` lead anybody to the plant's page; `care_url` and `care` lead operators to the remedy.
    """

    id: int
    kind: str
    since: datetime
    title: str
    what: str
    outlook: str
    closes: str
    url: str
    action: str
    care_url: str
    care: str

    @property
    def sentence(self) -> str:
        """Return what was seen and what comes of it."""
        return f"{self.what} {self.outlook}"


def say(alarm: Alarm) -> AlarmText:
    """Return an alarm in the words of the language in use."""
    care, page = alarm_button(alarm)
    return AlarmText(
        id=alarm.pk,
        kind=alarm.kind,
        since=alarm.since,
        title=alarm_title(alarm),
        what=alarm_sentence(alarm),
        outlook=alarm_outlook(alarm),
        closes=str(alarm.closes) if alarm.closes else "",
        url=reverse("nexus"),
        action=_("Look at the plant"),
        care_url=reverse(page),
        care=care,
    )


def status_in_words(status: str) -> str:
    """Return how a run ended, from the model's own sentence."""
    word, _colon, rest = status.partition(":")
    known = {
        "ok": _("The model ran to the end and finds the plant calm."),
        "at risk": _("At risk: in some of the runs the plant turns sour or loses its gas makers."),
        "sour": _("In most of the runs the plant turns sour."),
        "washed out": _("In most of the runs the gas makers are washed out."),
        "not complete": _(
            "Some runs of the model stopped before the last day; do not rely on this forecast."
        ),
    }
    sentence = known.get(word, status)
    return sentence if not rest or word not in known else f"{sentence} ({_in_runs(rest.strip())})"


_LASTS = re.compile(r"(?P<what>.+) from day (?P<day>\d+) in (?P<some>\d+) of (?P<all>\d+) runs")
_BEGINS = re.compile(r"(?P<what>.+) in (?P<some>\d+) of (?P<all>\d+) runs, first on day (?P<day>\d+)")
_STOPS = re.compile(r"(?P<some>\d+) of (?P<all>\d+) runs stopped before the last day")


def _in_runs(rest: str) -> str:
    """Return what happens in how many runs, and when; what the model says otherwise as it is."""
    whats = {
        "methanogens are lost": _("methanogens are lost"),
        "pH falls below 6.5": _("pH falls below 6.5"),
    }
    texts = {
        _LASTS: _("%(what)s from day %(day)s in %(some)s of %(all)s runs"),
        _BEGINS: _("%(what)s in %(some)s of %(all)s runs, first on day %(day)s"),
        _STOPS: _("%(some)s of %(all)s runs stopped before the last day"),
    }
    for pattern, text in texts.items():
        if found := pattern.fullmatch(rest):
            words = found.groupdict()
            return text % (words | {"what": whats.get(words.get("what", ""), words.get("what", ""))})
    return rest


def alarm_title(alarm: Alarm) -> str:
    """Return what is wrong, in one line."""
    if "cause" in alarm.facts:
        return cause_title(alarm.facts)
    rising = alarm.kind == Alarm.Kind.ACIDS and alarm.facts.get("rising")
    titles = {
        Alarm.Kind.ACIDS: _("The acids rise day by day")
        if rising
        else _("More acid than the plant can follow"),
        Alarm.Kind.PH: _("The plant is about to turn sour"),
        Alarm.Kind.GAS_STORE: _("The gas store is full"),
        Alarm.Kind.READINGS: _("Somebody has to read the instruments"),
        Alarm.Kind.RAMP: _("The new load is held"),
    }
    return titles[Alarm.Kind(alarm.kind)]


def alarm_sentence(alarm: Alarm) -> str:
    """Return what was seen."""
    if "cause" in alarm.facts:
        return cause_sentence(alarm.facts)
    return _SENTENCES[Alarm.Kind(alarm.kind)](alarm.facts)


def alarm_outlook(alarm: Alarm) -> str:
    """Return what happens if nothing changes, with its range."""
    if "cause" in alarm.facts:
        return cause_outlook(alarm.facts)
    return _OUTLOOKS[Alarm.Kind(alarm.kind)](alarm.facts)


def alarm_button(alarm: Alarm) -> tuple[str, str]:
    """Return the one thing to do: its words and the name of its page."""
    buttons = {
        Alarm.Kind.ACIDS: (_("Feed less, and write it down"), "nexus_feed"),
        Alarm.Kind.PH: (_("Measure the pH"), "nexus_reading"),
        Alarm.Kind.GAS_STORE: (_("Write down what was burnt"), "nexus_burn"),
        Alarm.Kind.READINGS: (_("Record a reading"), "nexus_reading"),
        Alarm.Kind.RAMP: (_("Look at the switch-over"), "nexus_activation"),
    }
    return buttons[Alarm.Kind(alarm.kind)]


def _acids(facts: Facts) -> str:
    text = _("Acids stand at %(ratio)s of what the buffer can hold; calm is below %(calm)s.")
    return text % {"ratio": number(facts["ratio"], 2), "calm": number(0.3, 2)}


def _acids_outlook(facts: Facts) -> str:
    text = _("If nothing changes it is about %(then)s in %(days)s (%(low)s to %(high)s).")
    values = {name: number(facts[name], 2) for name in ("then", "low", "high")}
    return text % {**values, "days": days(facts["in_days"])}


def _ph(facts: Facts) -> str:
    text = _("The forecast falls to pH %(lowest)s; the gas makers need %(limit)s.")
    return text % {"lowest": number(facts["lowest"], 2), "limit": number(facts["limit"], 1)}


def _ph_outlook(facts: Facts) -> str:
    soonest, latest = facts["soonest"], facts["latest"]
    words = {
        "limit": number(facts["limit"], 1),
        "days": days(facts["in_days"]),
        "soonest": days(facts["in_days"] if soonest is None else soonest),
    }
    if latest is None:
        text = _(
            "If nothing changes, pH falls under %(limit)s in about %(days)s (%(soonest)s at the soonest)."
        )
        return text % words
    text = _("If nothing changes, pH falls under %(limit)s in about %(days)s (%(soonest)s to %(latest)s).")
    return text % {**words, "latest": days(latest)}


def _gas_store(facts: Facts) -> str:
    text = _("The books hold %(stored)s m³ of gas; the store takes %(size)s m³.")
    return text % {name: number(facts[name]) for name in ("stored", "size")}


def _gas_store_outlook(facts: Facts) -> str:
    text = _("If nobody cooks, tomorrow's %(gas)s m³ (%(low)s to %(high)s) leave through the relief valve.")
    return text % {name: number(facts[name]) for name in ("gas", "low", "high")}


def _readings(facts: Facts) -> str:
    kinds = ", ".join(str(Reading.Kind(kind).label) for kind in facts["kinds"])
    return _("Too old to rely on: %(kinds)s.") % {"kinds": kinds}


def _readings_outlook(facts: Facts) -> str:
    if any(kind in ("h2s", "ch4_alarm", "leak_check") for kind in facts["kinds"]):
        return _("Until somebody does, feed plans, kitchen gas and changes of the plant stay closed.")
    return _(
        "Until somebody does, the forecast leans on the model alone, and its range is all that is known."
    )


def _ramp(facts: Facts) -> str:
    return breaches_in_words(facts["breaches"])


def _ramp_outlook(_facts: Facts) -> str:
    return _("The load does not rise. If it goes on, put the former plant back: acids lead the pH by days.")


_SENTENCES: dict[Alarm.Kind, Callable[[Facts], str]] = {
    Alarm.Kind.ACIDS: _acids,
    Alarm.Kind.PH: _ph,
    Alarm.Kind.GAS_STORE: _gas_store,
    Alarm.Kind.READINGS: _readings,
    Alarm.Kind.RAMP: _ramp,
}
_OUTLOOKS: dict[Alarm.Kind, Callable[[Facts], str]] = {
    Alarm.Kind.ACIDS: _acids_outlook,
    Alarm.Kind.PH: _ph_outlook,
    Alarm.Kind.GAS_STORE: _gas_store_outlook,
    Alarm.Kind.READINGS: _readings_outlook,
    Alarm.Kind.RAMP: _ramp_outlook,
}
