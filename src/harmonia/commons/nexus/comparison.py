"""What a change of the plant did: two weeks foreseen before it, and two weeks foreseen after it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from harmonia.commons.nexus.models import PlantVersion, Run
from harmonia.commons.nexus.twin import MEASURES, last_means


@dataclass(frozen=True)
class Change:
    """One measure before and after, with its unit; `low` and `high` bound `after` where known."""

    measure: str
    label: str
    unit: str
    before: float
    after: float
    low: float | None = None
    high: float | None = None


def labels() -> dict[str, tuple[str, str]]:
    """Return name and unit of each measure people compare."""
    return {
        "gas_m3_d": (_("Gas a day"), "m³"),
        "cooking_hours_d": (_("Hours of cooking a day"), "h"),
        "retention_d": (_("Days in the digester"), "d"),
        "loading_kg_vs_m3_d": (_("Solids that rot, per m³ and day"), "kg"),
        "acid_ratio": (_("Acids over buffer"), ""),
        "nitrogen_kg_d": (_("Nitrogen for the soil a day"), "kg"),
        "digestate_kg_d": (_("Digestate a day"), "kg"),
        "compost_kg_d": (_("Compost a day"), "kg"),
        "temperature_c": (_("Temperature in the digester"), "°C"),
        "heat_demand_kwh_d": (_("Heat the plant needs a day"), "kWh"),
        "flared_m3_d": (_("Gas nobody used a day"), "m³"),
        "net_kwh_d": (_("Energy for people a day, less what the plant takes"), "kWh"),
    }


def before_after(version: PlantVersion) -> list[Change]:
    """Return each measure before and after a version came into force; empty until the model has run.

    Both columns are means over the two weeks ahead in the last run of the former and of this version.
    """
    former = Run.objects.filter(version__number=version.number - 1).order_by("id").last()
    latest = Run.objects.filter(version=version).order_by("id").last()
    if former is None or latest is None:
        return []
    before, after = last_means(former.outcome), last_means(latest.outcome)
    return changes(before, after)


def changes(before: dict[str, float], after: dict[str, float]) -> list[Change]:
    """Return the measures people compare, from the two sides of `foresee`.

    What both sides do not have, or what is nothing on both, is left out.
    """
    rows = []
    for measure, (label, unit) in labels().items():
        if not (before.get(measure) or after.get(measure)) or measure not in before or measure not in after:
            continue
        gas = measure == "gas_m3_d"
        low, high = (after["gas_low"], after["gas_high"]) if gas else (None, None)
        rows.append(Change(measure, label, unit, before[measure], after[measure], low, high))
    return rows


__all__ = ["MEASURES", "Change", "before_after", "changes", "labels"]
