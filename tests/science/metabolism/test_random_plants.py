"""Any plant on any feed: it ends with a sentence, finite states, and COD, carbon and nitrogen accounted for."""

from dataclasses import dataclass, replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harmonia.science.metabolism import kernel, single_digester
from harmonia.science.metabolism.adm1 import control_at
from harmonia.science.metabolism.digester import INERT_POOLS, Digester, DigesterRun, Member
from harmonia.science.metabolism.endings import ending, events
from harmonia.science.metabolism.inhibition import sentences, shares
from harmonia.science.metabolism.kernel import Floats
from harmonia.science.metabolism.kinetics import hydrolysis_factor
from harmonia.science.metabolism.nomenclature import INDEX
from harmonia.science.metabolism.petersen import content
from harmonia.science.metabolism.plant_parts import TraceElements
from harmonia.science.metabolism.seasons import follow_seasons

DAYS, PARTS = 12, 24  # outflow is read off once an hour
CODES = ("food_waste", "fog", "leaves", "chicken_manure", "bread", "sewage_sludge")
KINDS = {"ok", "overload", "sour", "washed out", "foam", "step limit", "stopped"}


@dataclass(frozen=True)
class Trial:
    """One plant, its feed (days, feedstocks) [kg/d], ammonia (days,) [kmol/m3 of feed] and warmth (days,) [degC]."""

    digester: Digester
    feed: Floats
    ammonia: Floats
    warmth: Floats


@st.composite
def trials(draw: st.DrawFn) -> Trial:
    liquid = draw(st.floats(0.05, 500))
    plant = single_digester(
        "any", liquid, liquid * draw(st.floats(0.02, 0.5)), draw(st.floats(12, 45)), draw(st.floats(0, 20))
    )
    codes = tuple(draw(st.lists(st.sampled_from(CODES), min_size=1, max_size=3, unique=True)))
    dose = TraceElements(*draw(st.tuples(st.floats(0, 0.3), st.floats(0, 0.3))))
    # Half the volume a day is more than any plant stands; nothing at all starves it.
    most = 0.5 * 1000 * liquid / (1 + plant.dilution_l_per_kg) / len(codes)
    loads = st.sampled_from([0.0, 0.0, 0.01, 0.05, 0.2, 1.0])
    feed = np.array([[most * draw(loads) for _ in codes] for _ in range(3)])
    ammonia = np.array([draw(st.sampled_from([0.0, 0.0, 0.5])) for _ in range(3)])
    warmth = np.array([draw(st.sampled_from([plant.temperature_c, 3.0, 20.0, 50.0])) for _ in range(3)])
    days = np.arange(DAYS) * 3 // DAYS  # three spells, with a sudden change between them
    return Trial(
        Digester(replace(plant, trace_elements=dose), codes, Member()),
        feed[days],
        ammonia[days],
        warmth[days],
    )


def run(trial: Trial) -> tuple[DigesterRun, Floats, Floats, Floats]:
    """Return the hourly run as if its hours were days, with its start, its inflow and dilution [1/d]."""
    digester = trial.digester
    start, proton = digester.settled(trial.feed[0]) if trial.feed[0].sum() < 1e3 else (digester.fresh(), 1e-7)
    inflow, dilution = digester.inflow(trial.feed)
    inflow[:, [kernel.IN, kernel.IC]] += trial.ammonia[:, None]
    inflow, dilution, warmth = (
        np.repeat(series, PARTS, axis=0) for series in (inflow, dilution, trial.warmth)
    )
    climate = (
        digester.constants(warmth),
        hydrolysis_factor(warmth) / hydrolysis_factor(digester.plant.temperature_c),
    )
    y, control = start.copy(), control_at(1e-5)._replace(most_steps=3_000)
    ended, states, protons = follow_seasons(
        y, proton, (inflow, dilution, 1 / PARTS), climate, digester.system, control
    )
    gas = np.diff(states[:, -3:], axis=0, prepend=np.zeros((1, 3)))
    loading = np.repeat(digester.loading(trial.feed), PARTS)
    nothing = np.zeros(len(states))
    return DigesterRun(states, protons, gas, nothing, climate[0], ended, loading), start, inflow, dilution


def contents(digester: Digester, element: str) -> tuple[Floats, Floats]:
    """Return what a unit of each liquid state and pool holds, and of each gas [kg COD or kmol]."""
    states = content(element, digester.values)
    opened = (
        digester.pool[:-INERT_POOLS, 1:5] @ states[[INDEX[name] for name in ("X_ch", "X_pr", "X_li", "X_I")]]
    )
    inert = {"COD": [0.0, 1.0, 0.0], "C": [0.0, 0.0, 0.0], "N": [0.0, 0.0, 1.0]}[element]
    per_methane = digester.values["C_ch4"]
    gas = {"COD": [1.0, 1.0, 0.0], "C": [0.0, per_methane, 1.0], "N": [0.0, 0.0, 0.0]}[element]
    return np.concatenate([states, opened, inert]), np.array(gas)


def missing(trial: Trial, element: str, hourly: tuple[DigesterRun, Floats, Floats, Floats]) -> float:
    """Return what is in less what is out less what was gained, as a share of all that was there."""
    outcome, start, inflow, dilution = hourly
    liquid, gas = contents(trial.digester, element)
    volume, head = trial.digester.plant.liquid_m3, trial.digester.plant.headspace_m3
    states = np.concatenate([start[None, :], outcome.states])
    dissolved = np.concatenate([states[:, : kernel.LIQUID], states[:, kernel.MODEL : -3]], axis=1) @ liquid
    stock = volume * dissolved + head * (states[:, kernel.GAS_H2 : kernel.MODEL] @ gas)
    entered = volume * dilution @ (inflow @ liquid) / PARTS
    left = volume * dilution @ ((dissolved[:-1] + dissolved[1:]) / 2) / PARTS + gas @ outcome.states[-1, -3:]
    return float((entered - left - stock[-1] + stock[0]) / (entered + stock[0]))


def check(trial: Trial) -> None:
    hourly = run(trial)
    outcome = hourly[0]
    told = ending(outcome)

    assert np.isfinite(outcome.states).all()
    assert np.isfinite(outcome.protons).all()
    assert outcome.protons.min() > 0
    assert told.kind in KINDS
    assert told.sentence
    assert all(event.day is not None and 1 <= event.day <= DAYS * PARTS for event in events(outcome))
    assert all(0 <= share.min() <= share.max() <= 1 for share in shares(outcome).values())
    assert all(sentence.endswith("%") for sentence in sentences(outcome, -1))
    if outcome.ended == 0:
        off = {element: missing(trial, element, hourly) for element in ("COD", "C", "N")}
        assert max(map(abs, off.values())) < 2e-4, off


@settings(max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(trials())
def test_a_thousand_plants_on_any_feed_end_with_a_sentence_and_closed_balances(trial: Trial) -> None:
    check(trial)


@pytest.mark.scale
@settings(max_examples=10_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(trials())
def test_ten_thousand_plants_on_any_feed_end_with_a_sentence_and_closed_balances(trial: Trial) -> None:
    check(trial)
