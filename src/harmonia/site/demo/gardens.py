"""Digestate of the demonstration goes to two beds: one batch proven and spread, one still warming up."""

from datetime import datetime, timedelta

from harmonia.commons.ledger import actions as ledger
from harmonia.commons.ledger import queries as books
from harmonia.commons.ledger.models import Batch, Holder
from harmonia.commons.people.models import Person

BEDS = (("bed-well", "Bed by the well", "Beside the old well"), ("bed-wall", "Bed by the wall", "South wall"))
# Daily temperatures of a heap that heats up and holds [degC]; the shape is ours, for show.
HEAP_C = (24.0, 41.0, 55.0, 61.0, 63.0, 62.0, 60.0, 57.0, 52.0)


def tend(people: dict[str, Person], now: datetime) -> None:
    """Open beds and batches, and spread what is proven; called when the store holds digestate."""
    referent = people["Kiran"]
    beds = [ledger.open_holder(code, name, Holder.Kind.GARDEN, where=where) for code, name, where in BEDS]
    ledger.choose_hygiene("us_503_class_a", referent, pasteuriser=False)
    first = _batch("lot-1", "Digestate and leaves, first lot", referent, now - timedelta(days=20), 60_000)
    _heat(first, referent, now - timedelta(days=19), HEAP_C)
    ledger.prove_heat(first, referent, at=now - timedelta(days=9))
    ledger.release(first, referent, at=now - timedelta(days=8))
    digestate = books.substance("digestate")
    ledger.spread(first, beds[0], digestate, 25_000, referent, at=now - timedelta(days=7))
    second = _batch("lot-2", "Digestate and leaves, second lot", referent, now - timedelta(days=3), 40_000)
    # Last read hours ago, so that whoever looks around can enter the next one.
    _heat(second, referent, now - timedelta(days=2, hours=5), HEAP_C[:3])


def _batch(code: str, name: str, by: Person, at: datetime, grams: int) -> Batch:
    store, digestate = books.holder("digestate-store"), books.substance("digestate")
    batch = ledger.open_batch(code, name, by, where="Bay behind the laundry", at=at)
    ledger.fill_batch(batch, store, digestate, grams, by, at=at)
    return ledger.close_batch(batch, by, treatment="vessel", at=at)


def _heat(batch: Batch, by: Person, begin: datetime, celsius: tuple[float, ...]) -> None:
    for day, reading in enumerate(celsius):
        ledger.measure_heat(batch, reading, by, at=begin + timedelta(days=day))
