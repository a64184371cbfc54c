from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonia.science.metabolism import (
    Plant,
    PlantError,
    Tank,
    plant_from_toml,
    plant_to_toml,
    single_digester,
)
from harmonia.science.metabolism.plant import UNITS
from harmonia.science.metabolism.plant_parts import (
    Ambient,
    Composting,
    Engine,
    Heating,
    Pasteuriser,
    numbers_of,
)

PLANT = single_digester("Commons", 8.0, 1.5, 35.0, 1.0, 2.0, 0.9)
FLAT = """
name = "Nexus"
liquid_m3 = 2.0
headspace_m3 = 0.4
temperature_c = 37.0
dilution_l_per_kg = 1.0
gas_store_m3 = 1.5
stove_share = 0.9
"""
names = st.text(max_size=30).filter(lambda name: name.isprintable() or "\x00" not in name)


def numbers(kind: type, **given: st.SearchStrategy[Any]) -> dict[str, st.SearchStrategy[Any]]:
    """Return a strategy for each number of a part within its limits."""
    found = {name: st.floats(limits.low, limits.high) for name, limits in numbers_of(kind).items()}
    return found | given


def tanks(count: int) -> st.SearchStrategy[tuple[Tank, ...]]:
    share = st.none() | st.floats(0.1, 5)
    one = numbers(Tank, feed_share=share, loss_w_k=st.none(), u_w_m2_k=st.floats(0, 20))
    chain = [
        st.builds(
            Tank,
            name=st.just(f"tank-{place}"),
            after=st.just(f"tank-{place - 1}") if place else st.just(""),
            buried=st.booleans(),
            **one,
        )
        for place in range(count)
    ]
    return st.tuples(*chain)


parts = {name: st.none() | st.builds(kind, **numbers(kind)) for name, kind in UNITS.items()} | {
    "engine": st.none() | st.builds(Engine, st.floats(0.01, 100), share=st.just(0.0)),
    "composting": st.builds(Composting, days=st.floats(7, 200)),
    "ambient": st.none() | st.builds(Ambient, st.tuples(*[st.floats(-60, 60)] * 12)),
    "pasteuriser": st.none() | st.builds(Pasteuriser, of=st.sampled_from(["feed", "digestate"])),
}
plants = st.integers(0, 4).flatmap(
    lambda count: st.builds(
        Plant, name=names, digesters=tanks(count), flare=st.booleans(), **(numbers(Plant) | parts)
    )
)


@given(plants)
def test_a_plant_survives_its_own_text(plant: Plant) -> None:
    assert plant_from_toml(plant_to_toml(plant)) == plant


def test_a_flat_file_of_one_digester_still_reads() -> None:
    plant = plant_from_toml(FLAT)

    assert plant == single_digester("Nexus", 2.0, 0.4, 37.0, 1.0, 1.5, 0.9)
    assert plant_from_toml(plant_to_toml(plant)) == plant


def test_a_file_of_two_digesters_in_series_reads() -> None:
    plant = plant_from_toml(
        """
        name = "Two"
        [[digester]]
        name = "main"
        liquid_m3 = 4
        headspace_m3 = 1
        temperature_c = 38
        u_w_m2_k = 0.5
        [[digester]]
        name = "store"
        from = "main"
        liquid_m3 = 2
        headspace_m3 = 1
        u_w_m2_k = 1.0
        buried = true
        [heating]
        boiler_kw = 1
        [ambient]
        monthly_c = [2, 3, 6, 9, 13, 16, 18, 18, 15, 11, 6, 3]
        """
    )

    assert plant.liquid_m3 == 6
    assert plant.feed_shares == (1.0, 0.0)
    assert plant.tank("store").after == "main"
    assert plant.heating == Heating(boiler_kw=1)


def test_digesters_side_by_side_share_the_feed() -> None:
    two = (Tank("a", 1, 0.2, 37, feed_share=1), Tank("b", 3, 0.5, 37, feed_share=3))

    assert Plant("Two", two).feed_shares == (0.25, 0.75)


