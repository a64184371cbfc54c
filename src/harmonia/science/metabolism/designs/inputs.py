"""A community's texts into what a comparison needs: options, place, feed, weather, regimes."""

import csv
import datetime
import io
import math
import tomllib
from collections.abc import Mapping
from dataclasses import fields
from decimal import Decimal
from typing import Any

from harmonia.science.metabolism.designs.draws import FeedLog, WeatherLog
from harmonia.science.metabolism.designs.option import DesignError, Option
from harmonia.science.metabolism.designs.regime import Regime, regime_grid
from harmonia.science.metabolism.designs.site import Site
from harmonia.science.metabolism.plant_edits import OPERATIONS, PlantEdit

MOST_DAYS = 20_000
_SETS = ("needs", "excludes", "substitutes")
_VOTE = ("mandatory", "veto")  # read by who decides, not by the twin
_OPTION = ("name", "cost", "labour_h_week", "power_kwh_d", *_SETS, "edits", "who", "why", *_VOTE)
_EDIT = ("field", "operation", "value")
_REGIMES = ("temperatures_c", "loadings", "stove_shares", "mixes")


def option_from_toml(code: str, text: str) -> Option:
    """Return the option a TOML text describes; its code is the name of its file.

    Keys: `name`, `cost`, `labour_h_week`, `power_kwh_d`, `needs`, `excludes`, `substitutes`, `[[edits]]` with
    `field`, `operation` and `value`; `who` and `why` are for people, `mandatory` and `veto` for the vote, and not read.

    Raises:
        DesignError: the text is no TOML, or a key is missing, unknown or of the wrong kind.
    """
    what = f"Option {code}"
    table = _table(what, text)
    _known(what, table, _OPTION)
    if not isinstance(table.get("name"), str):
        raise DesignError(f"{what} needs a name.")
    edits = table.get("edits", [])
    if not (isinstance(edits, list) and all(isinstance(edit, dict) for edit in edits)):
        raise DesignError(f"{what}: edits are written as [[edits]] with field, operation and value.")
    return Option(
        code,
        table["name"],
        tuple(_edit(what, edit) for edit in edits),
        _cost(what, table.get("cost", 0)),
        _number(what, "labour_h_week", table.get("labour_h_week", 0)),
        _number(what, "power_kwh_d", table.get("power_kwh_d", 0)),
        *(_codes(what, name, table.get(name, [])) for name in _SETS),
    )


def site_from_toml(text: str) -> tuple[Site, Decimal | None]:
    """Return the place a TOML text describes, and the budget in it, if any.

    Keys are the fields of `Site`, and `budget`; what is missing takes its default.

    Raises:
        DesignError: the text is no TOML, or a key is unknown, of the wrong kind or impossible.
    """
    table = _table("The site", text)
    names = tuple(field.name for field in fields(Site))
    _known("The site", table, (*names, "budget"))
    budget = table.pop("budget", None)
    values: dict[str, Any] = {}
    for name, value in table.items():
        if name == "released_m3_month":
            values[name] = _numbers("The site", name, value)
        elif isinstance(getattr(Site(), name), str):
            values[name] = value
        else:
            values[name] = _number("The site", name, value)
    if not isinstance(values.get("grid_source", ""), str):
        raise DesignError("The site: grid_source must be text.")
    return Site(**values), None if budget is None else _cost("The site", budget)


def regimes_from_toml(text: str) -> tuple[Regime, ...]:
    """Return one regime for each combination of `temperatures_c`, `loadings`, `stove_shares` and `[mixes.NAME]`.

    Raises:
        DesignError: the text is no TOML, or a key is missing, unknown or of the wrong kind.
    """
    what = "The regimes"
    table = _table(what, text)
    _known(what, table, _REGIMES)
    mixes = table.get("mixes", {"all": {}})
    if not (isinstance(mixes, dict) and all(isinstance(mix, dict) for mix in mixes.values())):
        raise DesignError(f"{what}: mixes are written as [mixes.NAME] with a share for each feedstock.")
    known = {
        name: {code: _number(what, code, share) for code, share in mix.items()} for name, mix in mixes.items()
    }
    missing = [name for name in _REGIMES[:3] if name not in table]
    if missing:
        raise DesignError(f"{what} lack {missing[0]}.")
    temperatures, loadings, stoves = (_numbers(what, name, table[name]) for name in _REGIMES[:3])
    if len(temperatures) * len(loadings) * len(stoves) * len(known) > 10_000:
        raise DesignError(f"{what} make more than 10,000 combinations.")
    return regime_grid(temperatures, loadings, known, stoves)


