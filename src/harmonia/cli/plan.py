"""`harmonia plan`: what to feed in the next days, from stock and promises, within a plant's limits."""

import argparse
import json
import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from harmonia.cli.errors import BadInput
from harmonia.cli.files import read_text
from harmonia.cli.plan_tables import read_supplies

if TYPE_CHECKING:
    from harmonia.science.metabolism import FeedLimits, FeedPlan, PlanCase, Plant

EXAMPLE = """examples:
  harmonia plan examples/plan/plant.toml --stock examples/plan/stock.csv --promises examples/plan/promises.csv
  harmonia plan plant.toml --promises promises.csv --fed feed.csv --days 21 --loading 2.5 --json"""
# option -> (field of FeedLimits, help)
_LIMITS = {
    "--loading": ("loading_kg_vs_m3_d", "most volatile solids a day [kg VS/m3/d] (default 2)"),
    "--rise": (
        "rise_kg_vs_m3_d",
        "most loading above the mean of the week before [kg VS/m3/d] (default 0.5)",
    ),
    "--retention": ("retention_d", "shortest stay in the digester [d] (default 20)"),
    "--acid-ratio": ("acid_ratio", "most acids over alkalinity [-] (default 0.3)"),
    "--acids": ("acids_kg_m3", "most volatile acids, as acetic acid [kg/m3]"),
    "--free-ammonia": ("free_ammonia_kg_n_m3", "most free ammonia [kg N/m3] (default 0.7)"),
    "--ammonium": ("ammonium_kg_n_m3", "most ammoniacal nitrogen [kg N/m3]"),
    "--gas-use": ("gas_use_m3_d", "most gas that is used a day [m3/d]"),
}
_DAY_WIDTH = 9


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the command."""
    parser.epilog = EXAMPLE
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("plant", type=Path, metavar="PLANT.toml", help="the plant")
    parser.add_argument("--stock", type=Path, help="CSV: feedstock,kg[,shelf_life_d]")
    parser.add_argument(
        "--promises",
        type=Path,
        help="CSV: feedstock,kg_week[,first_day,last_day] or feedstock,day,kg; days count from 1",
    )
    parser.add_argument("--fed", type=Path, help="CSV of past days: day and a column of kg a feedstock")
    parser.add_argument("--days", type=int, default=14, help="days to plan, 1 to 60 (default 14)")
    parser.add_argument("--closed", metavar="DAYS", default="", help="days nobody feeds, such as 6,7,13,14")
    for option, (_, words) in _LIMITS.items():
        parser.add_argument(option, type=float, help=words)
    parser.add_argument(
        "--share",
        action="append",
        default=[],
        metavar="CODE=SHARE",
        help="most of a day's volatile solids (default fog=0.25)",
    )
    parser.add_argument(
        "--burn-off", action="store_true", help="gas the store does not hold may be burnt off"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(arguments: argparse.Namespace) -> int:
    """Print the plan, also one in which not everything fits; exit 0.

    Raises:
        BadInput: a file or an option cannot be used, or no plan was found.
    """
    from harmonia.science.metabolism import FeedstockError, PlanError, PlannerMissing, plan_feed

    if arguments.stock is None and arguments.promises is None:
        raise BadInput("give --stock, --promises or both: without them there is nothing to feed.")
    try:
        case = _case(arguments)
        _say("planning …")
        plan = plan_feed(case)
    except (PlanError, PlannerMissing, FeedstockError) as error:
        text = str(error)
        raise BadInput(text if text.endswith(".") else f"{text}.") from None
    print(json.dumps(as_plain(plan, case)) if arguments.json else "\n".join(as_lines(plan)))
    return 0


def _say(text: str) -> None:
    if sys.stderr.isatty():
        print(text, file=sys.stderr, flush=True)


def _case(arguments: argparse.Namespace) -> "PlanCase":
    from harmonia.science.metabolism import PlanCase
    from harmonia.science.metabolism.planning.supply import MOST_DAYS

    if not 1 <= arguments.days <= MOST_DAYS:
        raise BadInput(f"--days must lie between 1 and {MOST_DAYS}, not {arguments.days}.")
    return PlanCase(
        plant=_plant(arguments.plant),
        supplies=read_supplies(arguments.stock, arguments.promises, arguments.days),
        days=arguments.days,
        limits=_limits(arguments),
        past_kg_d=_past(arguments.fed),
        closed_days=_closed(arguments.closed, arguments.days),
    )


def _plant(path: Path) -> "Plant":
    from harmonia.science.metabolism import plant_from_toml

    try:
        return plant_from_toml(read_text(path))
    except ValueError as error:  # PlantError ends in one sentence
        raise BadInput(f"{path}: {error}") from None


def _past(path: Path | None) -> Mapping[str, tuple[float, ...]]:
    if path is None:
        return {}
    from harmonia.science.metabolism.designs import feed_from_csv

    try:
        log = feed_from_csv(read_text(path))
    except ValueError as error:
        raise BadInput(f"{path}: {error}") from None
    return dict(zip(log.codes, zip(*log.feed_kg_d, strict=True), strict=True))


def _limits(arguments: argparse.Namespace) -> "FeedLimits":
    from harmonia.science.metabolism import FeedLimits

    named = {option: getattr(arguments, option[2:].replace("-", "_")) for option in _LIMITS}
    given = {_LIMITS[option][0]: value for option, value in named.items() if value is not None}
    return FeedLimits(**given, gas_must_fit=not arguments.burn_off, vs_share=_shares(arguments.share))


def _shares(given: list[str]) -> dict[str, float]:
    from harmonia.science.metabolism.planning.limits import MOST_OF

    shares = dict(MOST_OF)
    for word in given:
        code, _, share = word.partition("=")
        try:
            shares[code] = float(share)
        except ValueError:
            raise BadInput(f"--share {word!r} must read CODE=SHARE, such as fog=0.3.") from None
    return shares


def _closed(words: str, days: int) -> frozenset[int]:
    try:
        closed = frozenset(int(word) for word in words.split(",") if word.strip())
    except ValueError:
        raise BadInput(f"--closed {words!r} must be days such as 6,7.") from None
    if any(not 1 <= day <= days for day in closed):
        raise BadInput(f"--closed names a day outside 1 to {days}.")
    return frozenset(day - 1 for day in closed)


def as_plain(plan: "FeedPlan", case: "PlanCase") -> dict[str, object]:
    """Return the plan as plain numbers, with the limits it kept."""
    return {"plant": case.plant.name, "days": case.days} | asdict(plan) | {"limits": asdict(case.limits)}


def as_lines(plan: "FeedPlan") -> list[str]:
    """Return the plan as a table by day, and what it means."""
    codes = [code for code, days in plan.feed_kg_d.items() if any(days)]
    widths = [max(_DAY_WIDTH, len(code) + 4) for code in codes]
    heading = "day  " + "".join(f"{code + ' kg':>{width}}" for code, width in zip(codes, widths, strict=True))
    lines = [heading + "   kg VS/m3   gas m3     pH   acids/buffer"]
    for day, loading in enumerate(plan.loading_kg_vs_m3_d):
        kilograms = "".join(
            f"{plan.feed_kg_d[code][day]:>{width}.4g}" for code, width in zip(codes, widths, strict=True)
        )
        state = f"{loading:>11.2f}{plan.gas_m3_d[day]:>9.3g}{plan.ph[day]:>7.2f}{plan.acid_ratio[day]:>15.3f}"
        lines.append(f"{day + 1:<5d}{kilograms}{state}")
    return [*lines, plan.sentence]
