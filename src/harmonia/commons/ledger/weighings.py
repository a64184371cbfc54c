"""Read weighed waste from any table: a CSV file and a map that says what its columns mean."""

import csv
import io
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

GRAMS = {"g": Decimal(1), "kg": Decimal(1000), "lb": Decimal("453.59237"), "t": Decimal(1_000_000)}
MOST_G = 5_000_000


class BadTable(Exception):
    """The table or its map cannot be used at all; the message is one sentence."""


@dataclass(frozen=True)
class Weighing:
    """Grams [g] of one substance from one household, with the key under which it is booked once."""

    household: str
    substance: str
    grams: int
    at: datetime
    key: str


@dataclass(frozen=True)
class Rejected:
    """A value that was not booked, and why."""

    line: int
    column: str
    value: str
    reason: str


@dataclass(frozen=True)
class WeighingMap:
    """What the columns of a table mean."""

    source: str
    key: str
    household: str
    day: date
    date_column: str
    point: Mapping[str, str]
    unit: str
    materials: Mapping[str, str]


def read_map(text: str) -> WeighingMap:
    """Read a map. Raises BadTable when it is no TOML or lacks something."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadTable(f"the map is not TOML: {error}") from error
    try:
        found = WeighingMap(
            source=str(table["source"]),
            key=str(table["key"]),
            household=str(table.get("household", table["key"])),
            day=table.get("date", date.min),
            date_column=str(table.get("date_column", "")),
            point={name: str(table["point"][name]) for name in ("code", "name", "where")},
            unit=str(table.get("unit", "kg")),
            materials={str(column): str(code) for column, code in table["materials"].items()},
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise BadTable(f"the map lacks {error}") from error
    if found.unit not in GRAMS:
        raise BadTable(f"the unit '{found.unit}' is unknown; known are {', '.join(GRAMS)}")
    if not found.date_column and (type(found.day) is not date or found.day == date.min):
        raise BadTable("the map needs 'date' (like 2021-03-01, without quotes) or 'date_column'")
    return found


def read_weighings(text: str, chart: WeighingMap) -> tuple[list[Weighing], list[Rejected]]:
    """Read a CSV table; what cannot be booked comes back with its reason, the rest as weighings.

    Raises BadTable when a column that the map names is missing, or the text is no CSV.
    """
    try:
        return _read_rows(csv.DictReader(io.StringIO(text)), chart)
    except csv.Error as error:
        raise BadTable(f"the table is no CSV file: {error}") from error


def _read_rows(reader: "csv.DictReader[str]", chart: WeighingMap) -> tuple[list[Weighing], list[Rejected]]:
    columns = reader.fieldnames or []
    dated = [chart.date_column] if chart.date_column else []
    missing = [c for c in (chart.key, chart.household, *dated, *chart.materials) if c not in columns]
    if missing:
        raise BadTable(f"the table has no column '{missing[0]}'; it has {', '.join(columns[:12])}…")
    good: list[Weighing] = []
    bad: list[Rejected] = []
    seen: set[str] = set()
    for row in reader:
        line = reader.line_num
        key = (row[chart.key] or "").strip()
        if not key or key in seen:
            reason = "the key is empty" if not key else "the key stands in the table twice"
            bad.append(Rejected(line, chart.key, key, reason))
            continue
        seen.add(key)
        for found in _row(row, key, line, chart):
            if isinstance(found, Weighing):
                good.append(found)
            else:
                bad.append(found)
    return good, bad


def _row(row: Mapping[str, Any], key: str, line: int, chart: WeighingMap) -> Iterator[Weighing | Rejected]:
    day = _day(row, chart)
    if day is None:
        yield Rejected(
            line, chart.date_column, str(row[chart.date_column]), "this is no date like 2021-03-01"
        )
        return
    at = datetime.combine(day, time(12), UTC)
    for column, substance in chart.materials.items():
        value = (row[column] or "").strip()
        if value in ("", "0", "NA"):
            continue
        grams = _grams(value, chart.unit)
        if isinstance(grams, str):
            yield Rejected(line, column, value, grams)
        elif grams:
            household = f"{chart.source}-{row[chart.household]}".lower().replace("_", "-").replace(" ", "-")
            yield Weighing(household, substance, grams, at, f"{chart.source}:{key}:{column}")


def _day(row: Mapping[str, Any], chart: WeighingMap) -> date | None:
    if not chart.date_column:
        return chart.day
    try:
        return date.fromisoformat((row[chart.date_column] or "").strip()[:10])
    except ValueError:
        return None


def _grams(value: str, unit: str) -> int | str:
    try:
        grams = Decimal(value) * GRAMS[unit]
    except InvalidOperation:
        return "this is no number"
    if not grams.is_finite() or grams < 0:
        return "a weight cannot be negative or endless"
    if grams > MOST_G:
        return f"more than {MOST_G // 1000} kg from one household at once is not believable"
    return int(grams.to_integral_value())
