"""What can be booked, and what is refused."""

from decimal import Decimal

import pytest

from harmonia.commons.ledger import actions, queries
from harmonia.commons.ledger.models import Holder, Movement, Substance
from harmonia.commons.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_a_drop_off_moves_grams_from_the_household_to_the_point(
    lyra: Person, gate: Holder, scraps: Substance
) -> None:
    actions.record_drop_off(lyra, point=gate, substance=scraps, kilograms=Decimal("2.4"))

    assert queries.grams_of(gate, scraps) == 2400
    assert queries.grams_of(actions.household_of(lyra), scraps) == -2400


@pytest.mark.parametrize("weight", ["0", "-1", "5000", "0.0001", "NaN", "Infinity"])
def test_a_weight_that_cannot_be_is_refused_with_a_sentence_and_books_nothing(
    lyra: Person, gate: Holder, scraps: Substance, weight: str
) -> None:
    with pytest.raises(actions.Refused, match="Nothing was booked"):
        actions.record_drop_off(lyra, point=gate, substance=scraps, kilograms=Decimal(weight))

    assert Movement.objects.count() == 0


def test_the_same_key_sent_twice_is_booked_once(lyra: Person, gate: Holder, scraps: Substance) -> None:
    first = actions.record_drop_off(lyra, point=gate, substance=scraps, kilograms=Decimal(1), key="phone-1")
    second = actions.record_drop_off(lyra, point=gate, substance=scraps, kilograms=Decimal(1), key="phone-1")

    assert first == second
    assert queries.grams_of(gate, scraps) == 1000


def test_a_key_that_stands_for_other_matter_is_refused(lyra: Person, gate: Holder, scraps: Substance) -> None:
    actions.record_drop_off(lyra, point=gate, substance=scraps, kilograms=Decimal(1), key="phone-1")

    with pytest.raises(actions.Refused, match="other matter"):
        actions.record_drop_off(lyra, point=gate, substance=scraps, kilograms=Decimal(2), key="phone-1")


def test_a_reversal_brings_everything_back_and_happens_once(
    lyra: Person, gate: Holder, scraps: Substance
) -> None:
    drop_off = actions.record_drop_off(lyra, point=gate, substance=scraps, kilograms=Decimal(3))
    actions.reverse(drop_off.movement, recorder=None, reason="wrong bucket")

    assert queries.grams_of(gate, scraps) == 0
    with pytest.raises(actions.Refused, match="already"):
        actions.reverse(drop_off.movement, recorder=None, reason="again")


def test_a_closed_material_names_the_other_bin(lyra: Person, gate: Holder, scraps: Substance) -> None:
    actions.close_material(scraps, reason="the digester is sour", instead="the compost bay")

    with pytest.raises(actions.Refused, match="compost bay"):
        actions.record_drop_off(lyra, point=gate, substance=scraps, kilograms=Decimal(1))
