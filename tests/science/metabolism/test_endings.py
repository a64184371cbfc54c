from dataclasses import replace

import numpy as np
import pytest

from harmonia.science.metabolism import kernel, rodas, single_digester
from harmonia.science.metabolism.digester import Digester, DigesterRun, Member
from harmonia.science.metabolism.endings import OK, Ending, acetate_users, ending, events
from harmonia.science.metabolism.kernel import Floats
from harmonia.science.metabolism.plant_parts import TraceElements


def fed(
    kg_d: Floats,
    code: str = "food_waste",
    water: float = 1.0,
    headspace: float = 1.5,
    volume: float | None = None,
) -> DigesterRun:
    digester = Digester(single_digester("bench", 8.0, headspace, 35.0, water), (code,), Member())
    flow = None if volume is None else np.full(len(kg_d), volume)
    return digester.run(kg_d[:, None], digester.settled(kg_d[:1]), flow)


HEALTHY = fed(np.full(30, 25.0))


def test_a_healthy_run_ends_ok() -> None:
    assert ending(HEALTHY) == Ending(OK, None, "ok")
    assert events(HEALTHY) == ()


def test_overload_comes_before_sourness_and_both_have_their_day() -> None:
    run = fed(np.concatenate([np.full(10, 75.0), np.full(40, 225.0)]))
    sour, overload = events(run)[:2]

    assert (sour.kind, overload.kind) == ("sour", "overload")
    assert 10 < (overload.day or 0) < (sour.day or 0)
    assert sour.sentence == f"sour: pH falls below 6.5 on day {sour.day}"
    assert ending(run) == sour


def test_a_digester_rinsed_every_day_loses_its_methanogens() -> None:
    run = fed(np.concatenate([np.full(5, 25.0), np.full(60, 300.0)]), water=0.0, volume=8.0)
    found = {event.kind: event for event in events(run)}

    assert found["washed out"].sentence == f"washed out: methanogens lost on day {found['washed out'].day}"
    assert ending(run).kind == "washed out"


def test_oxidisers_count_as_acetate_users() -> None:
    plant = replace(single_digester("Banks", 8.0, 1.0, 42.0), trace_elements=TraceElements(0.16, 0.22))
    digester = Digester(plant, ("food_waste",), Member())
    run = digester.run(np.full((600, 1), 100.0), (digester.fresh(), 1e-7))

    assert run.states[-1, kernel.BIOMASS_OF[kernel.AC]] < 0.02 < acetate_users(run.states)[-1]
    assert ending(run).kind == OK


def test_a_plant_that_starves_is_not_called_washed_out() -> None:
    assert ending(fed(np.concatenate([np.full(1, 25.0), np.zeros(500)]))).kind == OK


def test_much_feed_under_a_low_roof_foams() -> None:
    heavy = np.full(5, 200.0)
    kinds = {event.kind for event in events(fed(heavy, headspace=0.4))}

    assert "foam" in kinds
    assert "foam" not in {event.kind for event in events(fed(heavy, headspace=2.0))}


@pytest.mark.parametrize(
    ("code", "kind"), [(rodas.STEP_LIMIT, "step limit"), (rodas.STEP_TOO_SMALL, "stopped")]
)
def test_a_solver_that_stops_is_told_with_its_day(code: int, kind: str) -> None:
    states = HEALTHY.states.copy()
    states[13:] = states[12]
    told = ending(replace(HEALTHY, states=states, ended=code))

    assert (told.kind, told.day) == (kind, 13)
    assert told.sentence.endswith("(day 13)")


def test_a_solver_that_stops_at_once_stops_on_the_first_day() -> None:
    states = np.tile(HEALTHY.states[0], (30, 1))

    assert ending(replace(HEALTHY, states=states, ended=rodas.STEP_LIMIT)).day == 1