def test_a_wall_is_that_of_a_cylinder_as_high_as_wide() -> None:
    tank = Tank("a", 0.7, 0.0853981633974483, 37, u_w_m2_k=2)  # pi/4 m3: one metre high and wide

    assert tank.wall_m2 == pytest.approx(1.5 * 3.14159265)
    assert tank.heat_loss_w_k == pytest.approx(3 * 3.14159265)


def test_compost_bays_alone_are_a_plant() -> None:
    plant = plant_from_toml('name = "Bays"\n[composting]\n')

    assert plant.digesters == ()
    assert plant.composted_share == 1.0
    assert plant.liquid_m3 == 0


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "lacks name"),
        ("name = 3 =", "not valid TOML"),
        ('name = "x"\nliquid_m3 = 8', "lacks headspace_m3"),
        ('name = "x"', "a digester or composting"),
        ("name = 3\n[composting]", "name must be text"),
        (f"{FLAT}wings = 2", "unknown wings"),
        (f"{FLAT}[[digester]]\nname='a'", "in them alone"),
        (f"{FLAT}heating = 2", r"its own, \[heating\]"),
        (f"{FLAT}[heating]\nwings = 2", r"\[heating\] has an unknown wings"),
        (f"{FLAT}[engine]", r"\[engine\] lacks electric_kw"),
        (f"{FLAT}[ambient]\nmonthly_c = [1, 2]", "twelve"),
        (f"{FLAT}[pasteuriser]\nof = 'air'", "feed"),
        (f"{FLAT}[composting]\nnet_kg_per_kg = 0.6", "its losses leave"),
        (f"{FLAT}[engine]\nelectric_kw = 1\nshare = 0.5", "must not exceed 1"),
        (f"{FLAT}[engine]\nelectric_kw = 1\nheat_efficiency = 0.8", "must not exceed 1"),
        ("name = 'x'\ndigester = 3", "table of its own"),
        ("name = 'x'\n[[digester]]", "lacks name"),
        (FLAT.replace("liquid_m3 = 2.0", 'liquid_m3 = "8"'), "first.liquid_m3 must be between"),
        (FLAT.replace("liquid_m3 = 2.0", "liquid_m3 = true"), "first.liquid_m3 must be between"),
        (FLAT.replace("37.0", "70"), "first.temperature_c must be between 12 and 45 degC"),
        (FLAT.replace("0.9", "nan"), "stove_share must be between"),
    ],
)
def test_a_text_that_is_no_plant_is_told_in_a_sentence(text: str, why: str) -> None:
    with pytest.raises(PlantError, match=why):
        plant_from_toml(text)


@pytest.mark.parametrize(
    ("tanks", "why"),
    [
        ((Tank("a", 1, 1, 37, after="b"),), "no digester before it"),
        ((Tank("a", 1, 1, 37), Tank("a", 1, 1, 37)), "Two digesters are called"),
        (
            (Tank("a", 1, 1, 37), Tank("b", 1, 1, 37, after="a"), Tank("c", 1, 1, 37, after="a")),
            "only one can",
        ),
        ((Tank("a", 1, 1, 37, feed_share=0),), "No digester gets any feed"),
    ],
)
def test_digesters_that_are_not_connected_well_are_refused(tanks: tuple[Tank, ...], why: str) -> None:
    with pytest.raises(PlantError, match=why):
        replace(PLANT, digesters=tanks)


@pytest.mark.parametrize("name", ["", "A", "a b", "a.b", 'a"', 3, "x" * 41])
def test_a_digester_has_a_name_that_paths_can_hold(name: Any) -> None:
    with pytest.raises(PlantError, match="name"):
        Tank(name, 1, 1, 37)


def test_an_unheated_digester_needs_a_wall() -> None:
    with pytest.raises(PlantError, match="u_w_m2_k is needed"):
        Tank("a", 1, 1)


def test_a_plant_unheated_stands_at_the_mean_outside() -> None:
    cold = (Tank("a", 1, 1, loss_w_k=3),)

    assert Plant("x", cold).temperature_c == 20.0
    assert Plant("x", cold, ambient=Ambient((6.0, 18.0) * 6)).temperature_c == 12.0
