"""What the plant was fed by day, and what it will be fed as far as anybody can know."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from harmonia.commons.ledger import queries as ledger
from harmonia.commons.ledger.models import Action, Holder, Substance
from harmonia.commons.nexus.models import Expectation

MEAN_DAYS = 14
"""Over how many days recent feeding is averaged [d]."""


def rots(substance: Substance) -> bool:
    """Return whether the digester can take it and the model knows it."""
    from harmonia.science.metabolism import feedstock_codes

    return substance.use == Substance.Use.ROTS and substance.feedstock in feedstock_codes()


def fed_by_day(since: date) -> dict[str, dict[date, float]]:
    """Return the kilograms fed [kg/d] by feedstock and day, from the books alone."""
    fed: dict[str, dict[date, float]] = defaultdict(lambda: defaultdict(float))
    for flow in ledger.daily(Action.CONSUME, Holder.Kind.POINT, since=since, leg=-1):
        if rots(flow.substance):
            fed[flow.substance.feedstock][flow.day] += flow.grams / 1000
    return {code: _settled(days) for code, days in fed.items()}


def _settled(days: Mapping[date, float]) -> dict[date, float]:
    # A reversal booked later than its feeding leaves a day below zero: it is taken off the feeding before it.
    debt, settled = 0.0, {}
    for day in sorted(days, reverse=True):
        kilograms = days[day] + debt
        debt = min(kilograms, 0.0)
        settled[day] = max(kilograms, 0.0)
    return settled


def feed_series(start: date, until: date, horizon: int) -> dict[str, tuple[float, ...]]:
    """Return what was fed from `start` to `until` and is foreseen `horizon` days on [kg/d by feedstock]."""
    fed = fed_by_day(start)
    past = days_from(start, until)
    coming = days_from(until + timedelta(days=1), until + timedelta(days=horizon))
    promised = list(Expectation.objects.select_related("substance"))
    codes = sorted(set(fed) | {e.substance.feedstock for e in promised if rots(e.substance)})
    return {
        code: tuple(
            [fed.get(code, {}).get(day, 0.0) for day in past]
            + foreseen(code, fed.get(code, {}), past, coming, promised)
        )
        for code in codes
    }


def days_from(first: date, last: date) -> list[date]:
    """Return the days from first to last, both in; none when last lies before first."""
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def foreseen(
    code: str,
    fed: Mapping[date, float],
    past: Sequence[date],
    coming: Sequence[date],
    promised: Iterable[Expectation],
) -> list[float]:
    """Return the feed [kg/d] foreseen for each coming day: the recent mean, changed by promises.

    A promise that ran during the recent days is in their mean already; it counts only for the share of
    days in which it did not run, and is taken off the mean when it ends.
    """
    window = past[-MEAN_DAYS:]
    mean = sum(fed.get(day, 0.0) for day in window) / len(window) if window else 0.0
    mine = [e for e in promised if rots(e.substance) and e.substance.feedstock == code]
    kilograms = []
    for day in coming:
        change = sum(float(e.kg_week) / 7 * (_runs(e, day) - _share(e, window)) for e in mine)
        known = fed.get(day, 0.0)
        kilograms.append(max(mean + change, known, 0.0))
    return kilograms


def _runs(expectation: Expectation, day: date) -> bool:
    return expectation.starts <= day and (expectation.ends is None or day <= expectation.ends)


def _share(expectation: Expectation, window: Sequence[date]) -> float:
    return sum(_runs(expectation, day) for day in window) / len(window) if window else 0.0
