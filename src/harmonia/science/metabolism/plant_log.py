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
from harmonia.science.metabolism.meter_faults import jumps, standstills
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
    "ratio": (0.0, 10.0),
}
KIND_OF = {
    "gas": "gas",
    "ph": "ph",
    "temperature": "temperature",
    "methane": "share",
    "acids": "concentration",
    "alkalinity": "concentration",
    "acid_ratio": "ratio",
}
_DIGESTER_KIND = {name: kind for name, kind in KIND_OF.items() if name != "gas"}
_FEED_KIND = {
    "amount": "amount",
    "total_solids": "share",
    "volatile_solids": "share",
    "volatile_solids_fresh": "share",
}
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
    """One feed of the log: its feedstock, amount [m3/d] and, if measured, its solids.

    `total_solids` [kg/kg], `volatile_solids` of them [kg/kg], or `volatile_solids_fresh` of the fresh feed.
    """

    name: str
    feedstock: str
    columns: Mapping[str, Column]


@dataclass(frozen=True)
class LogMap:
    """What the TOML map says: date columns, readings, feeds, and the plant as far as it is known.

    `dates`: one column like 2020-01-31, or three of year, month, day; `digesters`: name -> readings, where
    several digesters share one gas meter.
    """

    dates: tuple[str, ...]
    readings: Mapping[str, Column]
    feeds: tuple[FeedColumns, ...]
    plant: Mapping[str, float | str]
    digesters: Mapping[str, Mapping[str, Column]]


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

    `readings`: name -> (days,), the mean where several digesters are read; `feeds`: feed name -> amount,
    total_solids, volatile_solids -> (days,); `digesters`: digester name -> reading name -> (days,), at least one.
    """

    days: tuple[date, ...]
    readings: Mapping[str, Floats]
    feeds: Mapping[str, Mapping[str, Floats]]
    rejected: tuple[Rejected, ...]
    digesters: Mapping[str, Mapping[str, Floats]]


def read_map(text: str) -> LogMap:
    """Return the map a TOML text describes.

    Raises:
        LogError: no TOML, no gas or feed, an unknown key, unit or feedstock.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise LogError(f"the map is not valid TOML: {error}") from None
    unknown = sorted(set(table) - {"date", "plant", "feed", "digester", *KIND_OF})
    if unknown:
        raise LogError(f"the map has an unknown entry {unknown[0]!r}")
    dates = _date_columns(table.get("date"))
    if "gas" not in table or not isinstance(table.get("feed"), list) or not table["feed"]:
        raise LogError("the map needs a gas column and at least one feed")
    readings = {name: _column(name, kind, table[name]) for name, kind in KIND_OF.items() if name in table}
    feeds = tuple(map(_feed_columns, table["feed"]))
    return LogMap(
        dates, readings, feeds, _plant(table.get("plant", {})), _digesters(table.get("digester", []))
    )


def _date_columns(entry: Any) -> tuple[str, ...]:
    columns = [entry] if isinstance(entry, str) else entry
    if (
        not isinstance(columns, list)
        or len(columns) not in {1, 3}
        or any(not isinstance(c, str) for c in columns)
    ):
        raise LogError("the map names no date column (or three: year, month, day)")
    return tuple(columns)


def _digesters(entries: Any) -> Mapping[str, Mapping[str, Column]]:
    if not isinstance(entries, list) or any(not isinstance(entry, dict) for entry in entries):
        raise LogError("each digester of the map needs a name and its readings")
    found: dict[str, Mapping[str, Column]] = {}
    for entry in entries:
        name = str(entry.get("name", ""))
        strange = sorted(set(entry) - {"name", *_DIGESTER_KIND})
        if not name or name in found or strange:
            raise LogError(
                f"the map's digester {name!r} needs a name of its own and only {', '.join(_DIGESTER_KIND)}"
            )
        found[name] = {
            key: _column(f"{name} {key}", kind, entry[key])
            for key, kind in _DIGESTER_KIND.items()
            if key in entry
        }
    return found


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
    feed_columns = [c for feed in log_map.feeds for c in feed.columns.values()]
    per_digester = [c for own in log_map.digesters.values() for c in own.values()]
    columns = [*log_map.readings.values(), *feed_columns, *per_digester]
    missing = [name for name in [*log_map.dates, *(c.name for c in columns)] if name not in rows[0]]
    if missing:
        raise LogError(f"the log has no column {missing[0]!r}")
    rejected: list[Rejected] = []
    dated = _by_day(rows, log_map.dates, rejected)
    days = _calendar(dated)
    series = {column.name: _series(column, days, dated, rejected) for column in columns}
    readings = {name: series[column.name] for name, column in log_map.readings.items()}
    _drop_faults(log_map.readings["gas"], days, readings["gas"], rejected)
    feeds = {
        feed.name: {key: series[column.name] for key, column in feed.columns.items()}
        for feed in log_map.feeds
    }
    own = {
        digester: {name: series[column.name] for name, column in theirs.items()}
        for digester, theirs in log_map.digesters.items()
    }
    name = str(log_map.plant.get("name", ""))
    shared = {key: values for key, values in readings.items() if key != "gas"}
    return PlantLog(days, readings | _means(own), feeds, tuple(rejected), own or {name: shared})


def _means(digesters: Mapping[str, Mapping[str, Floats]]) -> dict[str, Floats]:
    """Return the mean over digesters of each reading, by day, NaN where none was read."""
    means = {}
    for name in {name for theirs in digesters.values() for name in theirs}:
        series = np.array([theirs[name] for theirs in digesters.values() if name in theirs])
        read = np.isfinite(series)
        total, count = np.where(read, series, 0.0).sum(axis=0), read.sum(axis=0)
        means[name] = np.where(count > 0, total / np.maximum(count, 1), math.nan)
    return means


def _by_day(
    rows: list[dict[str, str]], columns: tuple[str, ...], rejected: list[Rejected]
) -> dict[date, dict[str, str]]:
    dated: dict[date, dict[str, str]] = {}
    label = "-".join(columns)
    for row in rows:
        written = "-".join((row[column] or "").strip() for column in columns)
        day = _day(written, len(columns))
        if day is None:
            rejected.append(Rejected(written, label, written, "not a date like 2020-01-31"))
        elif day in dated:
            rejected.append(Rejected(written, label, written, "a second row for the same day"))
        else:
            dated[day] = row
    if not dated:
        raise LogError("no row of the log has a date")
    return dated


def _day(written: str, columns: int) -> date | None:
    try:
        if columns == 1:
            return date.fromisoformat(written[:10])
        year, month, day = (int(float(part)) for part in written.split("-"))
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None


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


def _drop_faults(column: Column, days: tuple[date, ...], gas: Floats, rejected: list[Rejected]) -> None:
    """Take out what a gas meter shows when it jumps or stands still; only the past decides."""
    for find in (standstills, jumps):
        for place, reason in list(find(gas)):
            written = f"{from_model(column.kind, column.unit, float(gas[place])):g}"
            rejected.append(Rejected(days[place].isoformat(), column.name, written, reason))
            gas[place] = math.nan
