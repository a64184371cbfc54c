from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harmonia.science.metabolism import (
    FeedLimits,
    FeedPlan,
    PlanCase,
    PlanError,
    PlannerMissing,
    Supply,
    feed_plan,
    feedstock,
    plan_feed,
    single_digester,
)
from harmonia.science.metabolism.planning import numbers
from harmonia.science.metabolism.planning.outcome import course
from harmonia.science.metabolism.planning.present import present
from harmonia.science.metabolism.planning.solve import solve
from harmonia.science.metabolism.planning.words import Need

PLANT = single_digester("Nexus", 4.0, 0.8, 37.0, 1.0, 2.0)


def supplies(times: float = 1.0) -> tuple[Supply, ...]:
    return (
        Supply("food_waste", 20.0 * times, (8.0 * times,) * 14, shelf_life_d=5),
        Supply("bread", 0.0, (1.5 * times, 0.0) * 7),
        Supply("leaves", 10.0, (0.0, 4.0) * 7),
    )


CALM = PlanCase(PLANT, supplies())
TOO_MUCH = PlanCase(PLANT, supplies(6.0))


@cache
def calm() -> FeedPlan:
    return plan_feed(CALM)


@cache
def too_much() -> FeedPlan:
    return plan_feed(TOO_MUCH)


def fed(plan: FeedPlan) -> float:
    return sum(sum(days) for days in plan.feed_kg_d.values())


def test_a_week_the_plant_can_take_is_taken_whole() -> None:
    plan = calm()

    assert plan.status == "ok"
    assert plan.away_kg == {}
    assert plan.needs == ()
    assert plan.sentence.startswith("Everything fits:")
    assert fed(plan) >= sum(s.total_kg for s in CALM.supplies) - 8.0 - 1.5 - 28.0


def test_nothing_is_fed_that_is_not_there_yet() -> None:
    plan = calm()

    for supply in CALM.supplies:
        there = supply.stock_kg + np.cumsum(supply.arrivals_kg)
        assert (np.cumsum(plan.feed_kg_d[supply.feedstock]) <= there + 1e-6).all()
        assert min(plan.waiting_kg[supply.feedstock]) >= -1e-6


def test_nothing_is_kept_longer_than_it_keeps() -> None:
    plan, supply = calm(), CALM.supplies[0]

    assert (np.array(plan.waiting_kg["food_waste"]) <= supply.most_waiting_kg() + 0.2).all()


def test_the_same_case_gives_the_same_plan() -> None:
    assert plan_feed(CALM) == calm()


def test_too_much_names_the_limits_that_bind_and_what_has_to_wait() -> None:
    plan = too_much()
    loading = next(need for need in plan.needs if need.code == "loading")

    assert plan.status == "not everything fits"
    assert plan.sentence.startswith(f"14 days of these promises need {loading.value:.3g} kg VS/m3/d where")
    assert "kg of household food waste" in plan.sentence
    assert plan.sentence.endswith("would have to wait or go to compost.")
    assert loading.value > loading.limit == 2.0
    assert max(plan.loading_kg_vs_m3_d) <= 2.0 + 1e-6


NARROW = PlanCase(PLANT, supplies(2.0), limits=FeedLimits(1.0, rise_kg_vs_m3_d=50.0, gas_must_fit=False))


def with_loading(most: float) -> PlanCase:
    return replace(NARROW, limits=replace(NARROW.limits, loading_kg_vs_m3_d=most))


def test_the_named_relaxation_is_the_least_that_takes_everything() -> None:
    (need,) = plan_feed(NARROW).needs

    assert (need.code, need.limit) == ("loading", 1.0)
    assert plan_feed(with_loading(0.97 * need.value)).away_kg != {}
    assert plan_feed(with_loading(1.02 * need.value)).away_kg == {}