def feed_from_csv(text: str) -> FeedLog:
    """Return the feed of a CSV with a column `day` (2026-01-31) and one of kg for each feedstock code.

    A blank cell and a day without a row are 0 kg; two rows of a day are added up.

    Raises:
        DesignError: a column or cell cannot be read, or there is no day.
    """
    header, rows = _rows("The feed", text)
    codes = tuple(sorted(header[1:]))
    days: dict[datetime.date, list[float]] = {}
    for line, row in rows:
        day = _day("The feed", line, row[0])
        found = days.setdefault(day, [0.0] * len(codes))
        for place, code in enumerate(codes):
            cell = row[header.index(code)].strip()
            found[place] += _cell("The feed", line, code, cell) if cell else 0.0
    start, count = _span("The feed", days)
    one = datetime.timedelta(days=1)
    nothing = [0.0] * len(codes)
    return FeedLog(start, codes, tuple(tuple(days.get(start + n * one, nothing)) for n in range(count)))


def ambient_from_csv(text: str) -> WeatherLog:
    """Return the weather of a CSV with columns `day` and `temperature_c`, one row for every day.

    Raises:
        DesignError: a column, cell or day is missing, or there is less than a year.
    """
    what = "The weather"
    header, rows = _rows(what, text)
    if header != ("day", "temperature_c"):
        raise DesignError(f"{what} needs the columns day and temperature_c, and no others.")
    days = {_day(what, line, row[0]): _cell(what, line, header[1], row[1].strip()) for line, row in rows}
    start, count = _span(what, days)
    found = []
    for n in range(count):
        day = start + datetime.timedelta(days=n)
        if day not in days:
            raise DesignError(f"{what} lacks {day}.")
        found.append(days[day])
    return WeatherLog(start, tuple(found))


def _table(what: str, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except (tomllib.TOMLDecodeError, RecursionError, ArithmeticError) as error:
        raise DesignError(f"{what} is not valid TOML: {str(error) or type(error).__name__}.") from None


def _known(what: str, table: Mapping[str, Any], names: tuple[str, ...]) -> None:
    strangers = sorted(set(table) - set(names))
    if strangers:
        raise DesignError(f"{what} has an unknown key {strangers[0]!r}; there are {', '.join(names)}.")


def _number(what: str, name: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise DesignError(f"{what}: {name} must be a number, not {value!r}.")
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise DesignError(f"{what}: {name} must be a finite number, not {value!r}.")
    return number


def _numbers(what: str, name: str, value: object) -> tuple[float, ...]:
    if not isinstance(value, list):
        raise DesignError(f"{what}: {name} must be a list of numbers, not {value!r}.")
    return tuple(_number(what, name, item) for item in value)


def _cost(what: str, value: object) -> Decimal:
    _number(what, "a cost or budget", value)
    return Decimal(str(value))


def _codes(what: str, name: str, value: object) -> frozenset[str]:
    if not (isinstance(value, list) and all(isinstance(code, str) for code in value)):
        raise DesignError(f"{what}: {name} must be a list of option codes, not {value!r}.")
    return frozenset(value)


def _edit(what: str, table: Mapping[str, Any]) -> PlantEdit:
    _known(what, table, _EDIT)
    values = table if table.get("operation") != "remove" else {"value": 0} | dict(table)
    missing = [name for name in _EDIT if name not in values]
    if missing:
        raise DesignError(f"{what}: an edit lacks {missing[0]}.")
    field, operation = values["field"], values["operation"]
    if not isinstance(field, str) or operation not in OPERATIONS:
        raise DesignError(f"{what}: an edit has a field and an operation of {', '.join(OPERATIONS)}.")
    return PlantEdit(field, operation, _number(what, field, values["value"]))


def _rows(what: str, text: str) -> tuple[tuple[str, ...], list[tuple[int, list[str]]]]:
    try:
        rows = [row for row in csv.reader(io.StringIO(text, newline=""), strict=True) if any(row)]
    except csv.Error as error:
        raise DesignError(f"{what} is not a CSV table: {error}.") from None
    header = tuple(name.strip() for name in rows[0]) if rows else ()
    if len(header) < 2 or header[0] != "day" or len(set(header)) != len(header):
        raise DesignError(
            f"{what} needs a first column day and one more column for each series, all different."
        )
    for line, row in enumerate(rows[1:], start=2):
        if len(row) != len(header):
            raise DesignError(f"{what}, row {line}: {len(row)} cells stand under {len(header)} columns.")
    return header, list(enumerate(rows[1:], start=2))


def _day(what: str, line: int, cell: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(cell.strip())
    except ValueError:
        raise DesignError(f"{what}, row {line}: {cell!r} is no day like 2026-01-31.") from None


def _cell(what: str, line: int, name: str, cell: str) -> float:
    try:
        value = float(cell)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise DesignError(f"{what}, row {line}: {name} is {cell!r}, which is no number.")
    return value


def _span(what: str, days: Mapping[datetime.date, object]) -> tuple[datetime.date, int]:
    if not days:
        raise DesignError(f"{what} has no day in it.")
    count = (max(days) - min(days)).days + 1
    if count > MOST_DAYS:
        raise DesignError(f"{what} spans {count} days; at most {MOST_DAYS} are read.")
    return min(days), count
