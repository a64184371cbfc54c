"""What an option may change about the plant, in words people know."""

from collections.abc import Iterable, Mapping, Sequence
from math import isfinite
from typing import TYPE_CHECKING, Any

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from harmonia.commons.journal.sentences import in_words
from harmonia.commons.voice.plant_words import Field, field

if TYPE_CHECKING:
    from harmonia.science.metabolism import Plant, PlantEdit


OPERATIONS: Mapping[str, str | Promise] = {
    "set": gettext_lazy("it becomes"),
    "add": gettext_lazy("it grows by"),
    "multiply": gettext_lazy("it is multiplied by"),
    "remove": gettext_lazy("it is taken away"),
}


def plain(edits: Iterable[Any]) -> list[dict[str, Any]]:
    """Return edits (objects or mappings) as JSON values; raise ValueError for what no plant has."""
    found = []
    for edit in edits:
        values = edit if isinstance(edit, Mapping) else vars(edit)
        name, operation = str(values["field"]), str(values["operation"])
        value = float(values["value"])
        if field(name) is None or operation not in OPERATIONS or not isfinite(value):
            raise ValueError(f"no plant has '{name}', or nobody can '{operation}' it by {value}")
        found.append({"field": name, "operation": operation, "value": value})
    return found


def plant_edits(edits: Sequence[Mapping[str, Any]]) -> list["PlantEdit"]:
    """Return stored edits as the science wants them."""
    from harmonia.science.metabolism import PlantEdit

    return [PlantEdit(edit["field"], edit["operation"], edit["value"]) for edit in edits]


def choices(plant: "Plant | None") -> list[tuple[str, str]]:
    """Return the paths an option may change, each with its name and what it is now."""
    from harmonia.science.metabolism import editable, single_digester

    shown = plant or single_digester("", 1.0, 0.2, 37.0)
    alone = f"digester.{shown.digesters[0].name}." if len(shown.digesters) == 1 else None
    offered = []
    for path, (now, _limits) in editable(shown).items():
        # Where there is one digester, nobody needs its name.
        short = path.removeprefix(alone) if alone else path
        named = field(short)
        if named is not None:
            offered.append((short, _with_now(named, now if plant else None)))
    return offered


def _with_now(named: Field, now: float | None) -> str:
    if now is None:
        return f"{named.label} [{named.unit}]" if named.unit else str(named.label)
    words = {"label": named.label, "now": number_format(now, use_l10n=True), "unit": named.unit}
    return str(_("%(label)s, now %(now)s %(unit)s") % words).strip()


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
        return in_words(error)
    return ""


def sentences(edits: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return edits in words: "Room in the digester: 1 m³ more"."""
    return [
        _sentence(field(edit["field"]) or Field(edit["field"]), edit["operation"], edit["value"])
        for edit in edits
    ]


def _sentence(named: Field, operation: str, value: float) -> str:
    unit = "" if operation == "multiply" else named.unit
    number = number_format(f"{abs(value) if operation == 'add' else value:g}", use_l10n=True)
    texts = {
        "set": _("%(what)s: %(value)s from then on"),
        "add": _("%(what)s: %(value)s more") if value >= 0 else _("%(what)s: %(value)s less"),
        "multiply": _("%(what)s: multiplied by %(value)s"),
        "remove": _("%(what)s: taken away"),
    }
    return texts[operation] % {"what": named.label, "value": f"{number} {unit}".strip()}
