"""What a scale may say, what people type about scales and containers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from harmonia.commons.ledger import queries
from harmonia.commons.ledger.forms.fields import by_code, kilograms
from harmonia.commons.ledger.models import Container, DropOff, Holder, Substance

MOST_G = 5_000_000


class ApiDropOffForm(forms.Form):
    """One weighing of a scale: `grams` alone, or with a `container` what was shown with it."""

    material = by_code(Substance.objects.all(), _("There is no such material."))
    grams = forms.IntegerField(min_value=1, max_value=MOST_G)
    # Retired ones too: what was weighed with one before is answered when it is sent again.
    container = by_code(Container.objects.all(), _("There is no such container."), required=False)
    household = by_code(
        Holder.objects.filter(kind=Holder.Kind.HOUSEHOLD), _("There is no such household."), required=False
    )
    foreign = forms.ChoiceField(choices=DropOff.Foreign.choices, required=False)
    foreign_percent = forms.IntegerField(min_value=0, max_value=100, required=False)
    at = forms.CharField(required=False, max_length=40)

    def clean(self) -> dict[str, Any]:
        """Take a share only with a kind, and a kind only with a share."""
        values = super().clean() or {}
        kind = values.get("foreign") or DropOff.Foreign.NONE.value
        percent = values.get("foreign_percent") or 0
        if (kind == DropOff.Foreign.NONE) != (percent == 0):
            raise forms.ValidationError(_("foreign and foreign_percent go together."))
        return {**values, "foreign": kind, "foreign_percent": percent}


class DeviceForm(forms.Form):
    """A new scale."""

    name = forms.CharField(label=_("What is it called?"), max_length=80)
    point = forms.ModelChoiceField(
        label=_("Where does it stand?"),
        queryset=Holder.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["point"]
        field.queryset = queries.points()


class ContainerForm(forms.Form):
    """A bucket or bin to take into use."""

    name = forms.CharField(
        label=_("Name"), max_length=80, help_text=_("What stands on it, like 'Green bucket 3'.")
    )
    code = forms.SlugField(
        label=_("Short code"),
        max_length=60,
        help_text=_("For its link and its label: small letters, digits, dashes."),
    )
    tare = kilograms(
        _("What does it weigh empty?"),
        help_text=_("It is taken off every weight. 0 if it never stands on the scale."),
        min_value=0,
        max_value=500,
    )
    capacity = kilograms(_("How much does it take?"), max_value=5000)
    point = forms.ModelChoiceField(
        label=_("Where does it stand?"),
        queryset=Holder.objects.none(),
        required=False,
        empty_label=_("nowhere: it is carried"),
    )
    substance = forms.ModelChoiceField(
        label=_("Only for one material?"),
        queryset=Substance.objects.none(),
        required=False,
        empty_label=_("for any material"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["point"].queryset = queries.points()
        fields["substance"].queryset = queries.materials()
