"""What did not belong: told kindly, counted by week with its interval, and never against a reversed drop-off."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonia.commons.ledger import actions, kind_words, queries
from harmonia.commons.ledger.models import DropOff, Holder, Substance
from harmonia.commons.ledger.queries.contamination import wilson
from harmonia.commons.people.models import Person

MONDAY = datetime(2026, 3, 2, 10, tzinfo=UTC)
TODAY = (MONDAY + timedelta(weeks=3, days=4)).date()


def bring(
    lyra: Person, gate: Holder, scraps: Substance, kind: str = "none", percent: int = 0, at: datetime = MONDAY
) -> DropOff:
    return actions.record_drop_off(
        lyra,
        point=gate,
        substance=scraps,
        kilograms=Decimal(2),
        foreign_kind=kind,
        foreign_percent=percent,
        at=at,
    )


@pytest.mark.django_db
@pytest.mark.database
def test_a_point_shows_share_kind_and_weight_by_week(lyra: Person, gate: Holder, scraps: Substance) -> None:
    for kind, percent in (("none", 0), ("none", 0), ("glass", 10), ("none", 0)):
        bring(lyra, gate, scraps, kind, percent)
    mistaken = bring(lyra, gate, scraps, "plastic", 40)
    actions.reverse(mistaken.movement, recorder=None, reason="typed by mistake")
    bring(lyra, gate, scraps, at=MONDAY + timedelta(weeks=2))
    trend = queries.contamination(gate, today=TODAY)
    first, second = trend.weeks

    assert (first.monday, first.drop_offs, first.foreign, first.weight_percent) == (MONDAY.date(), 4, 1, 2.5)
    assert (second.clean_percent, trend.kinds) == (100.0, (("glass", 1),))
    assert first.low < first.clean_percent < first.high


@pytest.mark.django_db
@pytest.mark.database
@pytest.mark.parametrize(
    ("early", "late", "direction"), [(12, 0, "cleaner"), (0, 12, "dirtier"), (1, 1, "steady")]
)
def test_a_trend_is_named_only_where_the_intervals_part(
    lyra: Person, gate: Holder, scraps: Substance, early: int, late: int, direction: str
) -> None:
    for week, foreign in ((0, early), (1, late)):
        for number in range(12):
            kind, percent = ("plastic", 15) if number < foreign else ("none", 0)
            bring(lyra, gate, scraps, kind, percent, at=MONDAY + timedelta(weeks=week, minutes=number))

    assert queries.contamination(gate, today=TODAY).direction == direction


def test_the_interval_is_the_published_one() -> None:
    # Newcombe 1998, https://doi.org/10.1002/(SICI)1097-0258(19980430)17:8<857::AID-SIM777>3.0.CO;2-E, table I
    # gives 81 of 263 at 95 %: 0.2553 to 0.3662; ours is at 90 %, so it lies within.
    low, high = wilson(81, 263)

    assert 0.2553 < low < 81 / 263 < high < 0.3662
    assert wilson(0, 0) == (0.0, 1.0)


@given(st.integers(0, 500), st.integers(0, 500))
def test_an_interval_holds_its_share_and_stays_a_share(clean: int, foreign: int) -> None:
    low, high = wilson(clean, clean + foreign)

    assert 0.0 <= low <= high <= 1.0
    if clean + foreign:
        assert low - 1e-12 <= clean / (clean + foreign) <= high + 1e-12


@pytest.mark.django_db
@pytest.mark.database
@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("plastic", "out of bags"),
        ("glass", "hands will turn"),
        ("metal", "pump"),
        ("other", "fertiliser clean"),
    ],
)
def test_each_kind_gets_thanks_and_its_own_kind_sentence(
    lyra: Person, gate: Holder, scraps: Substance, kind: str, words: str
) -> None:
    said = kind_words.thanks(bring(lyra, gate, scraps, kind, 5))

    assert said.startswith("Thank you.")
    assert words in said


@pytest.mark.django_db
@pytest.mark.database
def test_clean_buckets_in_a_row_are_noticed(lyra: Person, gate: Holder, scraps: Substance) -> None:
    bring(lyra, gate, scraps, "glass", 5)
    said = [kind_words.thanks(bring(lyra, gate, scraps)) for _ in range(4)]

    assert ["all clean" in words for words in said] == [False, False, True, True]
    assert "Your last 4 were all clean." in said[-1]
