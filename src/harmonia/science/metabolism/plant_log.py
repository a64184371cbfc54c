"""Read a plant's own daily log: map its columns and units, and clean it openly."""

import csv
import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from harmonia.science.metabolism.feedstocks import FeedstockError, feedstock
from harmonia.science.metabolism.kernel import Floats
from harmonia.science.metabolism.units import UnitError, from_model, scale, to_model

MISSING = {"", "na", "n/a", "nan", "null", "none", "-"}
# What a reading can be at all, in the model's units; a map may narrow it.
POSSIBLE = {
    "gas": (0.0, math.inf),
    "amount": (0.0, math.inf),
    "share": (0.0, 1.0),
    "temperature": (0.0, 70.0),
    "concentration": (0.0, 100.0),
    "ph": (4.0, 10.0),
}
KIND_OF = {
    "gas": "gas",
    "ph": "ph",
    "temperature": "temperature",
    "methane": "share",
    "acids": "concentration",
    "alkalinity": "concentration",
}
_FEED_KIND = {"amount": "amount", "total_solids": "share", "volatile_solids": "share"}
JUMP_FACTOR = 5.0
JUMP_WINDOW = 7
_MAX_DAYS = 4000


class LogError(ValueError):
    """The log or its map cannot be used; the message is one sentence for the reader."""


@dataclass(frozen=True)
class Column:
    """Where one reading stands, its unit, and the range accepted [in that unit]."""

    name: str
    kind: str
    unit: str
    low: float
    high: float


@dataclass(frozen=True)
class FeedColumns:
    """One feed of the log: its feedstock, amount [m3/d] and, if measured, its solids."""

    name: str
    feedstock: str
    columns: Mapping[str, Column]


@dataclass(frozen=True)
class LogMap:
    """What the TOML map says: the date column, readings, feeds, and the plant as far as it is known."""

    date_column: str
    readings: Mapping[str, Column]
    feeds: tuple[FeedColumns, ...]
    plant: Mapping[str, float | str]


@dataclass(frozen=True)
class Rejected:
    """One value that was not used, as written, and why."""

    day: str
    column: str
    value: str
    reason: str


@dataclass(frozen=True)
class PlantLog:
    """A cleaned log, one entry a calendar day, NaN where nothing usable stands; model units.

    `readings`: name -> (days,); `feeds`: feed name -> amount, total_solids, volatile_solids -> (days,).
    """

    days: tuple[date, ...]
    readings: Mapping[str, Floats]
    feeds: Mapping[str, Mapping[str, Floats]]
    rejected: tuple[Rejected, ...]


