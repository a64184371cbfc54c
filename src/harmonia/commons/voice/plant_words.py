"""What each number and part of a plant is called among people, with its unit."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


@dataclass(frozen=True)
class Field:
    """A number of the plant: its name and unit for people."""

    label: str | Promise
    unit: str = ""


WHOLE: Mapping[str, Field] = {
    "dilution_l_per_kg": Field(gettext_lazy("Water added to each kg of scraps"), "L"),
    "gas_store_m3": Field(gettext_lazy("Room in the gas store"), "m³"),
    "stove_share": Field(gettext_lazy("Share of the kept gas that goes to stoves (0 to 1)")),
    "stove_efficiency": Field(gettext_lazy("Share of a flame's heat that reaches the pot (0 to 1)")),
    "stove_m3_d": Field(gettext_lazy("Most gas the stoves burn in a day"), "m³"),
    "heating.outside_kw": Field(gettext_lazy("Heat from the sun or a neighbour"), "kW"),
    "heating.boiler_kw": Field(gettext_lazy("Heat of a boiler that burns the plant's gas"), "kW"),
    "heating.boiler_efficiency": Field(gettext_lazy("Share of the boiler's gas that becomes heat (0 to 1)")),
    "heating.electric_kw": Field(gettext_lazy("Heat made with electricity"), "kW"),
    "heating.electric_efficiency": Field(
        gettext_lazy("Heat from each kWh of electricity (a heat pump: above 1)"), "kWh"
    ),
    "engine.electric_kw": Field(gettext_lazy("Electric power of the gas engine"), "kW"),
    "engine.share": Field(gettext_lazy("Share of the kept gas that goes to the engine (0 to 1)")),
    "engine.electric_efficiency": Field(
        gettext_lazy("Share of the engine's gas that becomes electricity (0 to 1)")
    ),
    "engine.heat_efficiency": Field(
        gettext_lazy("Share of the engine's gas that becomes useful heat (0 to 1)")
    ),
    "engine.own_kwh_d": Field(gettext_lazy("Electricity the engine itself needs a day"), "kWh"),
    "pasteuriser.temperature_c": Field(gettext_lazy("Temperature of the pasteuriser"), "°C"),
    "pasteuriser.hours": Field(gettext_lazy("Hours in the pasteuriser"), "h"),
    "pasteuriser.heat_recovery": Field(
        gettext_lazy("Share of the pasteuriser's heat that is used again (0 to 1)")
    ),
    "shredder.speed": Field(gettext_lazy("How many times faster shredded scraps break down")),
    "shredder.kwh_per_t": Field(gettext_lazy("Electricity to shred a tonne"), "kWh"),
    "starter.share": Field(
        gettext_lazy("Share of the liquid exchanged for a lively starter culture (0 to 1)")
    ),
    "trace_elements.selenium_mg_kg": Field(gettext_lazy("Selenium added to each kg of scraps"), "mg"),
    "trace_elements.cobalt_mg_kg": Field(gettext_lazy("Cobalt added to each kg of scraps"), "mg"),
    "separator.share": Field(gettext_lazy("Share of the digestate pressed out as solids (0 to 1)")),
    "separator.nitrogen_share": Field(gettext_lazy("Share of its nitrogen in the pressed solids (0 to 1)")),
    "separator.carbon_share": Field(gettext_lazy("Share of its carbon in the pressed solids (0 to 1)")),
    "separator.kwh_per_t": Field(gettext_lazy("Electricity to press a tonne"), "kWh"),
    "composting.feed_share": Field(
        gettext_lazy("Share of what is brought that is composted at once (0 to 1)")
    ),
    "composting.bulking_kg_per_kg": Field(gettext_lazy("Cuttings mixed into each kg for composting"), "kg"),
    "composting.mass_loss": Field(gettext_lazy("Share of the weight lost while composting (0 to 1)")),
    "composting.net_kg_per_kg": Field(gettext_lazy("Sieved compost from each kg brought"), "kg"),
    "composting.days": Field(gettext_lazy("Days a batch is composted"), "d"),
}

TANK: Mapping[str, Field] = {
    "liquid_m3": Field(gettext_lazy("Room in the digester"), "m³"),
    "headspace_m3": Field(gettext_lazy("Room for gas above the liquid"), "m³"),
    "temperature_c": Field(gettext_lazy("Temperature in the digester"), "°C"),
    "feed_share": Field(gettext_lazy("Parts of the scraps that go into the digester")),
    "loss_w_k": Field(gettext_lazy("Heat the digester loses for each degree"), "W"),
    "u_w_m2_k": Field(gettext_lazy("Heat through its wall (lower is better insulated)"), "W/(m² K)"),
    "area_m2": Field(gettext_lazy("Outside surface of the digester"), "m²"),
    "mixing_w_m3": Field(gettext_lazy("Power that mixes each m³"), "W"),
    "in_series": Field(gettext_lazy("Takes the overflow of the digester before it (1 yes, 0 no)")),
}

PARTS: Mapping[str, str | Promise] = {
    "heating": gettext_lazy("Heating"),
    "engine": gettext_lazy("Gas engine"),
    "pasteuriser": gettext_lazy("Pasteuriser"),
    "shredder": gettext_lazy("Shredder"),
    "trace_elements": gettext_lazy("Trace elements"),
    "starter": gettext_lazy("Starter culture"),
    "separator": gettext_lazy("Press for solids"),
    "composting": gettext_lazy("Compost bays"),
    "ambient": gettext_lazy("Weather"),
}


def field(path: str) -> Field | None:
    """Return what a number or part of a plant is called; None for what no plant has."""
    if path in WHOLE:
        return WHOLE[path]
    if path in PARTS:
        return Field(PARTS[path])
    parts = path.split(".")
    if parts[0] == "digester" and len(parts) == 2:
        return Field(_("Digester %(name)s") % {"name": parts[1]})
    if parts[0] == "digester" and len(parts) == 3 and parts[2] in TANK:
        found = TANK[parts[2]]
        return Field(_("%(what)s (%(name)s)") % {"what": found.label, "name": parts[1]}, found.unit)
    # Before a plant could have several digesters, their numbers stood alone.
    return TANK.get(path)
