"""Stock and promises as tables: what there is to feed, and what is promised for which day."""

import csv
import math
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from harmonia.cli.errors import BadInput
from harmonia.cli.files import read_text

if TYPE_CHECKING:
    from harmonia.science.metabolism import Supply

Row = dict[str, str]
_MOST_MB = 5
_MOST_KG = 1e7


def read_supplies(stock: Path | None, promises: Path | None, days: int) -> "tuple[Supply, ...]":
    """Return what two tables give for so many days.

    Stock: `feedstock,kg[,shelf_life_d]`. Promises: `feedstock,kg_week[,first_day,last_day]`, spread evenly over the
    week, or `feedstock,day,kg`; days count from 1; both may have `shelf_life_d`.

    Raises:
        BadInput: a file cannot be read, a heading is missing, or a number makes no sense.
    """
    from harmonia.science.metabolism import Supply

    in_stock: dict[str, float] = {}
    arriving: dict[str, list[float]] = {}
    keeps: dict[str, float] = {}
    for where, row in _rows(stock, ("feedstock", "kg")):
        code = row["feedstock"]
        in_stock[code] = in_stock.get(code, 0.0) + _number(where, row, "kg")
        _note_shelf_life(where, row, keeps)
    for where, row in _rows(promises, ("feedstock",)):
        code = row["feedstock"]
        daily = arriving.setdefault(code, [0.0] * days)
        for day, kilograms in _promised(where, row, days):
            daily[day] += kilograms
        _note_shelf_life(where, row, keeps)
    codes = sorted(set(in_stock) | set(arriving))
    none = (0.0,) * days
    return tuple(
        Supply(code, in_stock.get(code, 0.0), tuple(arriving.get(code, none)), keeps.get(code))
        for code in codes
    )


def _rows(path: Path | None, needed: tuple[str, ...]) -> Iterable[tuple[str, Row]]:
    """Yield each row with "FILE, line N" for messages."""
    if path is None:
        return
    lines = read_text(path, most_mb=_MOST_MB).splitlines()
    reader = csv.DictReader(lines, restkey="more", restval="")
    headings = [heading.strip() for heading in reader.fieldnames or []]
    missing = [name for name in needed if name not in headings]
    if missing:
        raise BadInput(f"{path} needs the column {missing[0]}; it has {', '.join(headings) or 'none'}.")
    try:
        for row in reader:
            if "more" in row:
                raise BadInput(f"{path}, line {reader.line_num} has more cells than headings.")
            yield (
                f"{path}, line {reader.line_num}",
                {key.strip(): value.strip() for key, value in row.items()},
            )
    except csv.Error as error:
        raise BadInput(f"{path} is no CSV file: {error}.") from None


def _promised(where: str, row: Row, days: int) -> Iterable[tuple[int, float]]:
    """Yield day (from 0) and kilograms of one promise."""
    if row.get("kg_week"):
        first = _day(where, row, "first_day", 1) if row.get("first_day") else 1
        last = _day(where, row, "last_day", first) if row.get("last_day") else days
        per_day = _number(where, row, "kg_week") / 7
        for day in range(first, min(last, days) + 1):
            yield day - 1, per_day
        return
    if not (row.get("day") and row.get("kg")):
        raise BadInput(f"{where} promises neither kg_week nor a day with its kg.")
    day = _day(where, row, "day", 1)
    if day <= days:
        yield day - 1, _number(where, row, "kg")


def _day(where: str, row: Row, name: str, least: int) -> int:
    try:
        day = int(row[name])
    except ValueError:
        day = least - 1
    if day < least:
        raise BadInput(f"{where} gives {name} as {row[name]!r}; it must be a whole number from {least} on.")
    return day


def _number(where: str, row: Mapping[str, str], name: str) -> float:
    try:
        value = float(row[name])
    except ValueError:
        value = math.nan
    if not 0 <= value <= _MOST_KG:
        raise BadInput(
            f"{where} gives {name} as {row[name]!r}; it must be a number of kg from 0 to 10,000,000."
        )
    return value


def _note_shelf_life(where: str, row: Row, keeps: dict[str, float]) -> None:
    if not row.get("shelf_life_d"):
        return
    try:
        days = float(row["shelf_life_d"])
    except ValueError:
        days = math.nan
    if not days >= 1:
        raise BadInput(f"{where} gives shelf_life_d as {row['shelf_life_d']!r}; it must be one day or more.")
    code = row["feedstock"]
    keeps[code] = min(days, keeps.get(code, days))
