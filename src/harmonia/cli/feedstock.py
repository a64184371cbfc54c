"""`harmonia feedstock list|show|map`: what the library knows, and a lab sheet as model inputs."""

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from harmonia.cli.errors import BadInput

if TYPE_CHECKING:
    from harmonia.science.metabolism.characterisation import MappedFeed
    from harmonia.science.metabolism.feedstocks import Feedstock

EXAMPLE = """example: harmonia feedstock map lab.csv --json, where lab.csv is

  quantity,value,unit,basis
  total_solids,24.5,%,fresh
  volatile_solids,88,%,TS
  kjeldahl_nitrogen,8.0,g N/kg,fresh
  methane_potential,430,NmL CH4/g VS,VS
  trial_days,28,d,
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the three actions and the output form."""
    parser.epilog, parser.formatter_class = EXAMPLE, argparse.RawDescriptionHelpFormatter
    actions = parser.add_subparsers(dest="action", required=True, metavar="list|show|map")
    listing = actions.add_parser("list", help="all feedstocks of the library")
    show = actions.add_parser("show", help="one feedstock, each number with its range and source")
    show.add_argument("code", metavar="CODE", help="as `feedstock list` writes it")
    mapping = actions.add_parser(
        "map",
        help="a lab sheet as model inputs, balances checked",
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    mapping.add_argument("sheet", type=Path, metavar="LAB.csv", help="CSV: quantity, value, unit, basis")
    for action in (listing, show, mapping):
        action.add_argument("--json", action="store_true", help="print one JSON object")


def run(arguments: argparse.Namespace) -> int:
    """Print what was asked for and return 0.

    Raises:
        BadInput: no such feedstock, or a sheet that cannot be read or contradicts itself.
    """
    actions = {"list": _list, "show": _show, "map": _map}
    printed, text = actions[arguments.action](arguments)
    print(json.dumps(printed) if arguments.json else text)
    return 0


def _list(_: argparse.Namespace) -> tuple[dict[str, object], str]:
    from harmonia.science.metabolism.feedstocks import feedstock, feedstock_codes

    names = {code: feedstock(code).name for code in feedstock_codes()}
    lines = [f"{code:<18} {name}" for code, name in names.items()]
    return {"feedstocks": [{"code": code, "name": name} for code, name in names.items()]}, "\n".join(lines)


def _show(arguments: argparse.Namespace) -> tuple[dict[str, object], str]:
    from harmonia.science.metabolism.feedstocks import FeedstockError, feedstock

    try:
        feed = feedstock(arguments.code)
    except FeedstockError as error:
        raise BadInput(f"{error}.") from None
    return asdict(feed), _as_text(feed)


def _as_text(feed: "Feedstock") -> str:
    from harmonia.science.metabolism.feedstocks import QUANTITIES

    lines = [f"{feed.code}: {feed.name}", feed.remark] if feed.remark else [f"{feed.code}: {feed.name}"]
    for name in QUANTITIES:
        number = getattr(feed, name)
        lines.append(f"{name:<18} {number.value:g} ({number.low:g} to {number.high:g}) {number.unit}")
        lines.append(f"{'':<18} {number.source}")
    return "\n".join(lines)


def _map(arguments: argparse.Namespace) -> tuple[dict[str, object], str]:
    from harmonia.science.metabolism.balances import BalanceError
    from harmonia.science.metabolism.characterisation import map_feed, model_inputs
    from harmonia.science.metabolism.feedstocks import FeedstockError
    from harmonia.science.metabolism.lab_sheet import read_lab_sheet
    from harmonia.science.metabolism.lab_values import LabValueError

    path: Path = arguments.sheet
    try:
        sheet = read_lab_sheet(path.stem, path.read_text(encoding="utf-8-sig"))
        mapped = map_feed(sheet.values, sheet.trial_days)
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{path} cannot be read as a text file ({type(error).__name__}).") from None
    except (LabValueError, BalanceError) as error:
        raise BadInput(str(error)) from None
    except FeedstockError as error:
        raise BadInput(f"{path}: {error}.") from None
    inputs = model_inputs(mapped.character)
    printed = asdict(mapped) | {"trial_days": sheet.trial_days, "inputs": inputs}
    return printed, _report(mapped, inputs)


def _report(mapped: "MappedFeed", inputs: dict[str, float]) -> str:
    character = mapped.character
    lines = [
        f"{mapped.name}: {character.vs:.4g} kg VS and {character.cod + character.acetate:.4g} kg COD a kg, "
        f"{100 * character.degradable:.1f} % of it degradable",
        "What a m3 brings:",
        *(f"  {name:<15} {value:.6g}" for name, value in inputs.items()),
        "Balances:",
        *(f"  {b.name}: {b.brought:.6g} in, {b.found:.6g} found [{b.unit}]" for b in mapped.balances),
    ]
    if mapped.filled:
        lines += ["Not measured, so filled in:"]
        lines += [f"  {gap.quantity}: {gap.value:.4g} {gap.unit} ({gap.because})" for gap in mapped.filled]
    return "\n".join(lines)
