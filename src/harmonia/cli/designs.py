"""`harmonia designs`: what every affordable bundle of upgrade options would bring, side by side."""

import argparse
import json
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING

from harmonia.cli.engines import add_engine, engine_of, progress_bar
from harmonia.cli.errors import BadInput

if TYPE_CHECKING:
    from harmonia.cli.community import Community
    from harmonia.science.metabolism.designs import Comparison, DesignCase, DesignResult, Distribution

EXAMPLE = """examples:
  harmonia designs examples/designs
  harmonia designs examples/designs --members 200 --engine processes --json
  harmonia designs examples/designs --regimes second+bag     how to run a chosen bundle
  harmonia designs plant.toml feed.csv stirrer.toml          single files: each option is one"""
TITLES = {
    "gas_m3_d": "Gas [m3/d]",
    "cooking_min_d": "Cooking on one burner [min/d]",
    "net_kwh_d": "Energy for people, less what the plant takes [kWh/d]",
    "accepted_kg_d": "Scraps accepted [kg/d]",
    "garden_nitrogen_kg_y": "Nitrogen to gardens [kg/y]",
    "unplaced_digestate_m3_y": "Digestate without a released place [m3/y]",
    "storage_months": "Storage that would hold all of it [months]",
    "sour_risk": "Years in which the plant turns sour [%]",
    "avoided_t_co2e_y": "Greenhouse gas avoided [t CO2e/y]",
}
_PERCENT = ("sour_risk",)
_WIDEST = 34
_LEAST = 0.0005  # what a soured plant still makes is told as nothing


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the command."""
    parser.epilog = EXAMPLE
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument(
        "paths",
        type=Path,
        nargs="+",
        metavar="DIR|FILE",
        help="a folder with plant.toml, feed.csv, options/*.toml and, if there are, site.toml, ambient.csv, "
        "regimes.toml; or those files",
    )
    parser.add_argument("--members", type=int, default=100, help="drawn years, 10 to 2000 (default 100)")
    parser.add_argument("--seed", type=int, default=1, help="what the years are drawn with (default 1)")
    parser.add_argument("--budget", help="compare what this pays (default: the budget in site.toml)")
    parser.add_argument(
        "--regimes", metavar="CODES", help="compare ways to run this bundle: option codes with +, or nothing"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--draws", action="store_true", help="with --json: every drawn year's outcome too")
    add_engine(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the comparison; exit 0.

    Raises:
        BadInput: a file or an option cannot be used.
    """
    from harmonia.cli.community import read_community
    from harmonia.science.metabolism.designs.result import as_plain

    community = read_community(arguments.paths)
    comparison = _compared(community, arguments)
    if arguments.json:
        print(json.dumps(as_plain(comparison, draws=arguments.draws), ensure_ascii=False))
    else:
        print("\n".join(as_lines(comparison)))
    return 0


def _compared(community: "Community", arguments: argparse.Namespace) -> "Comparison":
    from harmonia.science.metabolism import FeedstockError, PlantError
    from harmonia.science.metabolism.designs import DesignError, compare_designs, compare_regimes

    try:
        case = _case(community, arguments)
        with engine_of(arguments) as executor:
            if arguments.regimes is None:
                return compare_designs(case, executor, progress_bar("drawn years"))
            codes = [] if arguments.regimes == "nothing" else arguments.regimes.split("+")
            return compare_regimes(case, codes, community.regimes, executor, progress_bar("drawn years"))
    except (DesignError, PlantError, FeedstockError) as error:
        raise BadInput(str(error)) from None


def _case(community: "Community", arguments: argparse.Namespace) -> "DesignCase":
    from harmonia.science.metabolism.designs import DesignCase

    return DesignCase(
        community.plant,
        community.site,
        community.feed,
        community.options,
        community.budget if arguments.budget is None else _budget(arguments.budget),
        community.weather,
        arguments.members,
        arguments.seed,
    )


def _budget(words: str) -> Decimal:
    try:
        return Decimal(words)
    except InvalidOperation:
        raise BadInput(f"--budget must be a number, not {words!r}.") from None


def as_lines(comparison: "Comparison") -> Iterator[str]:
    """Yield the comparison as text: the designs, then one small table a quantity, then what it rests on."""
    width = min(_WIDEST, max(len(design.code) for design in comparison.designs))
    yield f"{len(comparison.designs)} designs over {comparison.members} drawn years; * no other is better in everything"
    for design in comparison.designs:
        yield _asked(design, width)
    for name, title in TITLES.items():
        yield f"\n{title}"
        for design in comparison.designs:
            yield _row(design, name, width)
    yield ""
    for code, reason in comparison.impossible.items():
        yield f"not possible: {code}. {reason}"
    if comparison.left_out:
        yield f"{comparison.left_out} drawn years could not be computed to their end and were left out for all."
    yield from comparison.notes.values()
    yield "Factors:"
    for factor in comparison.factors:
        span = "" if factor.low == factor.high else f" ({factor.low:.3g} to {factor.high:.3g})"
        yield f"  {factor.name} {factor.value:.4g}{span} {factor.unit}: {factor.edition}; {factor.source}"


def _label(design: "DesignResult", width: int) -> str:
    star = "*" if design.on_front else " "
    code = design.code if len(design.code) <= width else design.code[: width - 1] + "…"
    return f"{star} {code:{width}s}"


def _asked(design: "DesignResult", width: int) -> str:
    asked = [f"cost {design.cost}"]
    if design.labour_h_week:
        asked.append(f"{design.labour_h_week:+g} h a week")
    if design.power_kwh_d:
        asked.append(f"{design.power_kwh_d:+g} kWh a day")
    return f"{_label(design, width)}  {design.name} ({', '.join(asked)})"


def _row(design: "DesignResult", name: str, width: int) -> str:
    scale = 100.0 if name in _PERCENT else 1.0
    row = f"{_label(design, width)}  {_span(design.outcomes[name], scale, '')}"
    change = design.differences[name]
    if change.low == change.high == 0:
        return row.rstrip()
    return f"{row:{width + 34}s}  {_span(change, scale, '+')}"


def _span(told: "Distribution", scale: float, sign: str) -> str:
    low, middle, high = (_number(scale * value, sign) for value in (told.low, told.middle, told.high))
    return f"{middle} ({low} to {high})"


def _number(value: float, sign: str) -> str:
    return "0" if abs(value) < _LEAST else f"{value:{sign}.3g}"
