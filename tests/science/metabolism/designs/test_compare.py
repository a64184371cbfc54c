import datetime
from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest

from harmonia.science.executor import Case, Executor, Outcome, Progress
from harmonia.science.metabolism import FeedstockError, PlantEdit, single_digester
from harmonia.science.metabolism.designs import (
    CRITERIA,
    MEASURES,
    DesignCase,
    DesignError,
    Option,
    Regime,
    Site,
    compare_designs,
    compare_regimes,
    default_regimes,
    undominated,
)
from harmonia.science.metabolism.designs.draws import FeedLog, WeatherLog
from harmonia.science.metabolism.designs.result import Comparison, as_plain
from harmonia.science.metabolism.plant_parts import Composting, Heating

PLANT = single_digester("Nexus", 1.0, 0.2, 37.0, 1.0, 0.2, 0.9)
FEED = FeedLog(
    datetime.date(2026, 1, 5), ("food_waste",), tuple((8.0 + 4 * (day % 7 == 5),) for day in range(28))
)
SITE = Site(2.0, (0.0, 0.0, *(0.6,) * 8, 0.0, 0.0))
SECOND = Option(
    "second",
    "A second digester",
    (PlantEdit("liquid_m3", "add", 1.0), PlantEdit("headspace_m3", "add", 0.2)),
    Decimal(2400),
    1.0,
)
BAG = Option("bag", "A gas bag", (PlantEdit("gas_store_m3", "add", 1.0),), Decimal(300), 0.0, 0.5)
IDLE = Option("idle", "A coat of paint", (), Decimal("0.10"))
STORE = Option("store", "A digestate store", (PlantEdit("digestate_store_m3", "add", 8.0),), Decimal(900))
CASE = DesignCase(PLANT, SITE, FEED, (SECOND, BAG, IDLE), members=10)


class BackwardsExecutor:
    """Runs the last case first, as a cluster might."""

    def map(
        self, function: Callable[[Case], Outcome], cases: Iterable[Case], progress: Progress | None = None
    ) -> list[Outcome]:
        known = list(cases)
        return [function(case) for case in reversed(known)][::-1]


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    return compare_designs(CASE)


def test_every_bundle_is_there_and_doing_nothing_is_first(comparison: Comparison) -> None:
    assert [design.code for design in comparison.designs] == [
        "nothing", "bag", "idle", "second", "bag+idle", "bag+second", "idle+second", "bag+idle+second",
    ]  # fmt: skip
    assert all(set(design.outcomes) == set(MEASURES) for design in comparison.designs)


def test_an_option_that_changes_nothing_changes_nothing(comparison: Comparison) -> None:
    idle, nothing = comparison.design("idle"), comparison.design("nothing")

    assert idle.draws == nothing.draws
    assert all((told.low, told.high) == (0.0, 0.0) for told in idle.differences.values())
    assert idle.cost == Decimal("0.10")
    assert "idle" not in comparison.front


def test_costs_labour_and_power_add(comparison: Comparison) -> None:
    everything = comparison.design("bag+idle+second")

    assert everything.cost == Decimal("2700.10")
    assert (everything.labour_h_week, everything.power_kwh_d) == (1.0, 0.5)


def test_a_second_digester_accepts_more_and_makes_more_gas(comparison: Comparison) -> None:
    change = comparison.design("second").differences

    assert change["accepted_kg_d"].low > 0
    assert change["gas_m3_d"].low > 0
    assert change["avoided_t_co2e_y"].low > 0


def test_the_same_years_make_differences_sharper_than_the_years_differ(comparison: Comparison) -> None:
    second = comparison.design("second")
    change = second.differences["gas_m3_d"]
    apart = np.hypot(
        second.outcomes["gas_m3_d"].deviation, comparison.design("nothing").outcomes["gas_m3_d"].deviation
    )

    assert change.deviation < 0.8 * apart


def test_a_gas_bag_keeps_gas_to_cook_with_and_takes_its_power(comparison: Comparison) -> None:
    change = comparison.design("bag").differences

    assert change["cooking_min_d"].low > 0
    assert change["gas_m3_d"].high == 0.0
    in_the_pot = 0.5 * change["cooking_min_d"].middle / 60 * 0.325 * 0.6 * 9.97
    assert change["net_kwh_d"].middle == pytest.approx(in_the_pot - 0.5, rel=0.01)


