"""The edits an upgrade makes to a plant: one number, or one part taken away, by its path."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields, replace
from typing import Any, Literal, TypeVar

from harmonia.science.metabolism.plant import UNITS, Plant
from harmonia.science.metabolism.plant_parts import Limits, PlantError, Tank, numbers_of, optional_numbers_of

Part = TypeVar("Part", Plant, Tank)
Operation = Literal["set", "add", "multiply", "remove"]
OPERATIONS: tuple[Operation, ...] = ("set", "add", "multiply", "remove")
# A part that is not there yet comes with its first number; the others start at their defaults.
FIRST_NUMBER: Mapping[str, str] = {
    "engine": "electric_kw",
    "pasteuriser": "temperature_c",
    "shredder": "speed",
    "starter": "share",
    "separator": "share",
    "composting": "feed_share",
}
_HEADSPACE_SHARE, _USUAL_C = 0.2, 37.0  # of a digester nobody has described further
# Whether a digester takes the overflow of the one before it (1) or stands beside it (0).
IN_SERIES = "in_series"
_IN_SERIES = Limits(0, 1, "")


@dataclass(frozen=True)
class PlantEdit:
    """One change of a plant: set a number, add to it, multiply it by `value`, or remove what `field` names.

    `field` is a path: `gas_store_m3`, `digester.second.liquid_m3`, `pasteuriser.temperature_c`. A number of a
    digester alone (`liquid_m3`, `temperature_c`) means that of the first one. To set
    the first number of a part that is not there installs it: `digester.second.liquid_m3` a digester after the
    last one, `pasteuriser.temperature_c` a pasteuriser. `remove` takes a whole part (`pasteuriser`,
    `digester.second`) or a number that may be left out; its `value` says nothing.
    """

    field: str
    operation: Operation
    value: float


def apply_edits(plant: Plant, edits: Iterable[PlantEdit]) -> Plant:
    """Return the plant after the edits, in order; a starter culture of the plant before is used up.

    Raises:
        PlantError: a path or operation is unknown, or a result is impossible.
    """
    plant = replace(plant, starter=None)
    for edit in edits:
        plant = _apply(plant, edit)
    return plant


def editable(plant: Plant) -> dict[str, tuple[float | None, Limits]]:
    """Return every path an edit may name for this plant -> its value now (None: not there) and its limits."""
    return dict(_paths(plant))


def _paths(plant: Plant) -> Iterator[tuple[str, tuple[float | None, Limits]]]:
    for name, limits in numbers_of(Plant).items():
        yield name, (getattr(plant, name), limits)
    for place, tank in enumerate(plant.digesters):
        for name, limits in numbers_of(Tank).items():
            yield f"digester.{tank.name}.{name}", (getattr(tank, name), limits)
        if place:
            yield f"digester.{tank.name}.{IN_SERIES}", (float(bool(tank.after)), _IN_SERIES)
    yield f"digester.{next_name(plant)}.liquid_m3", (None, numbers_of(Tank)["liquid_m3"])
    for unit, kind in UNITS.items():
        part = getattr(plant, unit)
        for name, limits in numbers_of(kind).items():
            if part is not None or FIRST_NUMBER.get(unit, name) == name:
                yield f"{unit}.{name}", (None if part is None else getattr(part, name), limits)


def next_name(plant: Plant) -> str:
    """Return the name a further digester would get."""
    taken = {tank.name for tank in plant.digesters}
    usual = ("first", "second", "third", "fourth", *(f"digester-{n}" for n in range(5, len(taken) + 6)))
    return next(name for name in usual if name not in taken)


def _with(part: Part, **values: Any) -> Part:
    """Return a part with some values replaced; it checks itself."""
    return replace(part, **values)


def _apply(plant: Plant, edit: PlantEdit) -> Plant:
    if edit.operation not in OPERATIONS:
        raise PlantError(
            "%(operation)r is no way to edit a plant; use %(known)s.",
            operation=edit.operation,
            known=", ".join(OPERATIONS),
        )
    path = edit.field.split(".")
    if path[0] in numbers_of(Tank) and len(path) == 1:
        if not plant.digesters:
            raise PlantError("The plant has no digester, so it has no %(field)s.", field=edit.field)
        path = ["digester", plant.digesters[0].name, *path]
    if path[0] == "digester" and len(path) in (2, 3):
        return _edit_digester(plant, path[1], path[2] if len(path) == 3 else None, edit)
    if path[0] in UNITS and len(path) in (1, 2):
        return _edit_unit(plant, path[0], path[1] if len(path) == 2 else None, edit)
    if len(path) == 1 and path[0] in numbers_of(Plant):
        return _with(plant, **{path[0]: _changed(plant, path[0], edit)})
    raise PlantError(
        "A plant has no number called %(field)r; it has %(known)s.",
        field=edit.field,
        known=", ".join(editable(plant)),
    )


def _changed(part: Any, name: str, edit: PlantEdit) -> float | None:
    """Return a number of a part after an edit; None when one that may be left out is removed."""
    if name not in numbers_of(part):
        raise PlantError(
            "There is no number %(field)r; there are %(known)s.",
            field=edit.field,
            known=", ".join(numbers_of(part)),
        )
    before: float | None = getattr(part, name)
    if edit.operation == "remove":
        if name in optional_numbers_of(part):
            return None
        raise PlantError("%(field)s cannot be left out; set it to another number.", field=edit.field)
    if edit.operation == "set":
        return edit.value
    if before is None:
        raise PlantError("%(field)s is not stated yet, so it can only be set.", field=edit.field)
    return before + edit.value if edit.operation == "add" else before * edit.value


def _edit_unit(plant: Plant, unit: str, name: str | None, edit: PlantEdit) -> Plant:
    part = getattr(plant, unit)
    if name is None:
        if edit.operation != "remove":
            raise PlantError(
                "%(unit)s is a part, not a number; name one of its numbers, or remove it.", unit=unit
            )
        if part is None:
            raise PlantError("The plant has no %(unit)s to remove.", unit=unit)
        return _with(plant, **{unit: None})
    if part is None:
        return _with(plant, **{unit: _installed(unit, name, edit)})
    return _with(plant, **{unit: replace(part, **{name: _changed(part, name, edit)})})


def _installed(unit: str, name: str, edit: PlantEdit) -> Any:
    kind = UNITS[unit]
    if edit.operation not in ("set", "add") or name not in numbers_of(kind):
        raise PlantError(
            "The plant has no %(unit)s, so %(field)s cannot be changed.", unit=unit, field=edit.field
        )
    first = FIRST_NUMBER.get(unit, name)
    if name != first:
        raise PlantError(
            "The plant has no %(unit)s; install it by setting %(unit)s.%(first)s.", unit=unit, first=first
        )
    required = [f.name for f in fields(kind) if f.default is MISSING]
    if any(one != name for one in required):
        raise PlantError("The plant has no %(unit)s; write it into the plant's file.", unit=unit)
    return kind(**{name: edit.value})


def _edit_digester(plant: Plant, tank_name: str, name: str | None, edit: PlantEdit) -> Plant:
    places = [place for place, tank in enumerate(plant.digesters) if tank.name == tank_name]
    if not places:
        return _with_new_digester(plant, tank_name, name, edit)
    place, tanks = places[0], list(plant.digesters)
    tank = tanks[place]
    if name is None:
        return _without(plant, place, edit)
    if name == IN_SERIES:
        return _with(plant, digesters=_connected(tanks, place, edit))
    tanks[place] = _with(tank, **{name: _changed(tank, name, edit)})
    return _with(plant, digesters=tuple(tanks))


def _with_new_digester(plant: Plant, tank_name: str, name: str | None, edit: PlantEdit) -> Plant:
    if name != "liquid_m3" or edit.operation not in ("set", "add"):
        raise PlantError(
            "The plant has no digester %(name)r; install it by setting digester.%(tank)s.liquid_m3.",
            name=tank_name,
            tank=tank_name,
        )
    last = plant.digesters[-1] if plant.digesters else None
    headspace = max(_HEADSPACE_SHARE * edit.value, 0.0001)
    if last is None:
        return _with(plant, digesters=(Tank(tank_name, edit.value, headspace, _USUAL_C),))
    # Built like the one before it, and fed by its overflow.
    loss = last.heat_loss_w_k
    new = replace(
        last,
        name=tank_name,
        liquid_m3=edit.value,
        headspace_m3=headspace,
        after=last.name,
        feed_share=None,
        loss_w_k=None,
        area_m2=None,
        u_w_m2_k=None if loss is None else min(20.0, loss / last.wall_m2),
    )
    return _with(plant, digesters=(*plant.digesters, new))


def _without(plant: Plant, place: int, edit: PlantEdit) -> Plant:
    """Return the plant without a digester; the one that took its overflow takes what it took."""
    gone = plant.digesters[place]
    if edit.operation != "remove":
        raise PlantError(
            "%(field)s is a digester, not a number; name one of its numbers, or remove it.", field=edit.field
        )
    left = [tank for tank in plant.digesters if tank is not gone]
    return _with(
        plant,
        digesters=tuple(_with(tank, after=gone.after) if tank.after == gone.name else tank for tank in left),
    )


def _connected(tanks: list[Tank], place: int, edit: PlantEdit) -> tuple[Tank, ...]:
    if place == 0 or edit.operation != "set" or edit.value not in (0, 1):
        raise PlantError(
            "%(field)s can only be set: 1 takes the overflow of the digester before, 0 does not.",
            field=edit.field,
        )
    tanks[place] = replace(tanks[place], after=tanks[place - 1].name if edit.value else "")
    return tuple(tanks)
