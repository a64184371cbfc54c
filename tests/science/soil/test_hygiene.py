"""A batch is released on proof only: hot enough, long enough, turned, and small enough."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonia.science.soil import (
    MATERIAL_CLASSES,
    HeatRecord,
    HygieneError,
    Treatment,
    judge,
    rule_set,
    rule_sets,
)

HOUR = rule_set("eu_food_digestion").treatment("pasteuriser")
WINDROW = rule_set("us_503_class_a").treatment("windrow")
HOUSED = rule_set("uk_catering_composting").treatment("housed_windrow")


def daily(
    days: int, celsius: float, turns: tuple[float, ...] = (), particle: float | None = None
) -> HeatRecord:
    return HeatRecord([24.0 * day for day in range(days + 1)], [celsius] * (days + 1), turns, particle)


@pytest.mark.parametrize(
    ("rules", "treatment", "min_c", "hours", "particle"),
    [
        ("eu_food_digestion", "pasteuriser", 70, 1, 12),
        ("eu_food_composting", "vessel", 70, 1, 12),
        ("uk_catering_composting", "vessel_60", 60, 48, 400),
        ("uk_catering_composting", "vessel_70", 70, 1, 60),
        ("uk_catering_composting", "housed_windrow", 60, 192, 400),
        ("uk_catering_digestion", "reactor_57", 57, 5, 50),
        ("uk_catering_digestion", "reactor_70", 70, 1, 60),
        ("us_503_class_a", "vessel", 55, 72, math.inf),
        ("us_503_class_a", "windrow", 55, 360, math.inf),
    ],
)
def test_the_rules_say_what_the_law_says(
    rules: str, treatment: str, min_c: float, hours: float, particle: float
) -> None:
    found = rule_set(rules).treatment(treatment)

    assert (found.min_c, found.hours, found.max_particle_mm) == (min_c, hours, particle)


def test_every_rule_set_names_its_edition_and_source() -> None:
    bare = [rules.code for rules in rule_sets().values() if not rules.source or rules.edition.year < 1990]

    assert bare == []


def test_an_hour_at_seventy_with_readings_every_ten_minutes_is_proven() -> None:
    record = HeatRecord([n / 6 for n in range(7)], [70.0] * 7, particle_mm=10)

    assert judge(HOUR, record).met


def test_two_readings_an_hour_apart_prove_nothing_of_the_time_between() -> None:
    verdict = judge(HOUR, HeatRecord([0.0, 1.0], [75.0, 75.0], particle_mm=10))

    assert (verdict.met, verdict.longest_h) == (False, 0.0)


def test_one_cool_reading_breaks_the_hour() -> None:
    celsius = [71.0] * 3 + [69.9] + [71.0] * 3
    verdict = judge(HOUR, HeatRecord([n / 6 for n in range(7)], celsius, particle_mm=10))

    assert verdict.missing == ("1 h at 70 °C or more are asked for; 0.333 h are proven.",)


def test_pieces_that_nobody_measured_are_missing_and_large_ones_too_large() -> None:
    hours, celsius = [n / 6 for n in range(7)], [70.0] * 7

    assert judge(HOUR, HeatRecord(hours, celsius)).missing == (
        "Pieces must be at most 12 mm; nobody measured them.",
    )
    assert judge(HOUR, HeatRecord(hours, celsius, particle_mm=20)).missing == (
        "Pieces must be at most 12 mm; they are 20 mm.",
    )


def test_a_windrow_needs_its_fifteen_days_and_its_five_turns() -> None:
    turns = tuple(24.0 * day + 1 for day in (2, 5, 8, 11, 14))

    assert judge(WINDROW, daily(15, 56, turns)).met
    assert not judge(WINDROW, daily(14, 56, turns)).met
    assert judge(WINDROW, daily(15, 56, turns[:4])).missing == (
        "5 turns meanwhile are asked for; 4 are recorded.",
    )


def test_turns_closer_than_two_days_count_once_in_a_housed_windrow() -> None:
    close = daily(8, 61, (10.0, 20.0, 30.0), particle=100)
    apart = daily(8, 61, (10.0, 60.0, 110.0), particle=100)

    assert (judge(HOUSED, close).turns, judge(HOUSED, apart).met) == (1, True)


def test_a_missing_day_breaks_a_windrow_however_hot_it_was() -> None:
    hours = [24.0 * day for day in range(16) if day != 7]
    verdict = judge(WINDROW, HeatRecord(hours, [60.0] * 15, tuple(24.0 * day for day in range(1, 6))))

    assert verdict.longest_h == 7 * 24


def test_no_readings_prove_nothing() -> None:
    assert judge(WINDROW, HeatRecord([], [])).missing[0] == (
        "360 h at 55 °C or more are asked for; 0 h are proven."
    )


def test_nappies_pets_and_dead_animals_are_never_taken_under_any_rule() -> None:
    taken = [
        (rules.code, material)
        for rules in rule_sets().values()
        for material in ("nappies", "pet_waste", "dead_animals")
        if rules.material_class(material) != "never"
    ]

    assert taken == []


def test_food_waste_needs_a_pasteuriser_for_digestion_in_the_union() -> None:
    assert rule_set("eu_food_digestion").material_class("food_waste") == "pasteuriser"
    assert set(MATERIAL_CLASSES) == {"welcome", "pasteuriser", "never"}


def test_an_unknown_rule_or_treatment_is_refused_with_what_there_is() -> None:
    with pytest.raises(HygieneError, match="There is no rule set 'moon'"):
        rule_set("moon")
    with pytest.raises(HygieneError, match="it has pasteuriser"):
        rule_set("eu_food_digestion").treatment("sun")


@pytest.mark.parametrize(
    "record", [HeatRecord([1.0], []), HeatRecord([math.nan], [60.0]), HeatRecord([0.0], [60.0], (math.inf,))]
)
def test_a_record_that_is_none_is_refused(record: HeatRecord) -> None:
    with pytest.raises(HygieneError):
        judge(WINDROW, record)


readings = st.lists(st.tuples(st.floats(0, 1000), st.floats(0, 90)), max_size=40)


@given(readings, st.floats(0.1, 90))
def test_a_hotter_demand_is_never_easier_to_prove(rows: list[tuple[float, float]], more: float) -> None:
    record = HeatRecord([hour for hour, _ in rows], [celsius for _, celsius in rows])
    easy = Treatment("a", "a", "composting", 40.0, 48.0, 30.0)
    hard = Treatment("b", "b", "composting", 40.0 + more, 48.0, 30.0)

    assert judge(hard, record).longest_h <= judge(easy, record).longest_h


@given(readings)
def test_the_order_in_which_readings_were_typed_does_not_matter(rows: list[tuple[float, float]]) -> None:
    forth = HeatRecord([hour for hour, _ in rows], [celsius for _, celsius in rows])
    back = HeatRecord([hour for hour, _ in rows[::-1]], [celsius for _, celsius in rows[::-1]])

    assert judge(WINDROW, forth) == judge(WINDROW, back)