def test_the_front_is_the_undominated_set_of_what_is_told(comparison: Comparison) -> None:
    rows = [
        [
            design.outcomes[name].middle if name in MEASURES else float(getattr(design, name))
            for name in CRITERIA
        ]
        for design in comparison.designs
    ]
    places = undominated(np.array(rows), np.array(list(CRITERIA.values()), dtype=float))

    assert comparison.front == tuple(comparison.designs[place].code for place in places)
    assert [design.on_front for design in comparison.designs] == [
        place in places for place in range(len(rows))
    ]


def test_neither_the_executor_nor_the_order_of_options_changes_a_byte(comparison: Comparison) -> None:
    other: Executor = BackwardsExecutor()

    assert compare_designs(replace(CASE, options=(IDLE, SECOND, BAG)), other) == comparison


def test_more_members_keep_the_years_of_fewer() -> None:
    alone = replace(CASE, options=())
    few, more = compare_designs(alone), compare_designs(replace(alone, members=12))

    assert more.designs[0].draws["gas_m3_d"][:10] == few.designs[0].draws["gas_m3_d"]


def test_what_jars_have_narrowed_is_drawn_from() -> None:
    alone = replace(CASE, options=())
    rich = replace(alone, methane={"food_waste": (0.6, 0.59, 0.61)})
    usual, narrowed = (compare_designs(case).designs[0].outcomes["gas_m3_d"] for case in (alone, rich))

    assert narrowed.middle > usual.middle


def test_a_store_gives_digestate_a_place_without_another_run() -> None:
    told = compare_designs(replace(CASE, options=(STORE,), site=replace(SITE, digestate_store_m3=0.0)))
    change = told.design("store").differences

    assert change["unplaced_digestate_m3_y"].high < 0
    assert change["garden_nitrogen_kg_y"].low > 0
    assert change["gas_m3_d"].high == 0.0


def test_a_budget_keeps_what_it_pays() -> None:
    told = compare_designs(replace(CASE, budget=Decimal(300)))

    assert [design.code for design in told.designs] == ["nothing", "bag", "idle"]


def test_a_bundle_that_makes_no_plant_is_listed_with_the_reason() -> None:
    hot = Option("hot", "Hot", (PlantEdit("temperature_c", "add", 20.0),))
    told = compare_designs(replace(CASE, options=(hot,)))

    assert [design.code for design in told.designs] == ["nothing"]
    assert "temperature_c must be between" in told.impossible["hot"]


def test_what_is_not_counted_is_said() -> None:
    told = compare_designs(
        replace(CASE, options=(BAG,), site=Site(), feed=replace(FEED, codes=("fog",)))
    )  # fmt: skip

    assert list(told.notes) == ["no_grid", "no_landfill", "no_place", "no_weather"]
    assert "fog" in told.notes["no_landfill"]


def test_an_overfed_plant_is_told_as_sour() -> None:
    hasty = replace(
        CASE,
        options=(),
        plant=replace(PLANT, dilution_l_per_kg=9.0),
        site=replace(SITE, most_loading_kg_vs_m3_d=20.0, least_retention_d=3.0),
        feed=replace(FEED, feed_kg_d=((40.0,),) * 7),
    )
    risk = compare_designs(hasty).designs[0].outcomes["sour_risk"]

    assert risk.middle > 0.5
    assert risk.low <= risk.middle <= risk.high


def test_regimes_of_a_bundle_trade_gas_against_food_accepted() -> None:
    regimes = (Regime("cool", 30.0), Regime("half", loading=0.5), Regime("no-stove", stove_share=0.0))
    told = compare_regimes(CASE, ["second"], regimes)

    assert [design.code for design in told.designs] == ["as-set", "cool", "half", "no-stove"]
    assert all(design.codes == ("second",) for design in told.designs)
    assert told.design("cool").differences["gas_m3_d"].high < 0
    assert told.design("half").differences["accepted_kg_d"].high < 0
    assert told.design("no-stove").outcomes["cooking_min_d"].high == 0.0


def test_the_usual_regimes_are_a_grid_around_the_set_point() -> None:
    regimes = default_regimes(PLANT)

    assert {regime.temperature_c for regime in regimes} == {33.0, 37.0, 40.0}
    assert len({regime.code for regime in regimes}) == len(regimes) == 12


