"""From the bay to the bed: nothing reaches a garden without proof, and what was wrong is called back."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from harmonia.commons.ledger import actions, queries
from harmonia.commons.ledger.actions import Posting, Refused
from harmonia.commons.ledger.checks import check
from harmonia.commons.ledger.models import Action, Batch, Holder, Measure, Substance
from harmonia.commons.notices.models import Notice
from harmonia.commons.people.models import Person
from tests.commons.conftest import Enrol

pytestmark = pytest.mark.django_db

START = timezone.now() - timedelta(days=60)


@pytest.fixture
def referent(enrol: Enrol) -> Person:
    return enrol("Rune", "facilitator", "scientist")


@pytest.fixture
def compost() -> Substance:
    return queries.substance("compost")


@pytest.fixture
def bay(compost: Substance) -> Holder:
    bay = actions.open_holder("bay", "Bay 1", Holder.Kind.COMPOST)
    actions.book(
        Action.TRANSFER,
        [Posting(queries.holder("neighbours"), compost, -90_000), Posting(bay, compost, 90_000)],
        recorder=None,
    )
    return bay


@pytest.fixture
def bed() -> Holder:
    return actions.open_holder("bed-1", "Bed by the wall", Holder.Kind.GARDEN)


def under(rules: str, by: Person) -> None:
    actions.choose_hygiene(rules, by, pasteuriser=False)


def filled(referent: Person, bay: Holder, compost: Substance, rules: str = "us_503_class_a") -> Batch:
    under(rules, referent)
    batch = actions.open_batch("lot-1", "Lot 1", referent, at=START)
    actions.fill_batch(batch, bay, compost, 80_000, referent, at=START)
    return batch


def heated(batch: Batch, days: int = 3, celsius: float = 60.0) -> None:
    for day in range(days + 1):
        actions.measure_heat(batch, celsius, at=START + timedelta(days=day, minutes=1))


def released(referent: Person, bay: Holder, compost: Substance) -> Batch:
    batch = filled(referent, bay, compost)
    actions.close_batch(batch, referent, treatment="vessel", at=START)
    heated(batch)
    actions.prove_heat(batch, referent, at=START + timedelta(days=4))
    return actions.release(batch, referent, at=START + timedelta(days=5))


def test_a_batch_walks_from_the_bay_to_the_bed(
    referent: Person, bay: Holder, bed: Holder, compost: Substance
) -> None:
    batch = released(referent, bay, compost)
    actions.spread(batch, bed, compost, 20_000, referent)

    assert (queries.grams_of(bed, compost), batch.state) == (20_000, "released")
    assert batch.proof["rules"] == "United States: 503 class A"
    assert batch.proof["hours"] == 72.0


@pytest.mark.database
def test_the_database_itself_keeps_unreleased_matter_off_a_bed(
    referent: Person, bay: Holder, bed: Holder, compost: Substance
) -> None:
    batch = filled(referent, bay, compost)

    for source in (batch.holder, bay):
        with pytest.raises(IntegrityError, match="only a released batch"), transaction.atomic():
            actions.book(
                Action.TRANSFER,
                [Posting(source, compost, -1000), Posting(bed, compost, 1000)],
                recorder=None,
            )
    assert queries.grams_of(bed, compost) == 0


@pytest.mark.database
def test_the_database_lets_nothing_into_a_closed_batch(
    referent: Person, bay: Holder, compost: Substance
) -> None:
    batch = filled(referent, bay, compost)
    actions.close_batch(batch, referent, treatment="vessel")

    with pytest.raises(IntegrityError, match="takes nothing more"), transaction.atomic():
        actions.book(
            Action.COMBINE,
            [Posting(bay, compost, -1000), Posting(batch.holder, compost, 1000)],
            recorder=None,
        )


@pytest.mark.database
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_batch SET state = 'released'",
        "UPDATE ledger_batch SET state = 'treated'",
        "DELETE FROM ledger_batch",
        "UPDATE ledger_heatreading SET celsius = 70",
        "DELETE FROM ledger_turn",
        "UPDATE ledger_labresult SET value = 0",
        "UPDATE ledger_hygienechoice SET rules = 'none'",
    ],
)
def test_the_database_refuses_a_short_cut(
    referent: Person, bay: Holder, compost: Substance, statement: str
) -> None:
    batch = filled(referent, bay, compost)
    actions.measure_heat(batch, 20.0, at=START)
    actions.turn(batch, at=START)
    actions.record_lab_result(batch.holder, Measure.E_COLI, 9.0, laboratory="L")

    with (
        pytest.raises(DatabaseError, match=r"step|append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_a_batch_that_was_not_hot_enough_stays_closed_and_says_why(
    referent: Person, bay: Holder, compost: Substance
) -> None:
    batch = filled(referent, bay, compost)
    actions.close_batch(batch, referent, treatment="vessel", at=START)
    heated(batch, days=2)

    with pytest.raises(Refused, match=r"72 h at 55 °C or more are asked for; 48 h are proven"):
        actions.prove_heat(batch, referent)
    assert Batch.objects.get().state == "closed"


def test_heat_from_before_the_batch_was_closed_proves_nothing(
    referent: Person, bay: Holder, compost: Substance
) -> None:
    batch = filled(referent, bay, compost)
    heated(batch)
    actions.close_batch(batch, referent, treatment="vessel", at=START + timedelta(days=10))

    with pytest.raises(Refused, match="0 h are proven"):
        actions.prove_heat(batch, referent)


def test_rules_that_ask_for_a_test_release_nothing_without_one(
    referent: Person, bay: Holder, compost: Substance
) -> None:
    batch = filled(referent, bay, compost, "eu_food_composting")
    actions.close_batch(batch, referent, treatment="vessel", particle_mm=10, at=START)
    for minutes in range(0, 70, 10):
        actions.measure_heat(batch, 71.0, at=START + timedelta(minutes=minutes))
    actions.prove_heat(batch, referent, at=START + timedelta(days=1))

    with pytest.raises(Refused, match="laboratory's test first"):
        actions.release(batch, referent)
    with pytest.raises(Refused, match=r"E\. coli and Salmonella"):
        actions.pass_test(batch, referent)
    actions.record_lab_result(batch.holder, Measure.SALMONELLA, 0, laboratory="County")
    actions.record_lab_result(batch.holder, Measure.E_COLI, 240, laboratory="County")
    actions.pass_test(batch, referent)

    assert actions.release(batch, referent).state == "released"


def test_salmonella_stops_a_batch(referent: Person, bay: Holder, compost: Substance) -> None:
    batch = filled(referent, bay, compost, "eu_food_composting")
    actions.close_batch(batch, referent, treatment="vessel", particle_mm=10, at=START)
    for minutes in range(0, 70, 10):
        actions.measure_heat(batch, 71.0, at=START + timedelta(minutes=minutes))
    actions.prove_heat(batch, referent, at=START + timedelta(days=1))
    actions.record_lab_result(batch.holder, Measure.SALMONELLA, 1, laboratory="County")
    actions.record_lab_result(batch.holder, Measure.E_COLI, 10, laboratory="County")

    with pytest.raises(Refused, match="found too much"):
        actions.pass_test(batch, referent)


def test_a_batch_rests_its_days_before_release(referent: Person, bay: Holder, compost: Substance) -> None:
    batch = filled(referent, bay, compost, "uk_catering_composting")
    actions.close_batch(batch, referent, treatment="vessel_60", particle_mm=50, at=START)
    for half in range(6):
        actions.measure_heat(batch, 63.0, at=START + timedelta(hours=12 * half))
    treated: datetime = START + timedelta(days=3)
    actions.prove_heat(batch, referent, at=treated)

    with pytest.raises(Refused, match="rest 18 days"):
        actions.release(batch, referent, at=treated + timedelta(days=17))
    assert actions.release(batch, referent, at=treated + timedelta(days=18)).state == "released"


def test_a_recall_lists_every_bed_and_person_it_reached_and_tells_them(
    referent: Person, lyra: Person, bay: Holder, bed: Holder, compost: Substance
) -> None:
    batch = released(referent, bay, compost)
    second = actions.open_holder("bed-2", "Bed by the well", Holder.Kind.GARDEN)
    actions.open_holder("bed-3", "Untouched bed", Holder.Kind.GARDEN)
    actions.spread(batch, bed, compost, 20_000, referent)
    move = [Posting(bed, compost, -5000), Posting(second, compost, 5000)]
    actions.book(Action.TRANSFER, move, recorder=None)
    home = actions.household_of(lyra)
    give = [Posting(batch.holder, compost, -1000), Posting(home, compost, 1000)]
    actions.book(Action.PICKUP, give, recorder=None)

    reach = actions.recall_batch(batch, referent, reason="A glass bottle was found in it")

    assert [p.code for p in reach.places if p.kind == Holder.Kind.GARDEN] == ["bed-1", "bed-2"]
    assert reach.people == (lyra,)
    assert set(Notice.objects.values_list("person__name", flat=True)) == {"Lyra", "Rune"}


def test_a_recalled_batch_goes_to_no_more_beds(
    referent: Person, bay: Holder, bed: Holder, compost: Substance
) -> None:
    batch = released(referent, bay, compost)
    actions.recall_batch(batch, referent, reason="Glass")

    with pytest.raises(Refused, match="Only a released batch"):
        actions.spread(batch, bed, compost, 1000, referent)


def test_residents_move_no_batch_on(lyra: Person, referent: Person, bay: Holder, compost: Substance) -> None:
    batch = filled(referent, bay, compost)
    refused: list[Any] = [
        lambda: actions.open_batch("x", "x", lyra),
        lambda: actions.close_batch(batch, lyra, treatment="vessel"),
        lambda: actions.prove_heat(batch, lyra),
        lambda: actions.release(batch, lyra),
        lambda: actions.reject(batch, lyra, reason="x"),
        lambda: actions.recall_batch(batch, lyra, reason="x"),
        lambda: actions.choose_hygiene("none", lyra, pasteuriser=False),
    ]
    for act in refused:
        with pytest.raises(Refused):
            act()


def test_food_scraps_need_a_pasteuriser_where_the_rules_ask_for_one(
    referent: Person, lyra: Person, gate: Holder, scraps: Substance
) -> None:
    from decimal import Decimal

    actions.choose_hygiene("eu_food_digestion", referent, pasteuriser=False)
    with pytest.raises(Refused, match="needs a pasteuriser"):
        actions.record_drop_off(lyra, point=gate, substance=scraps, kilograms=Decimal(1))
    actions.choose_hygiene("eu_food_digestion", referent, pasteuriser=True)
    booked = actions.record_drop_off(lyra, point=gate, substance=scraps, kilograms=Decimal(1))

    assert queries.weight_of(booked)[1] == 1000


def test_manure_is_off_until_a_site_turns_it_on(referent: Person, lyra: Person, gate: Holder) -> None:
    from decimal import Decimal

    manure = queries.substance("chicken_manure")
    with pytest.raises(Refused, match="never taken here"):
        actions.record_drop_off(lyra, point=gate, substance=manure, kilograms=Decimal(1))
    actions.choose_hygiene("none", referent, pasteuriser=False, allowed=["chicken_manure"])
    actions.record_drop_off(lyra, point=gate, substance=manure, kilograms=Decimal(1))

    assert queries.grams_of(gate, manure) == 1000


def test_nappies_cannot_be_turned_on(referent: Person) -> None:
    with pytest.raises(Refused, match="cannot be turned on"):
        actions.choose_hygiene("none", referent, pasteuriser=True, allowed=["nappies"])


def test_the_books_still_verify_after_a_batch_was_spread_and_taken_back(
    referent: Person, bay: Holder, bed: Holder, compost: Substance
) -> None:
    batch = released(referent, bay, compost)
    spread = actions.spread(batch, bed, compost, 20_000, referent)
    actions.reverse(spread, recorder=None, reason="wrong bed")

    assert (queries.grams_of(batch.holder, compost), check().findings) == (80_000, ())


@pytest.mark.database
def test_beds_wait_for_their_harvest_as_the_rules_say(
    referent: Person, bay: Holder, bed: Holder, compost: Substance
) -> None:
    batch = filled(referent, bay, compost, rules="none")
    actions.close_batch(batch, referent, treatment="")
    actions.prove_heat(batch, referent)
    actions.release(batch, referent)
    spread = timezone.now() - timedelta(days=30)
    actions.spread(batch, bed, compost, 5000, referent, at=spread)
    mistaken = actions.spread(batch, bed, compost, 100, referent, at=timezone.now())
    actions.reverse(mistaken, recorder=None, reason="the other bed")
    (wait,) = queries.waits(batch)
    day = timezone.localdate(spread)

    assert (wait.bed, wait.grams, wait.spread_on) == (bed, 5000, day)
    assert wait.harvest_from == queries.harvest_from(bed) == day + timedelta(days=120)
    assert not wait.is_over


@pytest.mark.database
def test_the_database_lets_nobody_shorten_the_wait_of_a_closed_batch(
    referent: Person, bay: Holder, compost: Substance
) -> None:
    batch = filled(referent, bay, compost, rules="none")
    actions.close_batch(batch, referent, treatment="")

    with pytest.raises(DatabaseError, match="step"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_batch SET harvest_days = 0")


def test_a_bed_nothing_was_spread_on_waits_for_nothing(bed: Holder) -> None:
    assert queries.harvest_from(bed) is None


def test_manure_is_off_until_a_site_turns_it_on_and_nappies_stay_off(
    lyra: Person, referent: Person, gate: Holder
) -> None:
    def bring(code: str) -> None:
        actions.record_drop_off(lyra, point=gate, substance=queries.substance(code), kilograms=Decimal(1))

    under("eu_food_digestion", referent)
    off = dict(queries.unwelcome())
    for code, words in (("food_waste", "needs a pasteuriser"), ("cattle_manure", "never taken here")):
        with pytest.raises(Refused, match=words):
            bring(code)
    assert off[queries.substance("food_waste")] == "pasteuriser"
    actions.choose_hygiene("eu_food_digestion", referent, pasteuriser=True, allowed=["cattle_manure"])
    bring("food_waste")
    bring("cattle_manure")
    with pytest.raises(Refused, match="cannot be turned on"):
        actions.choose_hygiene("eu_food_digestion", referent, pasteuriser=True, allowed=["nappies"])
    for code in ("nappies", "pet_waste", "dead_animals"):
        with pytest.raises(Refused):
            bring(code)