def read_map(text: str) -> LogMap:
    """Return the map a TOML text describes.

    Raises:
        LogError: no TOML, no gas or feed, an unknown key, unit or feedstock.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise LogError(f"the map is not valid TOML: {error}") from None
    unknown = sorted(set(table) - {"date", "plant", "feed", *KIND_OF})
    if unknown:
        raise LogError(f"the map has an unknown entry {unknown[0]!r}")
    if not isinstance(table.get("date"), str):
        raise LogError("the map names no date column")
    if "gas" not in table or not isinstance(table.get("feed"), list) or not table["feed"]:
        raise LogError("the map needs a gas column and at least one feed")
    readings = {name: _column(name, kind, table[name]) for name, kind in KIND_OF.items() if name in table}
    return LogMap(
        table["date"], readings, tuple(map(_feed_columns, table["feed"])), _plant(table.get("plant", {}))
    )


def _column(name: str, kind: str, entry: Any) -> Column:
    if not isinstance(entry, dict) or not isinstance(entry.get("column"), str):
        raise LogError(f"the map's {name} needs a column and a unit")
    unit = str(entry.get("unit", ""))
    try:
        scale(kind, unit)
    except UnitError as error:
        raise LogError(f"the map's {name}: {error}") from None
    low, high = (
        entry.get(key, from_model(kind, unit, end))
        for key, end in zip(("low", "high"), POSSIBLE[kind], strict=True)
    )
    if not isinstance(low, int | float) or not isinstance(high, int | float) or not low < high:
        raise LogError(f"the map's {name} needs numbers low < high")
    return Column(entry["column"], kind, unit, float(low), float(high))


def _feed_columns(entry: Any) -> FeedColumns:
    if not isinstance(entry, dict) or "amount" not in entry:
        raise LogError("each feed of the map needs a name, a feedstock and an amount")
    name, code = str(entry.get("name", "")), str(entry.get("feedstock", ""))
    try:
        feedstock(code)
    except FeedstockError as error:
        raise LogError(f"the map's feed {name!r}: {error}") from None
    columns = {
        key: _column(f"{name} {key}", kind, entry[key]) for key, kind in _FEED_KIND.items() if key in entry
    }
    return FeedColumns(name, code, columns)


def _plant(table: Any) -> Mapping[str, float | str]:
    known: dict[str, tuple[type, ...]] = {
        "name": (str,),
        "liquid_m3": (int, float),
        "temperature_c": (int, float),
    }
    if not isinstance(table, dict) or any(not isinstance(v, known.get(k, ())) for k, v in table.items()):
        raise LogError("the map's plant may give a name, liquid_m3 and temperature_c only")
    return dict(table)


def read_log(text: str, log_map: LogMap) -> PlantLog:
    """Return the cleaned log of a CSV text; every value not used is in `rejected` with its reason.

    Raises:
        LogError: no rows, a mapped column is missing, or no row has a date.
    """
    rows = list(csv.DictReader(text.splitlines()))
    if not rows:
        raise LogError("the log has no rows")
    columns = [*log_map.readings.values(), *(c for feed in log_map.feeds for c in feed.columns.values())]
    missing = [name for name in [log_map.date_column, *(c.name for c in columns)] if name not in rows[0]]
    if missing:
        raise LogError(f"the log has no column {missing[0]!r}")
    rejected: list[Rejected] = []
    dated = _by_day(rows, log_map.date_column, rejected)
    days = _calendar(dated)
    series = {column.name: _series(column, days, dated, rejected) for column in columns}
    readings = {name: series[column.name] for name, column in log_map.readings.items()}
    _drop_jumps(log_map.readings["gas"], days, readings["gas"], rejected)
    feeds = {
        feed.name: {key: series[column.name] for key, column in feed.columns.items()}
        for feed in log_map.feeds
    }
    return PlantLog(days, readings, feeds, tuple(rejected))


def _by_day(
    rows: list[dict[str, str]], date_column: str, rejected: list[Rejected]
) -> dict[date, dict[str, str]]:
    dated: dict[date, dict[str, str]] = {}
    for row in rows:
        written = (row[date_column] or "").strip()
        try:
            day = date.fromisoformat(written[:10])
        except ValueError:
            rejected.append(Rejected(written, date_column, written, "not a date like 2020-01-31"))
            continue
        if day in dated:
            rejected.append(Rejected(written, date_column, written, "a second row for the same day"))
            continue
        dated[day] = row
    if not dated:
        raise LogError("no row of the log has a date")
    return dated


def _calendar(dated: Mapping[date, object]) -> tuple[date, ...]:
    first, last = min(dated), max(dated)
    count = (last - first).days + 1
    if count > _MAX_DAYS:
        raise LogError(f"the log spans {count} days; at most {_MAX_DAYS} can be followed")
    return tuple(first + timedelta(days=offset) for offset in range(count))


def _series(
    column: Column, days: tuple[date, ...], dated: Mapping[date, dict[str, str]], rejected: list[Rejected]
) -> Floats:
    values = np.full(len(days), math.nan)
    for place, day in enumerate(days):
        written = (dated[day].get(column.name) or "").strip() if day in dated else ""
        if written.lower() in MISSING:
            continue
        reason = _reason(column, written)
        if reason:
            rejected.append(Rejected(day.isoformat(), column.name, written, reason))
        else:
            values[place] = to_model(column.kind, column.unit, float(written))
    return values


def _reason(column: Column, written: str) -> str:
    """Return why a written value cannot be used, or nothing."""
    try:
        value = float(written)
    except ValueError:
        return "not a number"
    if not math.isfinite(value):
        return "not a number"
    if value < column.low:
        return f"below {column.low:g} {column.unit}"
    return f"above {column.high:g} {column.unit}" if value > column.high else ""


def _drop_jumps(column: Column, days: tuple[date, ...], gas: Floats, rejected: list[Rejected]) -> None:
    """Take out gas that jumps by more than a factor 5 from the week before; only the past decides.

    Two jumps in a row are believed: then it is the plant that changed, not the meter.
    """
    kept: list[float] = []
    doubted = False
    for place in range(len(days)):
        value = float(gas[place])
        if math.isnan(value):
            continue
        usual = float(np.median(kept[-JUMP_WINDOW:])) if len(kept) >= JUMP_WINDOW else value
        jump = value > JUMP_FACTOR * usual or value * JUMP_FACTOR < usual
        if jump and not doubted:
            written = f"{from_model(column.kind, column.unit, value):g}"
            reason = (
                f"more than a factor {JUMP_FACTOR:g} from the median of the {JUMP_WINDOW} readings before"
            )
            rejected.append(Rejected(days[place].isoformat(), column.name, written, reason))
            gas[place] = math.nan
        else:
            kept = [value] if jump else [*kept[-JUMP_WINDOW:], value]
        doubted = jump and not doubted
