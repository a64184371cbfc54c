import numpy as np
import pytest

from harmonia.science.metabolism import kernel, single_digester
from harmonia.science.metabolism.digester import Digester, Member
from harmonia.science.metabolism.kernel import Floats

PLANT = single_digester("bench", 8.0, 1.5, 35.0, 1.0, 2.0, 1.0)


def gas(member: Member, code: str = "grass") -> float:
    digester = Digester(PLANT, (code,), member)
    run = digester.run(np.full((5, 1), 30.0), digester.settled(np.array([30.0])))
    return float(run.gas[-1, 1])


def test_more_methane_potential_or_solids_is_more_gas() -> None:
    assert gas(Member(methane={"grass": 0.8})) < gas(Member()) < gas(Member(solids={"grass": 1.2}))


def test_a_faster_feedstock_leaves_less_undigested() -> None:
    assert gas(Member(speed={"grass": 0.3})) < gas(Member(speed={"grass": 3.0}))


def test_degradable_cod_never_exceeds_what_there_is() -> None:
    digester = Digester(PLANT, ("fog",), Member(methane={"fog": 9.0}))

    assert digester.feeds[0, -2] == 0.0


def test_measured_volume_dilutes_what_is_fed() -> None:
    digester = Digester(PLANT, ("grass",), Member())
    thin, flow = digester.inflow(np.array([[10.0]]), np.array([1.0]))
    thick, own = digester.inflow(np.array([[10.0]]))

    assert flow[0] == pytest.approx(1 / 8)
    assert own[0] == pytest.approx(0.02 / 8)
    assert thin[0] == pytest.approx(thick[0] * 0.02)


def test_a_day_without_feed_has_no_flow() -> None:
    concentration, dilution = Digester(PLANT, ("grass",), Member()).inflow(np.zeros((1, 1)))

    assert dilution[0] == 0.0
    assert np.isfinite(concentration).all()


def test_nothing_fed_ever_starts_on_fresh_sludge() -> None:
    digester = Digester(PLANT, ("grass",), Member())

    assert digester.settled(np.zeros(1))[0] == pytest.approx(digester.fresh())


def test_a_run_leaves_its_start_untouched() -> None:
    digester = Digester(PLANT, ("grass",), Member())
    start = digester.settled(np.array([30.0]))
    before = start[0].copy()
    digester.run(np.full((3, 1), 60.0), start)

    assert start[0].tolist() == before.tolist()


def test_a_constant_temperature_series_is_the_plants_own_temperature() -> None:
    digester = Digester(PLANT, ("grass",), Member())
    start, feed = digester.settled(np.array([30.0])), np.full((5, 1), 30.0)

    assert digester.run(feed, start, temperature_c=np.full(5, 35.0)).states == pytest.approx(
        digester.run(feed, start).states, rel=1e-9
    )


def test_a_cold_week_makes_less_gas_and_warmth_brings_it_back() -> None:
    digester = Digester(PLANT, ("grass",), Member())
    weather = np.array([35.0] * 7 + [15.0] * 7 + [35.0] * 14)
    run = digester.run(np.full((28, 1), 30.0), digester.settled(np.array([30.0])), temperature_c=weather)
    methane = run.gas[:, 1]

    assert methane[13] < 0.5 * methane[6] < methane[27]


def test_a_start_can_have_been_colder_than_the_plant() -> None:
    digester = Digester(PLANT, ("grass",), Member())
    warm, cold = (digester.settled(np.array([30.0]), temperature_c=t)[0] for t in (35.0, 12.0))

    assert cold[kernel.MODEL] > warm[kernel.MODEL]


@pytest.mark.parametrize("series", [np.full(2, 30.0), np.array([30.0, np.nan, 30.0])])
def test_a_temperature_series_with_gaps_is_refused(series: Floats) -> None:
    digester = Digester(PLANT, ("grass",), Member())

    with pytest.raises(ValueError, match="one number a day"):
        digester.run(np.zeros((3, 1)), digester.settled(np.zeros(1)), temperature_c=series)
