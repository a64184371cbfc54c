"""Read jar trials from tables: the two of a trial, and the one of a community's results."""

import csv
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from harmonia.cli.errors import BadInput

if TYPE_CHECKING:
    from harmonia.science.metabolism.jar_pooling import JarYield
    from harmonia.science.metabolism.jar_trials import Bottle

HOURS_PER_DAY = 24.0
Row = dict[str, str]

# what -> headings it may stand under, in lower case
SETUP = {
    "id": ("id", "bottle"),
    "substrate": ("substrate", "descrip"),
    "inoculum": ("m.inoc", "minoc", "m_inoc"),
    "substrate mass": ("m.sub.vs", "mvs.sub", "m_sub_vs"),
}
MASS_ERROR = ("m.sub.vs.se", "m_sub_vs_se")
TIMES = {"time.h": HOURS_PER_DAY, "time.d": 1.0, "days": 1.0, "time_h": HOURS_PER_DAY, "time_d": 1.0}
VOLUMES = ("vol.ml", "vol", "vol_ml")
TEMPERATURES = ("temp", "temperature", "temp.c", "temperature_c")
PRESSURES = {
    "pres": 1.0, "pressure": 1.0, "pres.kpa": 1.0, "pressure_kpa": 1.0, "pres.pa": 1e-3, "pres.hpa": 0.1,
    "pres.mbar": 0.1, "pres.bar": 100.0, "pres.atm": 101.325,
}  # fmt: skip
SHARES = ("xch4", "methane", "methane_share")
NOTHING = ("", "na", "nan", "-")


def read_bottles(setup: Path, volumes: Path) -> list["Bottle"]:
    """Return the bottles of a set-up and a volume table, volumes as standard methane.

    A blank has no substrate mass: 0, NA or an empty cell.

    Raises:
        BadInput: a file, heading, bottle or number is missing or makes no sense.
    """
    rows, readings = _rows(setup), _readings(volumes)
    headings = {what: _heading(setup, rows, names, what) for what, names in SETUP.items()}
    names = [row[headings["id"]] for row in rows]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise BadInput(f"{setup} lists bottle {twice[0]!r} more than once.")
    bottles = [_bottle(setup, row, headings, readings, volumes) for row in rows]
    blank = {bottle.substrate for bottle in bottles if bottle.is_blank}
    mixed = sorted(blank & {bottle.substrate for bottle in bottles if not bottle.is_blank})
    if mixed:
        raise BadInput(f"{setup} gives some bottles of {mixed[0]!r} a substrate mass and others none.")
    return bottles


def _bottle(
    setup: Path,
    row: Row,
    headings: Mapping[str, str],
    readings: Mapping[str, list[tuple[float, float]]],
    volumes: Path,
) -> "Bottle":
    import numpy as np

    from harmonia.science.metabolism.jar_trials import Bottle

    name = row[headings["id"]]
    if name not in readings:
        raise BadInput(f"{volumes} has no readings of bottle {name!r}.")
    points = readings[name]
    error = next((row[heading] for heading in MASS_ERROR if heading in row), "")
    return Bottle(
        name=name,
        substrate=row[headings["substrate"]],
        inoculum_g=_number(setup, row, headings["inoculum"]),
        substrate_g=_number_or_none(setup, row, headings["substrate mass"]),
        substrate_error_g=0.0 if error.lower() in NOTHING else _as_number(setup, "m.sub.vs.se", error),
        days=np.array([day for day, _ in points]),
        methane_ml=np.array([volume for _, volume in points]),
    )


def read_yields(path: Path) -> list["JarYield"]:
    """Return the results of a community: jar, feedstock, household, tier, mL CH4/g VS and its sd.

    Raises:
        BadInput: a heading or number is missing or makes no sense.
    """
    from harmonia.science.metabolism.jar_pooling import JarYield

    rows = _rows(path)
    names = {name: _heading(path, rows, (name,), name) for name in ("jar", "feedstock", "household", "tier")}
    mean = _heading(path, rows, ("methane.ml.g", "mean"), "methane")
    error = _heading(path, rows, ("sd.ml.g", "sd"), "its standard deviation")
    found = []
    for row in rows:
        tier, methane = row[names["tier"]].lower(), _number(path, row, mean)
        if tier not in ("standard", "kitchen"):
            raise BadInput(f"{path} names the tier {tier!r}; it is standard or kitchen.")
        if not methane > 0:
            raise BadInput(f"{path} gives jar {row[names['jar']]!r} no methane, so there is nothing to pool.")
        found.append(
            JarYield(
                row[names["jar"]],
                row[names["feedstock"]],
                row[names["household"]],
                "standard" if tier == "standard" else "kitchen",
                methane,
                _number(path, row, error) / methane,
            )
        )
    return found