def test_collocation_and_kernel_agree_on_gas_and_acids_within_a_per_cent() -> None:
    planner = feed_plan._Planner(CALM, present(CALM))
    start = numbers.start(planner.shape, planner.amounts, planner.size, planner.trial)
    best = solve(planner.shape, planner.given, planner.free, start)
    feed = best.blocks["feed"].T * planner.size.kg
    by_kernel = course(planner.past, feed, planner.amounts.temperature_c)
    stored = np.diff(best.blocks["stored"][0], prepend=0.0)
    by_collocation = (stored + best.blocks["used"][0]) * planner.size.gas_m3

    assert best.solved
    assert by_collocation == pytest.approx(by_kernel.gas_m3_d, rel=0.01)
    assert best.blocks["ph"][-1] == pytest.approx(by_kernel.ph, abs=0.005)


def test_a_tighter_limit_on_acids_is_kept() -> None:
    free = plan_feed(PlanCase(PLANT, supplies(3.0), limits=FeedLimits(gas_must_fit=False)))
    most = 0.8 * max(free.acids)
    tight = plan_feed(PlanCase(PLANT, supplies(3.0), limits=FeedLimits(gas_must_fit=False, acids_kg_m3=most)))

    assert max(tight.acids) <= 1.02 * most
    assert fed(tight) < fed(free)


def test_the_gas_of_the_quiet_hours_fits_the_store() -> None:
    plan = plan_feed(PlanCase(PLANT, supplies(3.0)))

    assert "gas_store" in plan.tight
    assert 0.5 * max(plan.gas_m3_d) <= 1.02 * PLANT.gas_store_m3


def test_few_users_of_gas_hold_the_feed_back() -> None:
    few = PlanCase(PLANT, supplies(), limits=FeedLimits(gas_use_m3_d=1.5))
    plan = plan_feed(few)

    assert sum(plan.gas_m3_d) <= 14 * 1.5 + PLANT.gas_store_m3 + 0.5
    assert fed(plan) < fed(calm())


def test_nobody_feeds_on_closed_days() -> None:
    plan = plan_feed(replace(CALM, closed_days=frozenset({0, 6, 13})))

    for days in plan.feed_kg_d.values():
        assert [days[day] for day in (0, 6, 13)] == [0.0] * 3


def test_a_share_of_solids_is_never_passed() -> None:
    plan = plan_feed(replace(CALM, limits=FeedLimits(vs_share={"leaves": 0.1})))
    solids = {code: feedstock(code).volatile_solids_kg_kg for code in plan.feed_kg_d}
    by_day = np.array([np.array(days) * solids[code] for code, days in plan.feed_kg_d.items()])
    leaves = by_day[list(plan.feed_kg_d).index("leaves")]

    # A plan is rounded to tenths of a kg, so the share is compared with that allowance.
    assert (leaves <= 0.1 * by_day.sum(axis=0) + 0.1 * solids["leaves"] + 1e-9).all()


def test_a_plant_beyond_its_limit_says_until_when() -> None:
    hungry = FeedLimits(acid_ratio=0.05)
    plan = plan_feed(replace(CALM, limits=hungry))

    assert plan.status == "beyond a limit"
    assert plan.sentence.startswith("The plant is beyond a limit already: the acids over the buffer")


def test_what_was_fed_before_changes_the_plan() -> None:
    starved = replace(CALM, past_kg_d={"food_waste": (0.0,) * 30}, warm_start={})
    stuffed = replace(CALM, past_kg_d={"food_waste": (20.0,) * 30})

    assert plan_feed(starved).gas_m3_d[0] < plan_feed(stuffed).gas_m3_d[0]


def test_a_colder_week_gives_less_gas() -> None:
    cold = plan_feed(replace(CALM, temperature_c=(24.0,) * 14))

    assert sum(cold.gas_m3_d) < sum(calm().gas_m3_d)


