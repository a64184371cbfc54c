"""What people type about the plant."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from harmonia.commons.ledger.models import Holder, Substance
from harmonia.commons.nexus.models import Reading
from harmonia.commons.nexus.models.reading import SAFETY, TESTS, UNITS

Batch = tuple[Holder, Substance, int]


def amount(label: Any, unit: str, **more: Any) -> forms.DecimalField:
    """Return a large number field with its unit."""
    attrs = {"data-unit": unit, "inputmode": "decimal", "autocomplete": "off", "size": "6"}
    return forms.DecimalField(
        label=label,
        max_digits=12,
        decimal_places=3,
        localize=True,
        widget=forms.TextInput(attrs=attrs),
        **more,
    )


def tiles_of(label: Any, tiles: list[tuple[str, str]]) -> forms.ChoiceField:
    """Return a choice of one among large tiles, whose words are made for this reader."""
    return forms.ChoiceField(label=label, choices=tiles, widget=forms.RadioSelect)


class FeedForm(forms.Form):
    """Which of the waiting batches went in, and how much of it."""

    batch = forms.ChoiceField()
    kilograms = amount(
        _("How much?"), "kg", required=False, help_text=_("Leave it empty if all of it went in.")
    )

    def __init__(self, *args: Any, batches: list[Batch], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.batches = {f"{point.pk}-{substance.pk}": (point, substance) for point, substance, _g in batches}
        tiles = [(f"{p.pk}-{s.pk}", _tile(p, s, grams)) for p, s, grams in batches]
        self.fields["batch"] = tiles_of(_("What went in?"), tiles)

    def clean_kilograms(self) -> Decimal | None:
        """Refuse what is no weight; how much there is, the action knows."""
        kilograms: Decimal | None = self.cleaned_data["kilograms"]
        if kilograms is not None and kilograms <= 0:
            raise forms.ValidationError(_now("The weight must be more than 0 kg. Nothing was booked."))
        return kilograms


def _tile(point: Holder, substance: Substance, grams: int) -> str:
    kilograms = number_format(Decimal(grams) / 1000, 1, use_l10n=True)
    return format_html('{}<span class="note">{}, {} kg</span>', str(substance), point.name, kilograms)


class ReadingForm(forms.Form):
    """One look at an instrument, or one safety test."""

    kind = forms.ChoiceField()
    value = amount(_("What does it say?"), "", required=False, help_text=_("Leave it empty for a test."))
    passed = forms.TypedChoiceField(
        label=_("Was the test passed?"),
        choices=[("", _("it was no test")), ("yes", _("passed")), ("no", _("not passed"))],
        coerce=lambda word: word == "yes",
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    baseline = forms.BooleanField(label=_("This is a new gas meter; it starts here"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tiles = [(kind.value, _kind(kind)) for kind in Reading.Kind]
        self.fields["kind"] = tiles_of(_("What did you look at?"), tiles)

    def clean(self) -> dict[str, Any]:
        """A test has an outcome, everything else a value."""
        values = super().clean() or {}
        if values.get("kind") in TESTS:
            values["value"] = None
        else:
            values["passed"] = None
        return values


def _kind(kind: Reading.Kind) -> str:
    unit = _now("passed or not") if kind in TESTS else UNITS[kind]
    return format_html('{}<span class="note">{}</span>', kind.label, unit) if unit else str(kind.label)


class BurnForm(forms.Form):
    """How long people cooked."""

    hours = amount(_("For how long did a flame burn?"), "h", min_value=Decimal("0.01"), max_value=1000)


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