def _rows(path: Path) -> list[Row]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            table = [[cell.strip() for cell in cells] for cells in csv.reader(file) if any(cells)]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise BadInput(f"{path} cannot be read as a CSV file ({type(error).__name__}).") from None
    if len(table) < 2:
        raise BadInput(f"{path} has no rows.")
    heads = [_lower(cell) for cell in table[0]]
    named = [head for head in heads if head]
    if len(named) != len(set(named)):
        raise BadInput(f"{path} has two columns of the same name.")
    return [dict(zip(heads, cells + [""] * len(heads), strict=False)) for cells in table[1:]]


def _lower(heading: str) -> str:
    """Return a heading to compare: known ones in lower case, names of bottles as they are."""
    known = {*TIMES, *VOLUMES, *TEMPERATURES, *PRESSURES, *SHARES, *MASS_ERROR, *_RESULTS}
    known.update(name for names in SETUP.values() for name in names)
    return heading.lower() if heading.lower() in known else heading


_RESULTS = ("jar", "feedstock", "household", "tier", "methane.ml.g", "mean", "sd.ml.g", "sd")


def _heading(path: Path, rows: Sequence[Row], names: Sequence[str], what: str) -> str:
    found = [name for name in names if name in rows[0]]
    if not found:
        raise BadInput(f"{path} has no column for {what}; call it {' or '.join(names)}.")
    return found[0]


def _number(path: Path, row: Row, heading: str) -> float:
    return _as_number(path, heading, row[heading])


def _number_or_none(path: Path, row: Row, heading: str) -> float:
    return 0.0 if row[heading].lower() in NOTHING else _number(path, row, heading)


def _as_number(path: Path, heading: str, text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise BadInput(f"{path} gives {heading} as {text!r}, which is not a number.")
    return value


def _readings(path: Path) -> dict[str, list[tuple[float, float]]]:
    """Return bottle -> (day, cumulative standard mL CH4) by time, from a long or a wide table."""
    rows = _rows(path)
    time = _heading(path, rows, tuple(TIMES), "time")
    if "id" not in rows[0]:
        bottles = [name for name in rows[0] if name not in (time, "")]
        return {name: _column(path, rows, time, name) for name in bottles}
    volume = _heading(path, rows, VOLUMES, "volume")
    by_bottle: dict[str, list[tuple[float, Row]]] = {}
    for row in rows:
        if row[volume].lower() not in NOTHING:
            by_bottle.setdefault(row["id"], []).append((_number(path, row, time) / TIMES[time], row))
    return {
        name: _standard(path, sorted(points, key=lambda point: point[0]), volume)
        for name, points in by_bottle.items()
    }


def _column(path: Path, rows: Sequence[Row], time: str, name: str) -> list[tuple[float, float]]:
    read = [row for row in rows if row[name].lower() not in NOTHING]
    return sorted((_number(path, row, time) / TIMES[time], _number(path, row, name)) for row in read)


def _standard(path: Path, points: list[tuple[float, Row]], volume: str) -> list[tuple[float, float]]:
    """Return cumulative standard methane; without conditions the volumes are that already."""
    known = points[0][1]
    if not any(name in known for name in (*TEMPERATURES, *PRESSURES, *SHARES)):
        return [(day, _number(path, row, volume)) for day, row in points]
    total, before = 0.0, 0.0
    standard = []
    for day, row in points:
        read = _number(path, row, volume)
        total += _methane(path, row, read - before)
        before = read
        standard.append((day, total))
    return standard


def _methane(path: Path, row: Row, increment: float) -> float:
    """Return an increment of gas [mL] as standard mL of methane under the row's conditions.

    A first row of nothing needs no conditions. Wet gas; the temperature is 0 degC and the pressure standard where
    only the other is given.
    """
    from harmonia.science.metabolism.gas_volumes import STANDARD_KPA, standard_volume

    if increment == 0:
        return 0.0
    warm = next((_number(path, row, name) for name in TEMPERATURES if name in row), None)
    pressed = next(
        (scale * _number(path, row, name) for name, scale in PRESSURES.items() if name in row), None
    )
    share = next((_number(path, row, name) for name in SHARES if name in row), 1.0)
    if not 0 <= share <= 1:
        raise BadInput(f"{path} gives a methane share of {share:g}; it must lie between 0 and 1.")
    if warm is None and pressed is None:
        return share * increment
    try:
        kpa = STANDARD_KPA if pressed is None else pressed
        return share * standard_volume(increment, 0.0 if warm is None else warm, kpa)
    except ValueError as error:
        raise BadInput(
            f"{path}: {error} (temperature in degC, pressure in kPa unless its heading says else)."
        ) from None
