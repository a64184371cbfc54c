"""Whole plants through their days: COD, carbon and nitrogen, gas and heat close, whatever stands in them."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harmonia.science.metabolism import Plant, PlantEdit, apply_edits, single_digester
from harmonia.science.metabolism.digester import Digester, Flow, Member
from harmonia.science.metabolism.elements import Contents, liquid_states
from harmonia.science.metabolism.kernel import Floats
from harmonia.science.metabolism.plant_heat import Weather
from harmonia.science.metabolism.plant_parts import Composting
from harmonia.science.metabolism.plant_run import PlantCase, PlantRun, run_plant

ONE = single_digester("Commons", 8.0, 1.5, 37.0, 1.0, 2.0, 0.9)
DAYS = 24
FEED = np.array([[60.0], [0.0], [100.0], [80.0]] * (DAYS // 4))
WINTER = tuple(Weather(2.0 + day % 5, 8.0) for day in range(DAYS))


def edited(plant: Plant, *edits: tuple[str, float]) -> Plant:
    return apply_edits(plant, [PlantEdit(field, "set", value) for field, value in edits])


SERIES = edited(ONE, ("digester.second.liquid_m3", 4.0))
BESIDE = edited(SERIES, ("digester.second.in_series", 0.0))
COLD = edited(ONE, ("digester.first.u_w_m2_k", 6.0), ("heating.boiler_kw", 8.0))
WARM = edited(
    SERIES,
    ("digester.first.u_w_m2_k", 0.4),
    ("digester.second.u_w_m2_k", 1.0),
    ("heating.boiler_kw", 4.0),
    ("pasteuriser.temperature_c", 70.0),
    ("pasteuriser.heat_recovery", 0.5),
)
PLANTS = {"one": ONE, "in series": SERIES, "side by side": BESIDE, "warm": WARM, "short of heat": COLD}


def run(
    *plants: tuple[int, Plant], feed: Floats = FEED, weather: tuple[Weather, ...] | None = WINTER
) -> PlantRun:
    case = PlantCase(plants, ("food_waste",), feed, feed.mean(axis=0), Member(), weather)
    return run_plant(case)


@pytest.mark.parametrize("name", PLANTS)
def test_cod_carbon_and_nitrogen_close_every_day(name: str) -> None:
    done = run((0, PLANTS[name]))
    left = done.elements("gas") + done.elements("digestate") + done.elements("change")

    assert left == pytest.approx(done.elements("fed"), rel=1e-9, abs=1e-6)
    assert done.elements("fed")[0, 2] == pytest.approx(60 * 0.28 * 0.0318, rel=0.01)
    assert done.elements("digestate").min() >= 0


def test_what_overflows_is_what_the_model_says_flows_out() -> None:
    # Closing by difference proves nothing alone: here the flow is summed by the trapezoid, with no balance asked.
    digester = Digester(ONE, ("food_waste",), Member())
    contents, feed = Contents(digester), np.full((16, 1), 120.0)
    start = digester.settled(np.array([60.0]))
    whole = digester.run(feed, start)
    told = contents.of_flow(contents.outflow(start[0], whole, digester.arriving(feed)).brought).sum(axis=0)
    states = np.concatenate([start[0][None, :], whole.states])
    ends = contents.of_flow(liquid_states(states)) * 0.24
    summed = np.trapezoid(ends, axis=0)

    assert told == pytest.approx(summed, rel=2e-3)


def test_a_second_digester_makes_gas_of_what_the_first_leaves() -> None:
    assert run((0, ONE)).gas_m3_d.sum() < run((0, SERIES)).gas_m3_d.sum()
    assert run((0, SERIES)).tank("second", lambda tank: tank.gas.sum(axis=1)).sum() > 0


def test_equal_digesters_side_by_side_are_one_of_their_size() -> None:
    both = edited(ONE, ("liquid_m3", 4.0), ("headspace_m3", 0.75), ("digester.second.liquid_m3", 4.0))
    both = edited(both, ("digester.second.in_series", 0.0), ("digester.second.headspace_m3", 0.75))

    assert run((0, both), weather=None).gas_m3_d == pytest.approx(
        run((0, ONE), weather=None).gas_m3_d, rel=2e-3
    )


def test_trace_elements_reach_the_second_digester() -> None:
    manure = PlantCase(((0, SERIES),), ("cattle_manure",), FEED, FEED.mean(axis=0), Member(), None)
    second = run_plant(manure).tank("second", lambda tank: tank.states[:, -6])

    assert second == pytest.approx(np.ones(DAYS), rel=1e-6)


@pytest.mark.parametrize("name", PLANTS)
def test_gas_made_is_used_lost_or_in_the_store(name: str) -> None:
    days = run((0, PLANTS[name])).eras[0].stretch.gases
    before = 0.0
    for day in days:
        out = day.engine + day.boiler + day.stoves + day.lost
        assert day.made + before == pytest.approx(out + day.stock.gas_m3, abs=1e-9)
        before = day.stock.gas_m3


def test_heat_given_is_heat_from_gas_current_and_outside() -> None:
    stretch = run((0, COLD)).eras[0].stretch
    pairs = list(zip(stretch.heats, stretch.gases, strict=True))

    assert [heat.given for heat, _ in pairs] == pytest.approx([gas.heat for _, gas in pairs], rel=1e-6)
    assert [gas.boiler * gas.fuel_kwh_m3 * 0.85 for _, gas in pairs] == pytest.approx(
        [gas.heat_boiler for _, gas in pairs]
    )


def test_where_heat_falls_short_the_temperature_falls_and_all_gas_goes_to_the_boiler() -> None:
    done = run((0, COLD))
    last = done.eras[0].stretch

    assert done.first_temperature_c[-1] < 34
    assert last.heats[-1].given < last.heats[-1].asked
    assert last.gases[-1].stoves == pytest.approx(0, abs=1e-6)
    assert run((0, ONE)).gas_m3_d.sum() > done.gas_m3_d.sum()


def test_enough_heat_keeps_every_set_point() -> None:
    done = run((0, WARM))

    assert done.temperature_c("first") == pytest.approx(np.full(DAYS, 37.0))
    assert done.daily(lambda day: day.asked) == pytest.approx(done.daily(lambda day: day.given))


def test_more_boiler_gas_leaves_less_for_stoves() -> None:
    insulated = edited(WARM, ("digester.first.u_w_m2_k", 0.1), ("digester.second.u_w_m2_k", 0.1))
    stoves = [sum(day.stoves for day in run((0, plant)).eras[0].stretch.gases) for plant in (WARM, insulated)]

    assert stoves[0] < stoves[1]


def test_an_unheated_digester_follows_the_weather_slowly() -> None:
    free = apply_edits(
        edited(ONE, ("digester.first.u_w_m2_k", 1.0)), [PlantEdit("temperature_c", "remove", 0.0)]
    )
    swing = tuple(Weather(10.0 if day < 12 else 20.0, 8.0) for day in range(DAYS))
    warmth = run((0, free), weather=swing).first_temperature_c

    assert warmth[0] == pytest.approx(15.0, abs=1.5)  # it starts at the mean outside
    assert warmth[11] < warmth[0]
    assert 0 < warmth[-1] - warmth[11] < 10.0


def test_a_plant_changed_midway_ran_as_the_old_one_before() -> None:
    changed, before = run((0, ONE), (12, SERIES)), run((0, ONE))

    assert changed.gas_m3_d[:12] == pytest.approx(before.gas_m3_d[:12], rel=1e-9)
    assert changed.gas_m3_d[12:].sum() != pytest.approx(before.gas_m3_d[12:].sum(), rel=1e-3)


@pytest.mark.parametrize(
    "after",
    [
        SERIES,
        edited(ONE, ("liquid_m3", 12.0)),
        edited(ONE, ("liquid_m3", 5.0)),
        edited(ONE, ("headspace_m3", 3.0)),
        edited(ONE, ("starter.share", 0.4)),
        edited(SERIES, ("starter.share", 0.2)),
    ],
)
def test_nothing_is_lost_when_a_plant_changes(after: Plant) -> None:
    done = run((0, ONE), (12, after))
    era = done.eras[1]
    digesters = [Digester(ONE, ("food_waste",), Member())]
    held = Contents(digesters[0]).held(done.eras[0].stretch.tanks[0].states[-1:])[0]
    later = done.elements("change")[12:].sum(axis=0)
    alone = [replace(after, digesters=(replace(tank, after=""),)) for tank in after.digesters]
    ends = [
        Contents(Digester(plant, ("food_waste",), Member())).held(tank.states[-1:])[0]
        for plant, tank in zip(alone, era.stretch.tanks, strict=True)
    ]

    assert held + era.added - era.removed + later == pytest.approx(np.sum(ends, axis=0), rel=1e-9)


def test_a_digester_taken_away_leaves_all_it_held() -> None:
    third = apply_edits(SERIES, [PlantEdit("digester.second", "remove", 0.0)])
    done = run((0, SERIES), (12, third))

    assert done.eras[1].removed.min() > 0
    assert len(done.eras[1].stretch.tanks) == 1


def test_a_shredder_opens_the_feed_faster() -> None:
    coarse = FEED * 0 + 30.0
    fine = edited(ONE, ("shredder.speed", 3.0))
    case = PlantCase(((0, ONE),), ("leaves",), coarse, coarse.mean(axis=0), Member(), None)

    assert run_plant(case).gas_m3_d.sum() < run_plant(replace(case, plants=((0, fine),))).gas_m3_d.sum()


def test_bays_alone_take_everything() -> None:
    done = run((0, Plant("Bays", composting=Composting())))

    assert done.gas_m3_d.tolist() == [0.0] * DAYS
    assert done.bays[:, 2].sum() == pytest.approx(FEED.sum() * 0.28 * 0.0318, rel=0.01)


@settings(max_examples=12, deadline=None)
@given(
    plant=st.sampled_from(sorted(PLANTS)),
    sizes=st.tuples(st.floats(0.3, 30), st.floats(0.1, 30)),
    feed=st.lists(st.floats(0, 400), min_size=4, max_size=12),
    cold=st.floats(-20, 35),
)
def test_any_plant_feed_and_weather_closes(
    plant: str, sizes: tuple[float, float], feed: list[float], cold: float
) -> None:
    built = edited(PLANTS[plant], ("liquid_m3", sizes[0]))
    if len(built.digesters) > 1:
        built = edited(built, ("digester.second.liquid_m3", sizes[1]))
    weather = tuple(Weather(cold, cold) for _ in feed)
    done = run((0, built), feed=np.array(feed)[:, None], weather=weather)
    left = done.elements("gas") + done.elements("digestate") + done.elements("change")

    assert np.isfinite(done.gas_m3_d).all()
    assert left == pytest.approx(done.elements("fed"), rel=1e-4, abs=1e-2)


def test_a_flow_of_nothing_brings_nothing() -> None:
    digester = Digester(ONE, ("food_waste",), Member())
    start = digester.settled(np.array([60.0]))
    still = digester.run(np.zeros((3, 1)), start)
    flow = Contents(digester).outflow(
        start[0], still, Flow(np.zeros(3), np.zeros((3, len(digester.feeds[0]))))
    )

    assert flow.brought.tolist() == np.zeros_like(flow.brought).tolist()
