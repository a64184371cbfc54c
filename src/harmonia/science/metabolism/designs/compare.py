"""Compare bundles of upgrade options, and ways to run the one that was chosen, over one ensemble of years.

Every member is one plausible year: parameters, feed and factors drawn from its own seed. All designs live the
same years (common random numbers; Glasserman & Yao 1992, doi:10.1287/mnsc.38.6.884), so that a difference is the
design's and not the draw's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

import numpy as np

from harmonia.science.executor import Executor, Progress, SerialExecutor
from harmonia.science.metabolism.designs.bundles import Bundle, affordable_bundles
from harmonia.science.metabolism.designs.draws import YEAR_DAYS, FeedLog, WeatherLog
from harmonia.science.metabolism.designs.emissions import (
    Factor,
    factors,
    has_landfill_factor,
    landfill_factor,
)
from harmonia.science.metabolism.designs.front import undominated
from harmonia.science.metabolism.designs.measures import CRITERIA, NAMES, difference, distribution
from harmonia.science.metabolism.designs.option import DesignError, Option
from harmonia.science.metabolism.designs.regime import Regime, check_regimes, regime_grid
from harmonia.science.metabolism.designs.result import Comparison, DesignResult
from harmonia.science.metabolism.designs.site import SITE_RANGES, Site, edit_site
from harmonia.science.metabolism.designs.years import Design, YearCase, run_years
from harmonia.science.metabolism.ensemble import Range
from harmonia.science.metabolism.feedstocks import feedstock
from harmonia.science.metabolism.following import ENGINE
from harmonia.science.metabolism.kernel import Floats
from harmonia.science.metabolism.plant import Plant
from harmonia.science.metabolism.plant_edits import PlantEdit, apply_edits
from harmonia.science.metabolism.plant_parts import PlantError
from harmonia.science.sentences import Sentence

LEAST_MEMBERS = 10
MOST_MEMBERS = 2000
DO_NOTHING = "nothing"
_CHUNK = 5  # members of one case: fixed, so that no executor changes what is computed together
_WARMER_C = (-4.0, 0.0, 3.0)
_LOADINGS = (0.7, 1.0)
_STOVE_SHARES = (0.5, 1.0)


@dataclass(frozen=True)
class DesignCase:
    """A plant in its place, the feed and weather it lives with, and the options people could buy.

    `budget` None: no limit. `members` years are drawn from `seed`; `methane`: potentials that jar trials have
    narrowed, value, low, high [m3 CH4/kg VS] by feedstock, in place of the library's.
    """

    plant: Plant
    site: Site
    feed: FeedLog
    options: tuple[Option, ...] = ()
    budget: Decimal | None = None
    weather: WeatherLog | None = None
    members: int = 100
    seed: int = 1
    methane: Mapping[str, Range] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not LEAST_MEMBERS <= self.members <= MOST_MEMBERS:
            raise DesignError(
                "The number of members must be %(least)s to %(most)s, not %(members)s.",
                least=LEAST_MEMBERS,
                most=MOST_MEMBERS,
                members=self.members,
            )
        if self.seed < 0:
            raise DesignError("The seed must be zero or more.")


def compare_designs(
    case: DesignCase, executor: Executor | None = None, progress: Progress | None = None
) -> Comparison:
    """Return what every affordable bundle of options would bring, and which no other beats.

    The first design is "do nothing"; differences are taken against it. The same case gives the same bytes on
    any executor and with any number of workers. `progress` is told how many chunks of years are done.

    Raises:
        DesignError: options contradict each other, are too many, or no member could be computed.
        FeedstockError: the feed names a feedstock there is no file for.
    """
    designs, impossible = [], {}
    for bundle in affordable_bundles(case.options, case.budget):
        try:
            designs.append(bundle_design(case, bundle))
        except (PlantError, DesignError) as error:
            if not bundle.codes:
                raise
            impossible[_code(bundle)] = error.sentence
    return _compare(case, designs, impossible, executor, progress)


def compare_regimes(
    case: DesignCase,
    codes: Sequence[str],
    regimes: Sequence[Regime] | None = None,
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> Comparison:
    """Return what each way of running one bundle (by option codes) would bring: the front to choose on.

    The first design is the plant as it is set, fully fed; None takes `default_regimes`.

    Raises:
        DesignError: there is no such bundle within the budget, or the regimes cannot be compared.
        PlantError: a regime makes an impossible plant.
    """
    wanted = tuple(sorted(codes))
    bundles = {bundle.codes: bundle for bundle in affordable_bundles(case.options, case.budget)}
    if wanted not in bundles:
        raise DesignError(
            "No bundle within the budget holds exactly %(wanted)s.",
            wanted=", ".join(wanted) or Sentence("nothing"),
        )
    design = bundle_design(case, bundles[wanted])
    chosen = tuple(default_regimes(design.plant) if regimes is None else regimes)
    check_regimes(chosen)
    as_set = replace(design, code="as-set", name="as set")
    designs = [as_set, *(_regime_design(design, regime) for regime in chosen)]
    return _compare(case, designs, {}, executor, progress)


def default_regimes(plant: Plant) -> tuple[Regime, ...]:
    """Return a small grid around the set point: three temperatures, two loadings, two uses of the gas."""
    warmth = [min(45.0, max(12.0, plant.temperature_c + change)) for change in _WARMER_C]
    return regime_grid(tuple(dict.fromkeys(warmth)), _LOADINGS, {"all": {}}, _STOVE_SHARES)


def bundle_design(case: DesignCase, bundle: Bundle) -> Design:
    """Return the plant and place after a bundle's edits.

    Raises:
        PlantError: the plant or the place cannot be.
        DesignError: a number of the place cannot be.
    """
    own = [edit for edit in bundle.edits if edit.field in SITE_RANGES]
    plant = apply_edits(case.plant, [edit for edit in bundle.edits if edit.field not in SITE_RANGES])
    return Design(
        _code(bundle),
        bundle.codes,
        " + ".join(bundle.names) or "do nothing",
        bundle.cost,
        bundle.labour_h_week,
        bundle.power_kwh_d,
        plant,
        edit_site(case.site, own),
    )


def _code(bundle: Bundle) -> str:
    return "+".join(bundle.codes) or DO_NOTHING


def _regime_design(design: Design, regime: Regime) -> Design:
    plant, heated = design.plant, [tank for tank in design.plant.digesters if tank.temperature_c is not None]
    edits = []
    if regime.temperature_c is not None:
        edits += [
            PlantEdit(f"digester.{tank.name}.temperature_c", "set", regime.temperature_c) for tank in heated
        ]
    if regime.stove_share is not None:
        edits.append(PlantEdit("stove_share", "set", regime.stove_share))
    plant = apply_edits(plant, edits)
    return replace(
        design,
        code=regime.code,
        name=regime.code,
        plant=plant,
        loading=regime.loading,
        mix=dict(regime.mix),
    )


def _compare(
    case: DesignCase,
    designs: list[Design],
    impossible: Mapping[str, str],
    executor: Executor | None,
    progress: Progress | None,
) -> Comparison:
    _check_feed(case.feed, designs)
    draws = _draws(case, designs, executor or SerialExecutor(), progress)
    complete = np.isfinite(draws).all(axis=(0, 2))
    if np.count_nonzero(complete) < LEAST_MEMBERS:
        raise DesignError(
            "Only %(complete)s of %(members)s drawn years could be computed to their end, and "
            "%(least)s are needed; the plant or its feed is too extreme.",
            complete=int(np.count_nonzero(complete)),
            members=case.members,
            least=LEAST_MEMBERS,
        )
    kept: Floats = draws[:, complete]
    front = undominated(_criteria(designs, kept), np.array(list(CRITERIA.values()), dtype=float))
    results = tuple(
        _result(design, kept[place], kept[0], on_front=place in front)
        for place, design in enumerate(designs)
    )  # fmt: skip
    return Comparison(
        designs=results,
        front=tuple(results[place].code for place in front),
        members=kept.shape[1],
        left_out=case.members - kept.shape[1],
        days=YEAR_DAYS,
        seed=case.seed,
        engine=ENGINE,
        factors=_factors(case),
        impossible=impossible,
        notes=_notes(case, designs),
    )


def _check_feed(feed: FeedLog, designs: Sequence[Design]) -> None:
    for code in feed.codes:
        feedstock(code)
    strangers = sorted({code for design in designs for code in design.mix} - set(feed.codes))
    if strangers:
        raise DesignError(
            "A regime names %(stranger)s, which the feed does not bring.", stranger=strangers[0]
        )


def _draws(
    case: DesignCase, designs: Sequence[Design], executor: Executor, progress: Progress | None
) -> Floats:
    """Return every measure of every design and member, (designs, members, measures)."""
    groups: dict[tuple[object, ...], list[int]] = {}
    for place, design in enumerate(designs):
        groups.setdefault(design.digestion, []).append(place)
    chunks = [range(first, min(first + _CHUNK, case.members)) for first in range(0, case.members, _CHUNK)]
    jobs = [(places, chunk) for places in groups.values() for chunk in chunks]
    cases = [
        YearCase(
            tuple(designs[place] for place in places),
            case.feed,
            case.weather,
            case.seed,
            chunk,
            case.methane,
        )
        for places, chunk in jobs
    ]
    found = np.empty((len(designs), case.members, len(NAMES)))
    for (places, chunk), outcome in zip(jobs, executor.map(run_years, cases, progress), strict=True):
        found[places, chunk.start : chunk.stop] = outcome
    return found


def _criteria(designs: Sequence[Design], draws: Floats) -> Floats:
    """Return what the front is drawn on, (designs, criteria): middles of the measures, cost and labour."""
    rows = []
    for design, drawn in zip(designs, draws, strict=True):
        asked = {"cost": float(design.cost), "labour_h_week": design.labour_h_week}
        middles = {
            name: distribution(name, drawn[:, place]).middle for place, name in enumerate(NAMES)
        }  # fmt: skip
        rows.append([(middles | asked)[name] for name in CRITERIA])
    return np.array(rows)


def _result(design: Design, drawn: Floats, base: Floats, *, on_front: bool) -> DesignResult:
    columns = list(enumerate(NAMES))
    return DesignResult(
        design.code,
        design.codes,
        design.name,
        design.cost,
        design.labour_h_week,
        design.power_kwh_d,
        outcomes={name: distribution(name, drawn[:, place]) for place, name in columns},
        differences={name: difference(name, drawn[:, place], base[:, place]) for place, name in columns},
        draws={name: tuple(drawn[:, place].tolist()) for place, name in columns},
        on_front=on_front,
    )


def _factors(case: DesignCase) -> tuple[Factor, ...]:
    site = case.site
    known = [factors()["methane_gwp"], factors()["methane_leak"]]
    if site.displaced_fuel != "none":
        known.append(factors()[f"fuel.{site.displaced_fuel}"])
    if site.otherwise == "landfill":
        known += [landfill_factor(code, site) for code in case.feed.codes if has_landfill_factor(code)]
    if site.grid_kg_co2e_kwh is not None:
        grid = site.grid_kg_co2e_kwh
        known.append(Factor("grid", grid, grid, grid, "kg CO2e/kWh", "given by the site", site.grid_source))
    return tuple(known)


def _notes(case: DesignCase, designs: Sequence[Design]) -> Mapping[str, str]:
    found = {}
    if case.site.grid_kg_co2e_kwh is None and any(design.power_kwh_d for design in designs):
        found["no_grid"] = "No grid factor was given, so electricity is left out of the greenhouse gas."
    unknown = [code for code in case.feed.codes if not has_landfill_factor(code)]
    if case.site.otherwise == "landfill" and unknown:
        found["no_landfill"] = (
            f"No landfill factor is published for {', '.join(unknown)}; nothing is counted for it."
        )
    if not any(any(design.site.released_m3_month) for design in designs):
        found["no_place"] = "No month has a released place for digestate, so none reaches a garden."
    return found | _unknown_of_plants(case, [design.plant for design in designs])


def _unknown_of_plants(case: DesignCase, plants: Sequence[Plant]) -> dict[str, str]:
    """Return what nobody said about the plants, and so is not counted."""
    found = {}
    known = case.weather is not None or any(plant.ambient for plant in plants)
    if any(plant.digesters for plant in plants) and not known:
        found["no_weather"] = "Nobody said how warm it is outside, so the heat is not counted."
    if known and any(tank.heat_loss_w_k is None for plant in plants for tank in plant.digesters):
        found["no_wall"] = (
            "A digester's file does not say what it loses through its wall; that heat is not counted."
        )
    if any(plant.composting for plant in plants):
        found["no_compost"] = "Compost is not counted under nitrogen: what the bays lose of it is not known."
    return found
