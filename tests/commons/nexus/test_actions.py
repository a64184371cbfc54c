"""What changes the plant and its books."""

from datetime import date, timedelta

import pytest

from harmonia.commons.ledger import actions as ledger
from harmonia.commons.ledger import checks
from harmonia.commons.ledger import queries as books
from harmonia.commons.ledger.models import Holder, Substance
from harmonia.commons.nexus import actions, queries
from harmonia.commons.nexus.models import PlantVersion
from harmonia.commons.people.models import Person
from tests.commons.nexus.conftest import START

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_a_week_of_feeding_gives_gas_and_digestate(
    running: PlantVersion, gate: Holder, scraps: Substance, kiran: Person
) -> None:
    for n in range(7):
        at = START + timedelta(days=n)
        ledger.drop_off_from(ledger.open_household("home-1"), recorder=None, point=gate, substance=scraps, grams=8000, at=at)
        actions.feed(gate, scraps, by=kiran, at=at)
    run = actions.follow(until=date(2026, 9, 7))
    print(queries.today(START + timedelta(days=7)))
    print(queries.series(20, START + timedelta(days=7))[0])

    assert run.status == "ok"
    assert checks.check().findings == ()
