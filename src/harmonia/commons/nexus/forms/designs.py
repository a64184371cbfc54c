"""What a scientist types about what stands around the plant."""

from typing import Any

from django import forms
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

FUELS = (("lpg", _("Bottled gas")), ("natural_gas", _("Natural gas")), ("none", _("Neither")))
FATES = (("landfill", _("It would go to a landfill")), ("nothing", _("It would not")))


class SurroundingsForm(forms.Form):
    """The place of the plant; the fields are those of the model."""

    digestate_store_m3 = forms.FloatField(
        label=_("How much digestate can you store, m³?"), min_value=0, max_value=1e6
    )
    open_months = forms.TypedMultipleChoiceField(
        label=_("In which months may gardens take digestate?"),
        help_text=_("Leave out the closed period of your region."),
        coerce=int,
        choices=list(MONTHS.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    released_m3 = forms.FloatField(
        label=_("How much do they take in each of these months, m³?"), min_value=0, max_value=1e6
    )
    most_loading_kg_vs_m3_d = forms.FloatField(
        label=_("Most volatile solids a day for each m³ of digester, kg"),
        help_text=_("About 2 without a stirrer (Eawag 2014)."),
        min_value=0.05,
        max_value=20,
    )
    least_retention_d = forms.FloatField(
        label=_("Fewest days in the digester"),
        help_text=_("About 30 (Eawag 2014)."),
        min_value=1,
        max_value=1000,
    )
    displaced_fuel = forms.ChoiceField(
        label=_("What do people cook with otherwise?"), choices=FUELS, widget=forms.RadioSelect
    )
    otherwise = forms.ChoiceField(
        label=_("Where would the scraps go without you?"), choices=FATES, widget=forms.RadioSelect
    )
    grid_kg_co2e_kwh = forms.FloatField(
        label=_("Greenhouse gas of a kWh from the grid, kg CO₂e"),
        help_text=_("Leave it empty if you don't know; electricity is then left out."),
        min_value=0,
        max_value=5,
        required=False,
    )
    grid_source = forms.CharField(
        label=_("Who published it, for which year?"), max_length=200, required=False
    )

    def clean(self) -> dict[str, Any]:
        """A factor needs its source."""
        values = super().clean() or {}
        if values.get("grid_kg_co2e_kwh") is not None and not values.get("grid_source"):
            self.add_error("grid_source", _now("A factor needs its source. Nothing was changed."))
        return values
