import numpy as np
import pytest

from harmonia.science.metabolism import rodas
from harmonia.science.metabolism.adm1 import BenchmarkDigester, Influent, control_at, start_vector
from harmonia.science.metabolism.kernel import ACID, Floats, outlet, protons
from harmonia.science.metabolism.nomenclature import INDEX
from harmonia.science.metabolism.observing import ACIDS, GAS_FLOW, PH, Event, Observer, observer_of
from tests.science.metabolism import published

SYSTEM = BenchmarkDigester.fed_with(Influent(published.R1_INFLUENT, 170.0, 35.0)).system
RINSED = SYSTEM._replace(dilution=1.0)
X_AC = INDEX["X_ac"]
CONTROL = control_at(1e-8)


def observed(
    events: list[Event], times: Floats, days: float = 5.0, dilution: float = 1.0
) -> tuple[Observer, Floats]:
    y = start_vector()
    observer = observer_of(events, times, y.size)
    ended, _ = rodas.advance_observed(y, 1e-7, days, SYSTEM._replace(dilution=dilution), CONTROL, observer)
    assert ended == rodas.OK
    return observer, y


def state_after(days: float) -> Floats:
    y = start_vector()
    rodas.advance(y, (1e-7, 1e-3), days, RINSED, CONTROL)
    return y


def test_states_between_steps_are_those_of_runs_that_stop_there() -> None:
    times = np.array([0.013, 0.5, 1.7, 3.0, 4.99])
    observer, _ = observed([], times)
    expected = np.array([state_after(time) for time in times])

    assert observer.states[:, :27] == pytest.approx(expected[:, :27], rel=2e-5)


def test_the_last_sample_is_the_end_of_the_run() -> None:
    observer, end = observed([], np.array([2.0, 5.0]))

    assert observer.states[1] == pytest.approx(end, rel=1e-12)


def test_washing_out_is_noted_at_the_moment_it_happens() -> None:
    observer, _ = observed([Event(X_AC, 0.3, rising=False)], np.array([]))

    assert state_after(float(observer.since[0]))[X_AC] == pytest.approx(0.3, rel=1e-5)


@pytest.mark.parametrize("quantity", [PH, ACIDS, GAS_FLOW])
def test_quantities_that_are_no_state_are_noted_as_they_pass_a_limit(quantity: int) -> None:
    def value(y: Floats) -> float:
        if quantity == PH:
            return float(-np.log10(protons(y, 1e-7, SYSTEM.c)))
        return outlet(y, SYSTEM.c) if quantity == GAS_FLOW else float(y[ACID].sum())

    first, last = value(state_after(0.2)), value(state_after(5.0))
    limit = 0.7 * first + 0.3 * last
    observer, _ = observed([Event(quantity, limit, rising=last > first)], np.array([]))

    assert value(state_after(float(observer.since[0]))) == pytest.approx(limit, rel=1e-4)


def test_what_does_not_happen_has_no_moment() -> None:
    observer, _ = observed([Event(X_AC, 0.3, rising=False)], np.array([]), dilution=0.01)

    assert np.isnan(observer.since[0])


def test_times_of_samples_must_rise() -> None:
    with pytest.raises(ValueError, match="rise"):
        observer_of([], np.array([1.0, 1.0]), 33)
