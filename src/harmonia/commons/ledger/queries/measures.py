"""What a holder's matter is made of: laboratory first, then the feedstock library, else unknown."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from harmonia.commons.ledger.models import OF_MATTER, Balance, Holder, LabResult, Measure, Substance

# Where the feedstock library keeps each measure, and whether that is a share of total solids.
_LIBRARY = {
    Measure.TOTAL_SOLIDS: ("total_solids", False),
    Measure.VOLATILE_SOLIDS: ("volatile_solids", True),
    Measure.CARBON: ("carbon", True),
    Measure.NITROGEN: ("nitrogen", True),
    Measure.PHOSPHORUS: ("phosphorus", True),
    Measure.POTASSIUM: ("potassium", True),
}


@dataclass(frozen=True)
class Share:
    """Grams of a measure in a kilogram of fresh matter [g/kg], with its range and where it is from."""

    value: float
    low: float
    high: float
    source: str


@dataclass(frozen=True)
class Content:
    """How much of a measure a holder holds [g], with its range; None where it is not known of all matter."""

    measure: Measure
    grams: float
    low: float
    high: float
    sources: tuple[str, ...]
    known_g: int  # how many grams of the holder's matter this is known of
    total_g: int


def contents(holder: Holder) -> list[Content]:
    """Return TS, VS, C, N, P, K of what a holder holds now; the books' grams are exact, these are not."""
    stock = list(Balance.objects.filter(holder=holder, grams__gt=0).select_related("substance"))
    found = [_content(holder, measure, stock) for measure in OF_MATTER]
    return [content for content in found if content.known_g]


def _content(holder: Holder, measure: Measure, stock: list[Balance]) -> Content:
    shares = [(row.grams, _share(holder, row.substance, measure)) for row in stock]
    known = [(grams, share) for grams, share in shares if share is not None]
    return Content(
        measure,
        sum(grams * share.value for grams, share in known) / 1000,
        sum(grams * share.low for grams, share in known) / 1000,
        sum(grams * share.high for grams, share in known) / 1000,
        tuple(sorted({share.source for _grams, share in known})),
        sum(grams for grams, _share_of in known),
        sum(row.grams for row in stock),
    )


def _share(holder: Holder, substance: Substance, measure: Measure) -> Share | None:
    newest = LabResult.objects.filter(holder=holder, measure=measure).last()
    if newest is not None:
        spread = newest.spread or 0.0
        source = _("%(laboratory)s, %(day)s") % {
            "laboratory": newest.laboratory,
            "day": newest.at.date().isoformat(),
        }
        return Share(newest.value, max(0.0, newest.value - spread), newest.value + spread, source)
    return _from_library(substance, measure) if substance.feedstock else None


def _from_library(substance: Substance, measure: Measure) -> Share | None:
    from harmonia.science.metabolism import FeedstockError, feedstock

    try:
        analysis = feedstock(substance.feedstock)
    except FeedstockError:
        return None
    name, of_solids = _LIBRARY[measure]
    quantity = getattr(analysis, name, None)
    if quantity is None:
        return None
    solids = analysis.total_solids if of_solids else None
    factors = (solids.value, solids.low, solids.high) if solids else (1.0, 1.0, 1.0)
    numbers = (quantity.value * factors[0], quantity.low * factors[1], quantity.high * factors[2])
    value, low, high = (1000 * number for number in numbers)
    return Share(value, low, high, quantity.source)
