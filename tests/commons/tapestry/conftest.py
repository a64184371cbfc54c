"""Stories to weave."""

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from harmonia.commons.alchemy import actions as alchemy
from harmonia.commons.alchemy.models import Artifact
from harmonia.commons.ledger import actions as ledger
from harmonia.commons.ledger import queries as books
from harmonia.commons.ledger.models import Holder
from harmonia.commons.people.models import Person
from tests.commons.conftest import Enrol

Tell = Callable[..., Artifact]


@pytest.fixture
def kiran(enrol: Enrol) -> Person:
    """A resident who makes things."""
    return enrol("Kiran")


@pytest.fixture
def theo(enrol: Enrol) -> Person:
    """A facilitator."""
    return enrol("Theo", "facilitator")


@pytest.fixture
def tell(kiran: Person, gate: Holder) -> Tell:
    """Tell a story: `tell("A stool", day=3, material="wood")`, the day is one of May 2026."""
    for code in ("wood", "metal", "textiles"):
        substance = books.substance(code)
        ledger.record_drop_off(kiran, point=gate, substance=substance, kilograms=Decimal(50))

    def told(
        title: str, *, day: int = 1, material: str = "wood", person: Person | None = None, **values: Any
    ) -> Artifact:
        return alchemy.make(
            person or kiran,
            title=title,
            materials=[(gate, books.substance(material), 100)],
            at=datetime(2026, 5, day, 12, tzinfo=UTC),
            **{"story": "Told.", **values},
        )

    return told
