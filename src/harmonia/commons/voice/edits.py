"""What an option may change about the plant: its numbers, with names and units people know."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING, Any

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from harmonia.science.metabolism import PlantEdit


@dataclass(frozen=True)
class Field:
    """A number of the plant: its name and unit for people."""

    label: str | Promise
    unit: str


FIELDS: Mapping[str, Field] = {
    "liquid_m3": Field(gettext_lazy("Room in the digester"), "m³"),
    "headspace_m3": Field(gettext_lazy("Room for gas above the liquid"), "m³"),
    "temperature_c": Field(gettext_lazy("Temperature in the digester"), "°C"),
    "dilution_l_per_kg": Field(gettext_lazy("Water added to each kg of scraps"), "L"),
    "gas_store_m3": Field(gettext_lazy("Room in the gas store"), "m³"),
    "stove_share": Field(gettext_lazy("Share of the kept gas that goes to stoves (0 to 1)"), ""),
}

OPERATIONS: Mapping[str, str | Promise] = {
    "set": gettext_lazy("it becomes"),
    "add": gettext_lazy("it grows by"),
    "multiply": gettext_lazy("it is multiplied by"),
}


def plain(edits: Iterable[Any]) -> list[dict[str, Any]]:
    """Return edits (objects or mappings) as JSON values; raise ValueError for what no plant has."""
    found = []
    for edit in edits:
        values = edit if isinstance(edit, Mapping) else vars(edit)
        name, operation = str(values["field"]), str(values["operation"])
        value = float(values["value"])
        if name not in FIELDS or operation not in OPERATIONS or not isfinite(value):
            raise ValueError(f"no plant has '{name}', or nobody can '{operation}' it by {value}")
        found.append({"field": name, "operation": operation, "value": value})
    return found


def plant_edits(edits: Sequence[Mapping[str, Any]]) -> list["PlantEdit"]:
    """Return stored edits as the science wants them."""
    from harmonia.science.metabolism import PlantEdit

    return [PlantEdit(edit["field"], edit["operation"], edit["value"]) for edit in edits]


def impossible(edits: Sequence[Mapping[str, Any]]) -> str:
    """Return why the plant in force cannot be changed so, "" if it can or there is no plant yet."""
    from harmonia.commons.nexus.queries import plant
    from harmonia.science.metabolism import PlantError, apply_edits

    now = plant()
    if now is None:
        return ""
    try:
        apply_edits(now, plant_edits(edits))
    except PlantError as error:
        return str(error)
    return ""


def sentences(edits: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return edits in words: "Room in the digester: 1 m³ more"."""
    return [_sentence(FIELDS[edit["field"]], edit["operation"], edit["value"]) for edit in edits]


def _sentence(field: Field, operation: str, value: float) -> str:
    unit = "" if operation == "multiply" else field.unit
    number = number_format(f"{abs(value) if operation == 'add' else value:g}", use_l10n=True)
    texts = {
        "set": _("%(what)s: %(value)s from then on"),
        "add": _("%(what)s: %(value)s more") if value >= 0 else _("%(what)s: %(value)s less"),
        "multiply": _("%(what)s: multiplied by %(value)s"),
    }
    return texts[operation] % {"what": field.label, "value": f"{number} {unit}".strip()}
