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
from harmonia.commons.ledger import queries as ledger
from harmonia.commons.ledger.models import DropOff, Holder, Substance
from harmonia.commons.ledger.queries import where_did_it_go
from harmonia.commons.nexus import queries as nexus
from harmonia.commons.notices import queries as notices
from harmonia.commons.people.models import Person
from harmonia.commons.tapestry import queries as tapestry
from harmonia.commons.voice import queries as voice

RING_DAYS = 30


@dataclass(frozen=True)
class Share:
    """Grams [g] of what was brought that are in one kind of place now; a modelled figure."""

    place: str
    kind: str
    grams: int
    percent: int

    @property
    def percent_text(self) -> str:
        """The share in words: a trace is not nothing."""
        return f"{self.percent} %" if self.percent else "< 1 %"


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
    shares: list[Share]


def thread(person: Person) -> dict[str, Any]:
    """Return what *My thread* shows: brought, become, made, pledged, told."""
    drop_offs = ledger.brought_by(person, limit=10_000)
    brought = [Brought(d, *ledger.weight_of(d)) for d in drop_offs[:12]]
    shares = _shares(drop_offs)
    return {
        "brought": brought,
        "brought_g": sum(share.grams for share in shares),
        "drop_offs": len(drop_offs),
        "shares": shares,
        "artifacts": alchemy.artifacts_of(person),
        "stories": alchemy.stories_of(person),
        "covenants": [
            (covenant, covenants.this_week(covenant)) for covenant in covenants.covenants_of(person)
        ],
        "unread": notices.unread(person),
        "notices": notices.notices_of(person, limit=3),
    }


def followed(person: Person, movement: int) -> Followed | None:
    """Return one's own drop-off and where it went; nobody sees another home's."""
    mine = ledger.brought_by(person, limit=1_000_000)
    drop_off = next((found for found in mine if found.pk == movement), None)
    if drop_off is None:
        return None
    return Followed(Brought(drop_off, *ledger.weight_of(drop_off)), _shares([drop_off]))


def _shares(drop_offs: list[DropOff]) -> list[Share]:
    # The tracer sees each holder; people want kinds of places: all beds are "gardens", all points "waiting".
    found = where_did_it_go([d.movement for d in drop_offs])
    grams: Counter[str] = Counter()
    for holder, held in found.items():
        grams[_place(holder)] += held
    total = sum(grams.values())
    names = _places()
    return [
        Share(names[kind], kind, held, round(100 * held / total))
        for kind, held in grams.most_common()
        if held
    ]


def _place(holder: Holder) -> str:
    return holder.code if holder.kind == Holder.Kind.OUTSIDE else str(holder.kind)


def _places() -> dict[str, str]:
    kinds = {
        Holder.Kind.POINT: _("waits at a collection point"),
        Holder.Kind.DIGESTER: _("is in the digester"),
        Holder.Kind.GAS_STORE: _("is gas in the store"),
        Holder.Kind.DIGESTATE: _("is fertiliser, ready"),
        Holder.Kind.COMPOST: _("is turning into compost"),
        Holder.Kind.BATCH: _("is in a batch for the gardens"),
        Holder.Kind.GARDEN: _("feeds the gardens"),
        Holder.Kind.WORKSHOP: _("waits in the workshop"),
        Holder.Kind.ARTIFACT: _("became a thing"),
        Holder.Kind.HOUSEHOLD: _("went back to a household"),
    }
    outside = {
        "air": _("was burnt for cooking"),
        "refuse-collection": _("did not belong and was picked out"),
        "sewer": _("went down the drain"),
        "neighbours": _("went to neighbours"),
        "water-supply": _("went back as water"),
        "unexplained": _("is unexplained"),
    }
    return {**{str(kind): str(words) for kind, words in kinds.items()}, **outside}


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
