"""A ramp: planned by the twin, held by what is read, and stopped before the pH falls."""

from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonia.science.metabolism import FollowCase, RampCase, RampError, plan_ramp, readings, single_digester
from harmonia.science.metabolism.digester import Digester, DigesterRun, Member
from harmonia.science.metabolism.plant_parts import TraceElements
from harmonia.science.metabolism.ramp import MOST_STEPS, STEP_KG_VS_M3_D, loadings
from harmonia.science.metabolism.ramp_guards import (
    FRESH_DAYS,
    HOLD_DAYS,
    Breach,
    Point,
    Wait,
    Watch,
    breaches,
    waits,
)
from harmonia.science.metabolism.ramp_recovery import recovery

PLANT = single_digester("bench", 8.0, 1.5, 35.0, 1.0, 2.0, 1.0)
SECOND_STEP = 28


def lived(first_kg_d: float, second_kg_d: float) -> DigesterRun:
    """Four weeks at one load, six at another."""
    digester = Digester(PLANT, ("food_waste",), Member())
    feed = np.concatenate([np.full(SECOND_STEP, first_kg_d), np.full(42, second_kg_d)])
    return digester.run(feed[:, None], digester.settled(np.array([first_kg_d])))


def points(values: np.ndarray, every: int, *, noise: float = 0.0, seed: int = 0) -> tuple[Point, ...]:
    """A day's reading is the same on whichever later day one looks back at it."""
    days = np.arange(0, len(values), every)
    drawn = np.random.default_rng(seed).standard_normal(len(days))
    return tuple(
        Point(float(d), float(values[d]) * (1 + noise * z)) for d, z in zip(days, drawn, strict=True)
    )


def watch_of(run: DigesterRun, day: float, foreseen: DigesterRun, *, step_since: float) -> Watch:
    def until(found: tuple[Point, ...]) -> tuple[Point, ...]:
        return tuple(point for point in found if point.day <= day)

    return Watch(
        today=day,
        step_since=step_since,
        acids=until(points(1000 * readings.titrated_acids_kg_m3(run), 3, noise=0.05, seed=11)),
        alkalinity=until(points(1000 * readings.alkalinity_kg_m3(run), 3, noise=0.05, seed=12)),
        ph=until(points(readings.ph(run), 2)),
        temperature=until(points(np.full(70, 35.0), 2)),
        gas=until(points(readings.gas_m3_d(run), 1)),
        foreseen=until(points(readings.gas_m3_d(foreseen), 1)),
        set_point_c=35.0,
    )


def test_a_plant_that_sours_in_its_second_step_is_held_before_the_ph_falls_below_six_point_eight() -> None:
    # 2.2 kg VS/m3/d, then what was declared as 2.7 turns out to be 6.7.
    soured, declared = lived(75.0, 225.0), lived(75.0, 92.0)
    ph = readings.ph(soured)
    fallen = int(np.argmax(ph < 6.8))
    held = next(
        day
        for day in range(SECOND_STEP, 70)
        if breaches(watch_of(soured, day, declared, step_since=SECOND_STEP))
    )

    assert fallen > SECOND_STEP
    assert held < fallen
    assert ph[held] >= 6.8
    assert fallen - held >= 3, "there is time to act"


def test_no_guard_is_touched_by_a_plant_that_takes_its_second_step_well() -> None:
    calm = lived(75.0, 92.0)
    touched = {
        day: breaches(watch_of(calm, day, calm, step_since=SECOND_STEP if day >= SECOND_STEP else 0))
        for day in range(70)
    }

    assert {day: found for day, found in touched.items() if found} == {}


def test_a_calm_plant_may_rise_after_two_weeks_and_three_flat_readings_and_not_before() -> None:
    calm = lived(75.0, 75.0)
    first = next(day for day in range(60) if not waits(watch_of(calm, day, calm, step_since=0)))

    assert first == HOLD_DAYS


FULL = Watch(
    today=20,
    step_since=0,
    acids=tuple(Point(d, 800.0) for d in (-6, -3, 0, 8, 13, 19)),
    alkalinity=tuple(Point(d, 4000.0) for d in (-6, -3, 0, 8, 13, 19)),
    ph=(Point(19, 7.4),),
    temperature=(Point(19, 37.0),),
    gas=tuple(Point(d, 5.0) for d in (17, 18, 19)),
    foreseen=tuple(Point(d, 5.0) for d in (17, 18, 19)),
    set_point_c=37.0,
)


def test_everything_known_and_calm_lets_a_load_rise() -> None:
    assert waits(FULL) == ()
    assert breaches(FULL) == ()


@pytest.mark.parametrize("name", FRESH_DAYS)
def test_a_missing_or_old_reading_holds(name: str) -> None:
    past: dict[str, Any] = {name: tuple(Point(p.day - 8, p.value) for p in getattr(FULL, name))}
    nothing: dict[str, Any] = {name: ()}
    never, old = replace(FULL, **nothing), replace(FULL, **past)

    assert Wait("missing", name) in waits(never)
    assert Wait("missing", name) in waits(old)


