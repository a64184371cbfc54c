"""What became of deposits, in words and figures: each end with its range, gas in kWh and minutes, and the drawing."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from harmonia.commons.ledger.models import Holder
from harmonia.commons.ledger.queries import Trail, place_of, two_digits
from harmonia.commons.nexus import queries as nexus
from harmonia.commons.thread.sankey import Node, Sankey, sankey

AIR = "air"
BREATHED = "breathed"  # what a heap gives to the air, apart from what is burnt
HOME = str(Holder.Kind.HOUSEHOLD)
RANKS = {
    str(Holder.Kind.HOUSEHOLD): 0,
    str(Holder.Kind.POINT): 1,
    str(Holder.Kind.WORKSHOP): 2,
    str(Holder.Kind.DIGESTER): 2,
    str(Holder.Kind.GAS_STORE): 3,
    str(Holder.Kind.DIGESTATE): 3,
    str(Holder.Kind.COMPOST): 4,
    str(Holder.Kind.ARTIFACT): 4,
    str(Holder.Kind.BATCH): 5,
    str(Holder.Kind.GARDEN): 6,
}
LAST = 6
TONES = {
    str(Holder.Kind.GAS_STORE): "ember",
    str(Holder.Kind.ARTIFACT): "ember",
    str(Holder.Kind.GARDEN): "leaf",
    str(Holder.Kind.BATCH): "leaf",
    str(Holder.Kind.DIGESTATE): "leaf",
    str(Holder.Kind.COMPOST): "leaf",
}


@dataclass(frozen=True)
class Share:
    """Grams [g] of what was brought that are in one place now, with the range [g]; a modelled figure."""

    place: str
    kind: str
    grams: int
    low: float
    high: float
    percent: int
    worth: str = ""

    @property
    def percent_text(self) -> str:
        """The share in words: a trace is not nothing."""
        return f"{self.percent} %" if self.percent else "< 1 %"

    @property
    def is_exact(self) -> bool:
        """Whether no assumption on mixing can change it by a hundredth."""
        return self.high - self.low <= 0.01 * max(self.grams, 1)


@dataclass(frozen=True)
class Became:
    """Where deposits are now, largest first, and the drawing of their way."""

    shares: list[Share]
    drawing: Sankey | None
    total_g: int


def became(trail: Trail) -> Became:
    """Put a trail into words."""
    parts = _parts(trail)
    total = trail.total_g
    beds = {h.code: _("feeds %(bed)s") % {"bed": h.name} for h in trail.parts if h.kind == Holder.Kind.GARDEN}
    names, ordered = in_words() | beds, sorted(parts.items(), key=lambda item: -item[1][0])
    shares = [
        Share(names[kind], kind, round(grams), low, high, round(100 * grams / total), _worth(kind, grams))
        for kind, (grams, low, high) in ordered
        if round(grams)
    ]
    return Became(shares, _draw(trail, parts) if total else None, total)


def _parts(trail: Trail) -> dict[str, tuple[float, float, float]]:
    """Return grams and range by place; what went into the air is told apart by what it came from."""
    found: dict[str, tuple[float, float, float]] = defaultdict(lambda: (0.0, 0.0, 0.0))
    for holder, part in trail.parts.items():
        for kind, share in _split(place_of(holder), trail.flows):
            grams, low, high = found[kind]
            found[kind] = (grams + share * part.grams, low + share * part.low, high + share * part.high)
    return dict(found)


def _split(place: str, flows: Mapping[tuple[str, str], float]) -> list[tuple[str, float]]:
    if place != AIR:
        return [(place, 1.0)]
    into = {a: grams for (a, b), grams in flows.items() if b == AIR}
    burnt = into.get(str(Holder.Kind.GAS_STORE), 0.0) / (sum(into.values()) or 1.0)
    return [(AIR, burnt), (BREATHED, 1.0 - burnt)]


def _worth(kind: str, grams: float) -> str:
    if kind not in (AIR, str(Holder.Kind.GAS_STORE)):
        return ""
    kwh, minutes = nexus.worth_of_gas(grams)
    return _("%(kwh)s kWh, %(minutes)s minutes of cooking") % {
        "kwh": two_digits(kwh),
        "minutes": two_digits(minutes),
    }


def _draw(trail: Trail, parts: Mapping[str, tuple[float, float, float]]) -> Sankey:
    flows: dict[tuple[str, str], float] = {}
    for (a, b), grams in trail.flows.items():
        gas = a == str(Holder.Kind.GAS_STORE)
        flows[a, BREATHED if b == AIR and not gas else b] = grams
    short, beds = _short(), {h.code: h.name for h in trail.parts if h.kind == Holder.Kind.GARDEN}
    nodes = []
    for key in dict.fromkeys(place for edge in flows for place in edge):
        kind = str(Holder.Kind.GARDEN) if key in beds else key
        tone = TONES.get(kind, "glow" if kind in RANKS else "quiet")
        here = 0.0 if key == HOME else parts.get(key, (0.0, 0.0, 0.0))[0]
        nodes.append(Node(key, short.get(key) or _cut(beds.get(key, key)), RANKS.get(kind, LAST), tone, here))
    return sankey(nodes, flows)


def _cut(name: str) -> str:
    return name if len(name) <= 17 else f"{name[:16]}…"


def _short() -> dict[str, str]:
    kinds = {
        Holder.Kind.HOUSEHOLD: _("You"),
        Holder.Kind.POINT: _("Collection point"),
        Holder.Kind.DIGESTER: _("Digester"),
        Holder.Kind.GAS_STORE: _("Gas store"),
        Holder.Kind.DIGESTATE: _("Fertiliser store"),
        Holder.Kind.COMPOST: _("Compost"),
        Holder.Kind.BATCH: _("Batch"),
        Holder.Kind.WORKSHOP: _("Workshop"),
        Holder.Kind.ARTIFACT: _("Things made"),
    }
    outside = {
        AIR: _("Cooking"),
        BREATHED: _("Breathed out"),
        "refuse-collection": _("Picked out"),
        "sewer": _("Drain"),
        "neighbours": _("Neighbours"),
        "water-supply": _("Water"),
        "unexplained": _("Unexplained"),
    }
    return {**{str(kind): words for kind, words in kinds.items()}, **outside}


def in_words() -> dict[str, str]:
    """Return what is said of each place but the beds, which have names of their own."""
    kinds = {
        Holder.Kind.POINT: _("waits at a collection point"),
        Holder.Kind.DIGESTER: _("is in the digester"),
        Holder.Kind.GAS_STORE: _("is gas in the store"),
        Holder.Kind.DIGESTATE: _("is fertiliser, ready"),
        Holder.Kind.COMPOST: _("is turning into compost"),
        Holder.Kind.BATCH: _("is in a batch for the gardens"),
        Holder.Kind.WORKSHOP: _("waits in the workshop"),
        Holder.Kind.ARTIFACT: _("became a thing"),
        Holder.Kind.HOUSEHOLD: _("went back to a household"),
    }
    outside = {
        AIR: _("was burnt for cooking"),
        BREATHED: _("was lost to the air as the heap breathed"),
        "refuse-collection": _("did not belong and was picked out"),
        "sewer": _("went down the drain"),
        "neighbours": _("went to neighbours"),
        "water-supply": _("went back as water"),
        "unexplained": _("is unexplained"),
    }
    return {**{str(kind): words for kind, words in kinds.items()}, **outside}
