"""Plants as small TOML files that a neighbour can read and write."""

import tomllib
from collections.abc import Iterable
from dataclasses import MISSING, fields
from typing import Any

from harmonia.science.metabolism.plant import FIRST, SINGLE, UNITS, Plant
from harmonia.science.metabolism.plant_parts import PlantError, Tank
from harmonia.science.sentences import Sentence

Table = dict[str, Any]
# What a file calls a field whose name Python keeps for itself.
_WRITTEN = {"after": "from"}


def plant_from_toml(text: str) -> Plant:
    """Return the plant a TOML text describes; a flat file of one digester is read as well.

    Raises:
        PlantError: the text is no TOML, a number is missing, unknown or impossible.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PlantError("The plant is not valid TOML: %(error)s.", error=str(error)) from None
    if any(name in table for name in SINGLE):
        table = _with_its_digester(table)
    tanks = table.pop("digester", [])
    if not (isinstance(tanks, list) and all(isinstance(tank, dict) for tank in tanks)):
        raise PlantError("Each digester is a table of its own under [[digester]].")
    units = {name: _unit(name, table.pop(name)) for name in UNITS if name in table}
    own = _arguments(Plant, table, Sentence("The plant"), besides={"digesters", *UNITS})
    return Plant(digesters=tuple(_tank(tank) for tank in tanks), **own, **units)


def _with_its_digester(table: Table) -> Table:
    missing = [name for name in SINGLE if name not in table]
    if "digester" in table:
        raise PlantError("A plant with [[digester]] tables has its digesters' numbers in them alone.")
    if missing:
        raise PlantError("The plant lacks %(missing)s.", missing=missing[0])
    tank = {"name": FIRST} | {name: table[name] for name in SINGLE}
    return {name: value for name, value in table.items() if name not in SINGLE} | {"digester": [tank]}


def _tank(table: Table) -> Tank:
    return Tank(**_arguments(Tank, table, Sentence("Digester %(name)r", name=table.get("name", ""))))


def _unit(name: str, table: object) -> Any:
    if not isinstance(table, dict):
        raise PlantError("%(name)s is a table of its own, [%(name)s].", name=name)
    values = {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}
    return UNITS[name](**_arguments(UNITS[name], values, f"[{name}]"))


def _arguments(kind: type, table: Table, what: str, besides: Iterable[str] = ()) -> Table:
    known = {_WRITTEN.get(f.name, f.name): f for f in fields(kind) if f.name not in set(besides)}
    unknown = sorted(set(table) - set(known))
    if unknown:
        raise PlantError(
            "%(what)s has an unknown %(unknown)s; it may have %(known)s.",
            what=what,
            unknown=unknown[0],
            known=", ".join(known),
        )
    missing = [name for name, f in known.items() if f.default is MISSING and name not in table]
    if missing:
        raise PlantError("%(what)s lacks %(missing)s.", what=what, missing=missing[0])
    return {known[name].name: value for name, value in table.items()}


def plant_to_toml(plant: Plant) -> str:
    """Return the plant as TOML that `plant_from_toml` reads back unchanged."""
    parts = [_lines(plant, besides={"digesters", *UNITS})]
    parts += [["[[digester]]", *_lines(tank)] for tank in plant.digesters]
    parts += [[f"[{name}]", *_lines(part)] for name in UNITS if (part := getattr(plant, name)) is not None]
    return "\n\n".join("\n".join(lines) for lines in parts) + "\n"


def _lines(part: Any, besides: Iterable[str] = ()) -> list[str]:
    """Return a line for each value that is not what it would be anyway; required ones always."""
    lines = []
    for f in fields(part):
        value = getattr(part, f.name)
        if f.name in set(besides) or (value == f.default and f.name not in _ALWAYS):
            continue
        lines.append(f"{_WRITTEN.get(f.name, f.name)} = {_written(value)}")
    return lines


# What people look for in the file first is written even where it is the default.
_ALWAYS = frozenset({"dilution_l_per_kg", "gas_store_m3", "stove_share"})


def _written(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f'"{_escaped(value)}"'
    if isinstance(value, tuple):
        return f"[{', '.join(_written(one) for one in value)}]"
    return repr(float(value))  # type: ignore[arg-type]


def _escaped(name: str) -> str:
    """Write what TOML refuses in a string, control characters above all, as escapes."""
    slashed = name.replace("\\", "\\\\").replace('"', '\\"')
    return "".join(f"\\u{ord(sign):04x}" if ord(sign) < 32 or ord(sign) == 127 else sign for sign in slashed)
