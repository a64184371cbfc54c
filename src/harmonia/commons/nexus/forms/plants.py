"""What a scientist types about the plant itself."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from harmonia.commons.nexus.models import Reading
from harmonia.commons.nexus.models.reading import SAFETY


class PlantForm(forms.Form):
    """A first plant; the fields are those of `science.metabolism.Plant`."""

    name = forms.CharField(label=_("What is it called?"), max_length=60)
    liquid_m3 = forms.FloatField(label=_("Liquid in the digester, m³"), min_value=0.001)
    headspace_m3 = forms.FloatField(label=_("Gas space above it, m³"), min_value=0.0001)
    temperature_c = forms.FloatField(label=_("Temperature, °C"), initial=37, min_value=12, max_value=45)
    dilution_l_per_kg = forms.FloatField(
        label=_("Water added to each kg of feed, litres"), initial=1, min_value=0
    )
    gas_store_m3 = forms.FloatField(label=_("Gas store, m³"), min_value=0)
    stove_share = forms.FloatField(
        label=_("Share of the gas that goes to stoves, 0 to 1"), initial=0.9, min_value=0, max_value=1
    )
    safety = forms.MultipleChoiceField(
        label=_("Which safety readings do you take?"),
        help_text=_(
            "What you require here blocks changes and kitchen gas when it is old or red. Nobody overrides."
        ),
        choices=[(kind.value, kind.label) for kind in SAFETY],
        initial=[kind.value for kind in SAFETY],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


class PlantTextForm(forms.Form):
    """The plant's file, to be written anew."""

    text = forms.CharField(
        label=_("The plant as text"),
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "false", "autocomplete": "off"}),
        max_length=20_000,
        help_text=_(
            "Digesters, heating, gas, compost bays, weather. What it may hold: docs/explanation/plants.md."
        ),
    )
    why = forms.CharField(
        label=_("Why does it change?"), max_length=300, help_text=_("Everybody reads this.")
    )


class SafetyForm(forms.Form):
    """How often a safety reading is required, and from which value on it is red."""

    kind = forms.ChoiceField(
        label=_("Which reading?"), choices=[(k.value, k.label) for k in SAFETY], widget=forms.RadioSelect
    )
    days = forms.IntegerField(
        label=_("At least every how many days?"),
        min_value=1,
        max_value=366,
        required=False,
        help_text=_("Leave it empty if this site no longer requires it."),
    )
    red_from = forms.FloatField(
        label=_("Red from, ppm"), min_value=0.1, required=False, help_text=_("For hydrogen sulphide.")
    )

    def clean(self) -> dict[str, Any]:
        """A limit belongs to hydrogen sulphide, and it needs one."""
        values = super().clean() or {}
        if values.get("kind") != Reading.Kind.H2S:
            values["red_from"] = None
        elif values.get("days") and not values.get("red_from"):
            self.add_error("red_from", _now("Say from which value on it is red. Nothing was changed."))
        return values