@pytest.mark.parametrize(
    ("codes", "regimes", "words"),
    [
        (["engine"], None, "holds exactly engine"),
        ([], [], "no regime"),
        ([], [Regime("a"), Regime("a")], "Two regimes"),
        ([], [Regime("a", mix={"leaves": 0.5})], "names leaves"),
        ([], [Regime(str(n)) for n in range(65)], "65 regimes are too many"),
    ],
)
def test_regimes_that_cannot_be_compared_are_refused(
    codes: list[str], regimes: list[Regime] | None, words: str
) -> None:
    with pytest.raises(DesignError, match=words):
        compare_regimes(CASE, codes, regimes)


def test_a_feedstock_nobody_knows_is_refused() -> None:
    with pytest.raises(FeedstockError, match="gold"):
        compare_designs(replace(CASE, feed=replace(FEED, codes=("gold",))))


@pytest.mark.parametrize("members", [0, 9, 2001])
def test_a_number_of_members_that_says_nothing_is_refused(members: int) -> None:
    with pytest.raises(DesignError, match="members"):
        replace(CASE, members=members)


def test_plain_values_hold_no_draws_unless_asked(comparison: Comparison) -> None:
    assert "draws" not in as_plain(comparison)["designs"][0]
    assert len(as_plain(comparison, draws=True)["designs"][0]["draws"]["gas_m3_d"]) == 10
    assert as_plain(comparison)["designs"][1]["cost"] == "300"


WEATHER = WeatherLog(
    datetime.date(2024, 1, 1), tuple(10.0 - 9.0 * np.cos(2 * np.pi * np.arange(730) / 365.25))
)
WALLED = replace(
    PLANT, digesters=(replace(PLANT.digesters[0], u_w_m2_k=1.0),), heating=Heating(boiler_kw=2.0)
)


def test_straw_around_a_heated_digester_leaves_gas_to_cook_with() -> None:
    straw = Option("straw", "Straw", (PlantEdit("digester.first.u_w_m2_k", "set", 0.4),), Decimal(200))
    told = compare_designs(replace(CASE, plant=WALLED, weather=WEATHER, options=(straw,)))
    change = told.design("straw").differences

    assert change["cooking_min_d"].low > 0
    assert change["net_kwh_d"].low > 0
    assert "no_weather" not in told.notes


def test_a_digester_that_nobody_heats_makes_less_gas_where_it_is_colder() -> None:
    unheated = replace(WALLED, heating=None, digesters=(replace(WALLED.digesters[0], temperature_c=None),))
    colder = replace(WEATHER, temperature_c=tuple(value - 3.0 for value in WEATHER.temperature_c))
    case = replace(CASE, plant=unheated, options=(), weather=WEATHER)
    warm, cold = (
        compare_designs(one).designs[0].draws["gas_m3_d"] for one in (case, replace(case, weather=colder))
    )

    assert all(less < more for less, more in zip(cold, warm, strict=True))


def test_an_engine_trades_cooking_for_current() -> None:
    edits = (PlantEdit("engine.electric_kw", "set", 0.2), PlantEdit("stove_share", "set", 0.0))
    fed_to_grid = replace(SITE, grid_kg_co2e_kwh=0.4, grid_source="made up for a test")
    case = replace(CASE, site=fed_to_grid)
    # The share of stoves has to go before the engine's comes.
    told = compare_designs(replace(case, options=(Option("engine", "Engine", edits[::-1]),)))

    assert told.design("engine").outcomes["cooking_min_d"].high == 0.0
    assert told.design("engine").outcomes["net_kwh_d"].low > 0


def test_bays_alone_accept_everything_and_make_no_gas() -> None:
    bays = replace(PLANT, digesters=(), composting=Composting())
    told = compare_designs(replace(CASE, plant=bays, options=()))
    accepted = told.designs[0].outcomes["accepted_kg_d"]

    assert told.designs[0].outcomes["gas_m3_d"].high == 0.0
    assert accepted.middle == pytest.approx(8 + 4 / 7, rel=0.01)
    assert "no_compost" in told.notes


def test_gas_let_off_without_a_flare_weighs_on_the_climate() -> None:
    open_air = replace(PLANT, flare=False)
    flared, vented = (compare_designs(replace(CASE, plant=plant, options=())) for plant in (PLANT, open_air))

    assert (
        vented.designs[0].outcomes["avoided_t_co2e_y"].high
        < flared.designs[0].outcomes["avoided_t_co2e_y"].low
    )