@pytest.mark.parametrize(
    "wrong",
    [
        {"days": 0},
        {"days": 61},
        {"supplies": ()},
        {"supplies": (Supply("bread", 0.0, (1.0,) * 14),) * 2},
        {"temperature_c": (30.0,)},
        {"gas_stored_m3": -1.0},
        {"past_kg_d": {"bread": (1.0,), "leaves": (1.0, 2.0)}},
        {"past_kg_d": {"bread": (-1.0,)}},
    ],
)
def test_a_case_that_makes_no_sense_is_refused_with_a_sentence(wrong: dict[str, Any]) -> None:
    with pytest.raises(PlanError, match=r"\.$"):
        plan_feed(replace(CALM, **wrong))


def test_without_casadi_the_planner_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed_plan, "find_spec", lambda _name: None)

    with pytest.raises(PlannerMissing, match="extra `plan`"):
        plan_feed(CALM)


def test_nothing_promised_is_a_plan_of_nothing() -> None:
    plan = plan_feed(PlanCase(PLANT, (Supply("food_waste", 0.0, (0.0,) * 14),)))

    assert fed(plan) == 0.0
    assert plan.status == "ok"


def test_a_need_reads_as_a_clause() -> None:
    assert Need("loading", 2.9001, 2.5).words == "2.9 kg VS/m3/d where the plant's limit is 2.5"


def plan_or_sentence(case: PlanCase) -> FeedPlan | str:
    try:
        return plan_feed(case)
    except PlanError as error:
        return str(error)


amounts = st.lists(st.floats(0.0, 60.0), min_size=7, max_size=7)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(
    st.floats(0.5, 20.0),
    st.floats(18.0, 42.0),
    st.floats(0.0, 3.0),
    amounts,
    amounts,
    st.sampled_from(("fog", "chicken_manure", "grass", "food_waste")),
)
def test_any_plant_and_any_supply_end_with_a_plan_within_the_limits_or_a_sentence(
    liquid: float, temperature: float, water: float, first: list[float], second: list[float], code: str
) -> None:
    plant = single_digester("any", liquid, 0.2 * liquid, temperature, water, 0.5 * liquid)
    case = PlanCase(plant, (Supply("bread", 5.0, tuple(first)), Supply(code, 0.0, tuple(second), 3)), days=7)
    plan = plan_or_sentence(case)
    if isinstance(plan, str):
        assert plan.endswith(".")
        return

    assert np.isfinite(plan.gas_m3_d).all()
    assert max(plan.loading_kg_vs_m3_d) <= case.limits.loading_kg_vs_m3_d * 1.001
    assert plan.sentence.endswith(".")
    assert plan.over or max(plan.acid_ratio) <= 0.3 * 1.03


def test_a_plant_that_was_colder_before_starts_from_less_gas() -> None:
    cold = single_digester("before", 4.0, 0.8, 20.0, 1.0, 2.0)
    fed_before = replace(CALM, past_kg_d={"food_waste": (10.0,) * 30}, warm_start={})
    warmed = replace(fed_before, former=((0, cold), (28, PLANT)))

    assert plan_feed(warmed).gas_m3_d[0] != plan_feed(fed_before).gas_m3_d[0]


def test_plants_before_that_are_not_in_order_are_refused() -> None:
    with pytest.raises(PlanError, match="in order"):
        plan_feed(replace(CALM, past_kg_d={"bread": (1.0,) * 3}, former=((2, PLANT), (1, PLANT))))


def test_narrowed_methane_changes_the_gas() -> None:
    less = plan_feed(replace(CALM, methane={"food_waste": 0.8}))

    assert sum(less.gas_m3_d) < sum(calm().gas_m3_d)


def test_a_feed_that_just_meets_the_need_of_trace_elements_is_planned() -> None:
    manure = Supply("cattle_manure", 6400.0, (0.0, 0.0, 0.0, 6500.0, 25_000.0, 1500.0, 28_700.0))
    plant = single_digester("farm", 3000.0, 600.0, 21.4, 1.0, 2400.0)
    plan = plan_feed(PlanCase(plant, (manure,), days=7))

    assert plan.status == "ok"
    assert fed(plan) > 30_000