def test_acids_that_still_move_hold() -> None:
    moving = replace(FULL, acids=(*FULL.acids[:3], Point(8, 800), Point(13, 1000), Point(19, 1150)))

    assert waits(moving) == (Wait("not_flat", value=350),)


def test_readings_of_the_step_before_do_not_make_acids_flat() -> None:
    fresh = replace(FULL, step_since=10.0, today=25.0)
    waiting = waits(fresh)

    assert Wait("missing", "flat_acids", 1) in waiting


@pytest.mark.parametrize(
    ("change", "guard"),
    [
        ({"acids": (*FULL.acids, Point(20, 1700.0))}, "acid_ratio"),
        ({"acids": (*FULL.acids, Point(20, 1500.0))}, "acid_rise"),
        ({"alkalinity": (*FULL.alkalinity, Point(20, 2900.0))}, "alkalinity"),
        ({"ph": (Point(20, 6.95),)}, "ph"),
        ({"gas": tuple(Point(d, 3.5) for d in (17, 18, 19))}, "gas"),
        ({"temperature": (Point(20, 34.0),)}, "temperature"),
        ({"temperature": (Point(20, 40.0),)}, "temperature"),
    ],
)
def test_each_guard_is_touched_by_its_own_reading(change: dict[str, Any], guard: str) -> None:
    assert guard in [breach.guard for breach in breaches(replace(FULL, **change))]


def test_a_bad_reading_of_the_step_before_is_not_held_against_the_new_one() -> None:
    low = replace(FULL, ph=(Point(2, 6.5),), step_since=10.0)

    assert [breach.guard for breach in breaches(low)] == []
    assert breaches(replace(low, step_since=0.0)) == (Breach("ph", 6.5, 7.0),)


@given(st.floats(0.01, 6), st.floats(0.01, 6))
def test_no_step_is_higher_than_half_a_kilogram_and_the_last_is_the_goal(now: float, goal: float) -> None:
    if goal - now > MOST_STEPS * STEP_KG_VS_M3_D:
        with pytest.raises(RampError):
            loadings(now, goal)
        return
    steps = loadings(now, goal)

    assert steps[-1] == pytest.approx(goal, abs=1e-6)  # loadings are told to the milligram
    assert all(b - a <= STEP_KG_VS_M3_D + 1e-5 for a, b in pairwise(steps))
    assert list(steps) == sorted(steps)


@pytest.mark.parametrize(("now", "goal"), [(1.0, 0.0), (1.0, float("nan")), (-1.0, 2.0), (1.0, 40.0)])
def test_what_is_no_load_is_refused(now: float, goal: float) -> None:
    with pytest.raises(RampError):
        loadings(now, goal)


DOSED = replace(PLANT, trace_elements=TraceElements(0.16, 0.22))


def history(kg_d: float, days: int = 60) -> FollowCase:
    return FollowCase(DOSED, {"food_waste": (kg_d,) * days}, members=8)


def test_the_twin_plans_a_ramp_that_it_stays_calm_on() -> None:
    plan = plan_ramp(RampCase(history(30.0), {"food_waste": 30.0}, 8.0, 1.6))
    loads = [step.loading_kg_vs_m3_d for step in plan.steps]

    assert plan.reaches, plan.status
    assert loads[0] == pytest.approx(30.0 * 0.2385 / 8.0, rel=0.05)
    assert loads[-1] == pytest.approx(1.6)
    assert all(step.gas_low <= step.gas_m3_d <= step.gas_high and step.is_calm for step in plan.steps)
    assert [s.gas_m3_d for s in plan.steps] == sorted(s.gas_m3_d for s in plan.steps)


def test_the_twin_stops_a_ramp_before_the_step_it_would_not_live_through() -> None:
    undosed = replace(history(75.0), plant=PLANT)
    plan = plan_ramp(RampCase(undosed, {"food_waste": 75.0}, 8.0, 6.0))

    assert not plan.reaches
    assert all(step.loading_kg_vs_m3_d < 6.0 and step.is_calm for step in plan.steps)
    assert plan.status.startswith("stopped: at")


def test_without_a_usual_feed_there_is_nothing_to_raise() -> None:
    with pytest.raises(RampError, match="Nothing was fed"):
        plan_ramp(RampCase(history(0.0), {}, 8.0, 2.0))


@pytest.mark.parametrize(
    ("ratio", "ph", "first"),
    [(None, None, "rest"), (0.2, 6.5, "rest"), (0.6, 7.2, "rest"), (0.35, 7.2, "half"), (0.2, 7.4, "former")],
)
def test_the_sourer_the_plant_the_longer_its_way_back(
    ratio: float | None, ph: float | None, first: str
) -> None:
    stages = recovery(ratio, ph)

    assert stages[0].name == first
    assert stages[-1].feed_share == 1.0
    assert [stage.feed_share for stage in stages] == sorted(stage.feed_share for stage in stages)
