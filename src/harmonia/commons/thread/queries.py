"""Read every room for one person, and for everybody at the door."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from harmonia.commons.alchemy import queries as alchemy
from harmonia.commons.covenants import queries as covenants
from harmonia.commons.festival import queries as festival
from harmonia.commons.ledger import queries as ledger
from harmonia.commons.ledger.models import DropOff, Substance
from harmonia.commons.ledger.queries import where_did_it_go
from harmonia.commons.nexus import queries as nexus
from harmonia.commons.notices import queries as notices
from harmonia.commons.people.models import Person
from harmonia.commons.tapestry import queries as tapestry
from harmonia.commons.thread.becoming import Became, became
from harmonia.commons.voice import queries as voice

RING_DAYS = 30


@dataclass(frozen=True)
class Brought:
    """A drop-off with what it was and weighed [g]."""

    drop_off: DropOff
    substance: Substance
    grams: int


@dataclass(frozen=True)
class Followed:
    """One drop-off and where its grams are now."""

    brought: Brought
    became: Became


def thread(person: Person) -> dict[str, Any]:
    """Return what *My thread* shows: brought, become, made, pledged, told."""
    drop_offs = ledger.brought_by(person, limit=10_000)
    brought = [Brought(d, *ledger.weight_of(d)) for d in drop_offs[:12]]
    became_of = became(where_did_it_go([d.movement for d in drop_offs]))
    return {
        "brought": brought,
        "brought_g": became_of.total_g,
        "drop_offs": len(drop_offs),
        "became": became_of,
        "artifacts": alchemy.artifacts_of(person),
        "scenes": festival.scenes_of(person),
        "covenants": [
            (covenant, covenants.this_week(covenant)) for covenant in covenants.covenants_of(person)
        ],
        "unread": notices.unread(person),
        "notices": notices.notices_of(person, limit=3),
    }


def followed(person: Person, movement: int) -> Followed | None:
    """Return one's own drop-off and where it went; nobody sees another home's."""
    drop_off = ledger.own_drop_off(person, movement)
    if drop_off is None:
        return None
    trail = where_did_it_go([drop_off.movement])
    return Followed(Brought(drop_off, *ledger.weight_of(drop_off)), became(trail))


def headline() -> dict[str, Any]:
    """Return what the door shows to anybody: sums of the habitat, nobody's own figures."""
    today = timezone.localdate()
    week_g, homes = ledger.week(today)
    plant = nexus.today()
    facts = {
        "week_kg": week_g / 1000,
        "week_homes": homes,
        "cooking_hours": plant.cooking_hours_week,
        "stats": _stats(plant),
    }
    return {
        "headline_facts": facts,
        "ring_days": _ring_days(),
        "alarm": plant.alarms[0] if plant.alarms else None,
        "latest_cloth": tapestry.newest() or None,
    }


def _stats(plant: nexus.Today) -> list[dict[str, str]]:
    stats = []
    if plant.gas_m3 is not None:
        ahead = plant.gas_tomorrow_m3
        note = (
            _("%(low)s to %(high)s tomorrow") % {"low": _n(ahead.low), "high": _n(ahead.high)}
            if ahead
            else ""
        )
        stats.append({"label": _("Gas, last full day"), "figure": f"{_n(plant.gas_m3)} m³", "note": note})
    if plant.acid_ratio is not None:
        stats.append(
            {"label": _("Acid ratio"), "figure": _small(plant.acid_ratio.value), "note": _("calm below 0.30")}
        )
    clean = ledger.clean_share(timezone.localdate() - timedelta(days=28))
    if clean is not None:
        note = _("%(share)d %% held something foreign") % {"share": 100 - round(100 * clean)}
        stats.append({"label": _("Clean drop-offs"), "figure": f"{round(100 * clean)} %", "note": note})
    turnout = voice.turnout()
    if turnout is not None:
        note = _("of %(members)d members") % {"members": turnout.members}
        stats.append({"label": _("Voices this round"), "figure": str(turnout.voices), "note": note})
    return stats


def _small(value: float) -> str:
    return _n(value) if value >= 0.01 else f"< {_n(0.01)}"


def _n(value: float) -> str:
    return str(number_format(round(value, 2), 2, use_l10n=True))


def _ring_days() -> list[tuple[Any, float | None, int, int]]:
    stories = Counter(timezone.localdate(story.told_at) for story in alchemy.stories())
    visits = ledger.visits(timezone.localdate() - timedelta(days=RING_DAYS + 1))
    return [(day, gas, stories[day], visits.get(day, 0)) for day, gas in nexus.ring_days(RING_DAYS)]
