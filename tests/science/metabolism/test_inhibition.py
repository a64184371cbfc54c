from dataclasses import replace

import numpy as np
import pytest

from harmonia.science.metabolism import FollowCase, follow, kernel, single_digester
from harmonia.science.metabolism.constants import ZERO_CELSIUS
from harmonia.science.metabolism.digester import Digester, DigesterRun, Member
from harmonia.science.metabolism.inhibition import (
    GROUPS,
    Inhibition,
    inhibitions,
    sentences,
    shares,
    trace_warnings,
)
from harmonia.science.metabolism.kernel import Floats
from harmonia.science.metabolism.plant_parts import TraceElements
from harmonia.science.metabolism.trace_elements import NO_DOSE


def run(
    code: str = "food_waste",
    kg_d: float = 40.0,
    water: float = 0.0,
    dose: TraceElements = NO_DOSE,
    weather: Floats | None = None,
) -> DigesterRun:
    plant = replace(single_digester("bench", 8.0, 1.0, 35.0, water), trace_elements=dose)
    digester = Digester(plant, (code,), Member())
    start = digester.settled(np.array([kg_d]))
    return digester.run(np.full((10, 1), kg_d), start, temperature_c=weather)


THICK = run()


def test_an_inhibition_reads_as_a_sentence() -> None:
    assert (
        Inhibition("free ammonia", "acetate users", 0.412).sentence
        == "free ammonia holds acetate users at 41 %"
    )


def test_undiluted_food_waste_is_held_back_by_ammonia_more_than_diluted() -> None:
    thin = shares(run(water=4.0))["free ammonia", "acetate users"]

    assert shares(THICK)["free ammonia", "acetate users"][-1] < thin[-1]
    assert any(sentence.startswith("free ammonia holds acetate users") for sentence in sentences(THICK, -1))


def test_the_shares_multiply_to_the_kernels_factor() -> None:
    day, factor = THICK.states[-1], np.empty(kernel.UPTAKES)
    c = THICK.constants[-1]
    kernel.environment(day, THICK.protons[-1], c, factor)
    oxidation = kernel.oxidation_factor(day, THICK.protons[-1], c)
    told = shares(THICK)
    product = {
        group: np.prod([told[cause, g][-1] for cause, g in told if g == group and cause in KERNEL])
        for group in GROUPS
    }

    assert product["acetate users"] == pytest.approx(factor[6])
    assert product["propionate users"] == pytest.approx(factor[5])
    assert product["acetate oxidisers"] == pytest.approx(oxidation)


KERNEL = ("pH", "free ammonia", "hydrogen", "want of nitrogen")


def test_cold_days_are_told_with_their_share() -> None:
    weather = np.linspace(35.0, 15.0, 10)
    cold = run(weather=weather)
    share = shares(cold)["temperature", "acetate users"]

    assert (np.diff(share) < 0).all()
    assert share[0] == pytest.approx(1.0)
    assert cold.constants[-1, kernel.RT] / 0.083145 - ZERO_CELSIUS == pytest.approx(15.0)


def test_a_lack_of_trace_elements_is_named_and_a_dose_silences_it() -> None:
    dosed = run(dose=TraceElements(0.16, 0.22))

    assert shares(THICK)["want of trace elements", "propionate users"][-1] == pytest.approx(0.4)
    assert len(trace_warnings(THICK)) == 1
    assert "0.16 mg selenium and 0.22 mg cobalt" in trace_warnings(THICK)[0]
    assert trace_warnings(dosed) == ()
    assert trace_warnings(run("cattle_manure")) == ()


def test_the_strongest_comes_first_and_every_share_is_one() -> None:
    told = inhibitions(THICK, -1)

    assert [one.share for one in told] == sorted(one.share for one in told)
    assert all(0 <= one.share <= 1 for one in told)
    assert {one.group for one in told} == set(GROUPS)


def test_a_followed_plant_carries_its_warnings() -> None:
    plant = single_digester("bench", 8.0, 1.0, 35.0, 1.0)
    fed = follow(FollowCase(plant, {"food_waste": (40.0,) * 5}, members=1))

    assert fed.warnings[0].startswith("Trace elements")
    assert any("acetate users at" in sentence for sentence in fed.held_back)
