"""`harmonia bmp`: evaluate a jar trial (biochemical methane potential) from two tables."""

import argparse
import csv
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from harmonia.cli.errors import BadInput

if TYPE_CHECKING:
    from harmonia.science.metabolism.jar_trials import Bottle, TrialOutcome

EXAMPLE = "example: harmonia bmp --setup setup.csv --volumes volumes.csv --json"
HOURS_PER_DAY = 24.0
Row = dict[str, str]

# what -> headings it may stand under
SETUP = {
    "id": ("id", "bottle"),
    "substrate": ("substrate", "descrip"),
    "inoculum": ("m.inoc", "minoc", "m_inoc"),
    "mass": ("m.sub.vs", "mvs.sub", "m_sub_vs"),
}
MASS_ERROR = ("m.sub.vs.se", "m_sub_vs_se")
TIMES = {"time.h": HOURS_PER_DAY, "time.d": 1.0, "days": 1.0, "time_h": HOURS_PER_DAY, "time_d": 1.0}
VOLUMES = ("vol.ml", "vol", "vol_ml")
CONDITIONS = {
    "temperature": ("temp", "temperature", "temp.c", "temperature_c"),
    "pressure": ("pres", "pressure", "pres.kpa", "pressure_kpa"),
    "methane": ("xch4", "methane", "methane_share"),
}


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the two tables and the output form."""
    parser.epilog = EXAMPLE
    parser.add_argument(
        "--setup", type=Path, required=True, help="CSV: id, substrate, m.inoc [g], m.sub.vs [g VS]"
    )
    parser.add_argument(
        "--volumes", type=Path, required=True, help="CSV: id, time.h or time.d, cumulative vol [mL]"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(arguments: argparse.Namespace) -> int:
    """Print the results; exit 0 even for a trial that is not valid, because it says so itself.

    Raises:
        BadInput: a table cannot be read or evaluated.
    """
    from harmonia.science.metabolism.jar_trials import TrialError, evaluate_trial

    bottles = read_bottles(arguments.setup, arguments.volumes)
    try:
        outcome = evaluate_trial(bottles)
    except TrialError as error:
        raise BadInput(str(error)) from None
    print(json.dumps(asdict(outcome)) if arguments.json else as_text(outcome))
    return 0


def as_text(outcome: "TrialOutcome") -> str:
    """Return results and validity as lines."""
    stops = {"end": "at the end", "1pct": "by the 1 % rule"}
    lines = [
        f"{r.substrate}: {r.mean:.1f} mL CH4/g VS (sd {r.sd:.1f}, {r.n} bottles) {stops[r.stop]}, day {r.time_d:.1f}"
        for r in outcome.results
    ]
    verdict = "The trial is valid." if outcome.valid else "The trial is not valid:"
    return "\n".join([*lines, verdict, *(f"- {reason}" for reason in outcome.reasons)])


def read_bottles(setup: Path, volumes: Path) -> list["Bottle"]:
    """Return the bottles of a set-up and a volume table, volumes as standard methane.

    Raises:
        BadInput: a file, heading, bottle or number is missing or makes no sense.
    """
    import numpy as np

    from harmonia.science.metabolism.jar_trials import Bottle

    rows, readings = _rows(setup), _readings(volumes)
    headings = {what: _heading(setup, rows, names, what) for what, names in SETUP.items()}
    errors = [name for name in MASS_ERROR if name in rows[0]]
    bottles = []
    for row in rows:
        name = row[headings["id"]]
        if name not in readings:
            raise BadInput(f"{volumes} has no readings of bottle {name!r}.")
        points = sorted(readings[name])
        bottles.append(
            Bottle(
                name=name,
                substrate=row[headings["substrate"]],
                inoculum_g=_number(setup, row, headings["inoculum"]),
                substrate_g=_number(setup, row, headings["mass"]),
                substrate_error_g=_number(setup, row, errors[0]) if errors and row[errors[0]] else 0.0,
                days=np.array([day for day, _ in points]),
                methane_ml=np.array([volume for _, volume in points]),
            )
        )
    return bottles


def _rows(path: Path) -> list[Row]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = [
                {
                    (key or "").strip().lower(): (value or "").strip() if isinstance(value, str) else ""
                    for key, value in row.items()
                }
                for row in csv.DictReader(file)
            ]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise BadInput(f"{path} cannot be read as a CSV file ({type(error).__name__}).") from None
    if not rows:
        raise BadInput(f"{path} has no rows.")
    return rows


def _heading(path: Path, rows: Sequence[Row], names: Sequence[str], what: str) -> str:
    found = [name for name in names if name in rows[0]]
    if not found:
        raise BadInput(f"{path} has no column for {what}; call it {' or '.join(names)}.")
    return found[0]


def _number(path: Path, row: Row, heading: str) -> float:
    try:
        value = float(row[heading])
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise BadInput(f"{path} gives {heading} as {row[heading]!r}, which is not a number.")
    return value


def _readings(path: Path) -> dict[str, list[tuple[float, float]]]:
    """Return bottle -> (day, cumulative standard mL CH4), from a long or a wide table."""
    rows = _rows(path)
    time = _heading(path, rows, tuple(TIMES), "time")
    if "id" not in rows[0]:
        return {
            name: [
                (_number(path, row, time) / TIMES[time], _number(path, row, name))
                for row in rows
                if row[name]
            ]
            for name in rows[0]
            if name not in (time, "")
        }
    volume = _heading(path, rows, VOLUMES, "volume")
    found = {what: [name for name in names if name in rows[0]] for what, names in CONDITIONS.items()}
    conditions = {what: names[0] for what, names in found.items() if names}
    by_bottle: dict[str, list[tuple[float, Row]]] = {}
    for row in rows:
        by_bottle.setdefault(row["id"], []).append((_number(path, row, time) / TIMES[time], row))
    return {
        name: _standard(path, sorted(points, key=lambda p: p[0]), volume, conditions)
        for name, points in by_bottle.items()
    }


def _standard(
    path: Path, points: list[tuple[float, Row]], volume: str, conditions: Mapping[str, str]
) -> list[tuple[float, float]]:
    """Return cumulative standard methane; without conditions the volumes are that already."""
    measured = [(day, _number(path, row, volume)) for day, row in points]
    if not conditions:
        return measured
    total = _methane(path, points[0][1], measured[0][1], conditions)
    standard = [(measured[0][0], total)]
    for (_, before), ((day, after), (_, row)) in zip(
        measured, zip(measured[1:], points[1:], strict=True), strict=False
    ):
        total += _methane(path, row, after - before, conditions)
        standard.append((day, total))
    return standard


def _methane(path: Path, row: Row, increment: float, conditions: Mapping[str, str]) -> float:
    """Return an increment of gas [mL] as standard mL of methane under the row's conditions."""
    from harmonia.science.metabolism.gas_volumes import STANDARD_KPA, standard_volume

    given = {what: _number(path, row, heading) for what, heading in conditions.items()}
    share = given.get("methane", 1.0)
    if not 0 <= share <= 1:
        raise BadInput(f"{path} gives a methane share of {share:g}; it must lie between 0 and 1.")
    if "temperature" not in given and "pressure" not in given:
        return share * increment
    try:
        return share * standard_volume(
            increment, given.get("temperature", 0.0), given.get("pressure", STANDARD_KPA)
        )
    except ValueError as error:
        raise BadInput(f"{path}: {error}.") from None
