"""`harmonia adm1`: the digester model on one influent file, at rest or after some days."""

import argparse
import csv
import json
import math
import re
import time
from pathlib import Path
from typing import TYPE_CHECKING

from harmonia.cli.errors import BadInput

if TYPE_CHECKING:
    from harmonia.science.metabolism.adm1 import BenchmarkDigester, Influent
    from harmonia.science.metabolism.kernel import Floats
    from harmonia.science.metabolism.observing import Observer

EXAMPLES = {
    "steady": "example: harmonia adm1 steady --influent influent.csv --json",
    "run": "example: harmonia adm1 run --influent influent.csv --days 200 --json",
}
# Units that differ from ours by a factor; any other text in that column is left to the reader.
_OTHER_SCALE = re.compile(
    r"([mµu]g\b|g\s*(COD|C|N)?\s*/\s*m|mol\b|mmol\b|l/|m[3³]/(h|s|min)\b)", re.IGNORECASE
)
_LONGEST_CELL = 40
MOST_DAYS = 100_000.0
MOST_KG_M3 = 3_000.0
MOST_FLOW_M3_D = 34_000.0


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare `steady` and `run`."""
    parser.epilog = EXAMPLES["steady"]
    modes = parser.add_subparsers(dest="mode", required=True, metavar="MODE")
    for mode, summary in (("steady", "the state at rest"), ("run", "the state after some days")):
        chosen = modes.add_parser(mode, help=summary, epilog=EXAMPLES[mode])
        chosen.add_argument(
            "--influent", type=Path, required=True, help="CSV with columns state,value,unit; Q [m3/d]"
        )
        chosen.add_argument("--json", action="store_true", help="print one JSON object")
        if mode == "run":
            chosen.add_argument("--days", type=float, required=True, help="simulated days")


def run(arguments: argparse.Namespace) -> int:
    """Run the model and print the result; exit 1 when it could not be computed to the end.

    A digester that washes out or sours is a result like any other.

    Raises:
        BadInput: the file or the number of days cannot be used.
    """
    from harmonia.science.metabolism.adm1 import UNFINISHED

    influent = read_influent(arguments.influent)
    days = float(arguments.days) if arguments.mode == "run" else None
    if days is not None and not 0 < days <= MOST_DAYS:
        raise BadInput(f"--days must be more than 0 and at most {MOST_DAYS:,.0f}; it was {days:g}.")
    outcome = solve(influent, days)
    print(json.dumps(outcome) if arguments.json else as_text(outcome))
    return 1 if outcome["status"] in UNFINISHED else 0


def solve(influent: "Influent", days: float | None) -> dict[str, object]:
    """Return states, pH, gas flow [m3/d], solver time [ms] and status; `days` None means at rest."""
    from harmonia.science.metabolism.adm1 import START_PROTONS, BenchmarkDigester, start_vector

    digester = BenchmarkDigester.fed_with(influent)
    _solve(digester, start_vector(), START_PROTONS, days)  # compiles or loads what is not in memory yet
    y = start_vector()
    began = time.process_time()
    ended, proton, observer = _solve(digester, y, START_PROTONS, days)
    spent = time.process_time() - began
    state = digester.describe(y, proton, ended, observer)
    return {
        "states": dict(state.states) | dict(state.ions),
        "ph": state.ph,
        "q_gas_m3_d": state.q_gas_m3_d,
        "cpu_ms": 1000 * spent,
        "status": state.status,
    }


def _solve(
    digester: "BenchmarkDigester", y: "Floats", proton: float, days: float | None
) -> tuple[int, float, "Observer | None"]:
    if days is None:
        return *digester.settle(y, proton), None
    observer = digester.watch()
    return *digester.advance(y, proton, days, observer=observer), observer


def read_influent(path: Path) -> "Influent":
    """Return the influent of a CSV file with columns `state` and `value`.

    Raises:
        BadInput: the file is missing, is no such table, or holds a state, number or flow that makes no sense.
    """
    from harmonia.science.metabolism.adm1 import Influent
    from harmonia.science.metabolism.nomenclature import LIQUID

    numbers = _numbers(path)
    unknown = sorted(set(numbers) - set(LIQUID) - {"Q", "T", "D1", "D2", "D3", "D4", "D5"})
    if unknown:
        raise BadInput(f"{path} names {_shown(unknown[0])}, which is no state of the model.")
    negative = [name for name, value in numbers.items() if value < 0 and name != "T"]
    if negative:
        raise BadInput(f"{path} gives {negative[0]} below zero.")
    much = [name for name, value in numbers.items() if value > MOST_KG_M3 and name in LIQUID]
    if much:
        raise BadInput(
            f"{path} gives {much[0]} above {MOST_KG_M3:,.0f}; even pure fat holds less COD in a m3."
        )
    if numbers.get("Q", 0.0) <= 0:
        raise BadInput(f"{path} gives no flow: it needs a row Q with m3 per day.")
    if numbers["Q"] > MOST_FLOW_M3_D:
        raise BadInput(f"{path} gives a flow Q that fills the 3,400 m3 digester more than ten times a day.")
    temperature = numbers.get("T", 35.0)
    if not 5 <= temperature <= 60:
        raise BadInput(f"{path} gives a temperature T of {temperature:g} degC; the model covers 5 to 60.")
    return Influent({name: numbers.get(name, 0.0) for name in LIQUID}, numbers["Q"], temperature)


def _numbers(path: Path) -> dict[str, float]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise BadInput(f"{path} cannot be read as a CSV file ({type(error).__name__}).") from None
    if not rows or "state" not in rows[0] or "value" not in rows[0]:
        raise BadInput(f"{path} needs the columns state and value, one state a row.")
    names = [str(row["state"]).strip() for row in rows]
    twice = [name for place, name in enumerate(names) if name in names[:place]]
    if twice:
        raise BadInput(f"{path} gives {_shown(twice[0])} twice; which of the two counts?")
    return {name: _number(path, row) for name, row in zip(names, rows, strict=True)}


def _number(path: Path, row: dict[str, str]) -> float:
    unit = row.get("unit")
    if isinstance(unit, str) and _OTHER_SCALE.match(unit.strip()):
        raise BadInput(
            f"{path} gives {_shown(row['state'])} in {_shown(unit.strip())}; it needs kg COD/m3, for S_IC, S_IN, "
            "S_cat and S_an kmol/m3, for Q m3/d."
        )
    try:
        value = float(row["value"])
    except (TypeError, ValueError):
        value = math.nan
    if not math.isfinite(value):
        raise BadInput(
            f"{path} gives {_shown(row['state'])} as {_shown(row['value'])}, which is not a number."
        )
    return value


def _shown(cell: object) -> str:
    """Return a cell of a table as it stands in a sentence: quoted, on one line, not longer than a word or four."""
    text = str(cell)
    return repr(text if len(text) <= _LONGEST_CELL else text[: _LONGEST_CELL - 1] + "…")


def as_text(outcome: dict[str, object]) -> str:
    """Return the outcome as aligned lines."""
    states = outcome["states"]
    lines = [f"{name:12s} {value:.8g}" for name, value in states.items()] if isinstance(states, dict) else []
    return "\n".join(
        [
            *lines,
            f"{'pH':12s} {outcome['ph']:.4f}",
            f"{'gas':12s} {outcome['q_gas_m3_d']:.2f} m3/d",
            str(outcome["status"]),
        ]
    )
