"""A Wednesday, a home that brings things, and its promise."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.utils import timezone

from harmonia.commons.covenants import actions
from harmonia.commons.covenants.models import Covenant
from harmonia.commons.ledger import actions as ledger
from harmonia.commons.ledger.models import DropOff, Holder, Substance
from harmonia.commons.people.models import Person

WEDNESDAY = datetime(2026, 6, 17, 12, tzinfo=UTC)
MONDAY = date(2026, 6, 15)
Bring = Callable[..., DropOff]
Promise = Callable[..., Covenant]


@pytest.fixture(autouse=True)
def wednesday(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """It is Wednesday noon, whenever the tests run."""
    monkeypatch.setattr(timezone, "now", lambda: WEDNESDAY)
    cache.clear()
    return WEDNESDAY


@pytest.fixture
def bring(gate: Holder, scraps: Substance) -> Bring:
    """`bring(lyra, 3, day)`: so many kg of scraps at noon of a day of June."""

    def drop(person: Person, kilograms: float, day: int) -> DropOff:
        when = datetime(2026, 6, day, 12, tzinfo=UTC)
        weight = Decimal(str(kilograms))
        return ledger.record_drop_off(person, point=gate, substance=scraps, kilograms=weight, at=when)

    return drop


@pytest.fixture
def promise(scraps: Substance) -> Promise:
    """`promise(lyra, 3)`: an active covenant over the six weeks from 1 June on."""

    def make(person: Person, kilograms: float = 3, since: date = date(2026, 6, 1)) -> Covenant:
        begun = datetime(since.year, since.month, since.day, 9, tzinfo=UTC)
        weight = Decimal(str(kilograms))
        covenant = actions.offer(
            person, substance=scraps, kg_week=weight, since=since, until=date(2026, 7, 12), at=begun
        )
        return actions.begin(person, covenant, at=begun)

    return make
