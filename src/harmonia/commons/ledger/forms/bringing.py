"""What people type when they bring something."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from harmonia.commons.ledger import queries
from harmonia.commons.ledger.forms.fields import kilograms as kilogram_field
from harmonia.commons.ledger.models import Container, DropOff, Holder, Substance

SHARES = [(5, _("a little, about 5 %")), (15, _("some, about 15 %")), (40, _("a lot, about 40 %"))]


class PointChoice(forms.ModelChoiceField[Holder]):
    """A collection point with the place it is at."""

    def label_from_instance(self, obj: Any) -> str:
        """Name and place on two lines."""
        return format_html('{}<span class="note">{}</span>', obj.name, obj.where)


class ContainerChoice(forms.ModelChoiceField[Container]):
    """A bucket or bin with what is taken off for it."""

    def label_from_instance(self, obj: Any) -> str:
        """Name and tare on one line."""
        if not obj.tare_g:
            return str(obj)
        weight = number_format(obj.tare_g / 1000, use_l10n=True)
        return _("%(name)s: %(tare)s kg are taken off") % {"name": obj, "tare": weight}


class DropOffForm(forms.Form):
    """A number and three choices; who was here before finds theirs made, and only types the number."""

    kilograms = kilogram_field(
        _("How heavy?"),
        error_messages={"invalid": _("Write the weight as a number, like 2.4. Nothing was booked.")},
    )
    point = PointChoice(
        label=_("Where are you?"),
        queryset=Holder.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={
            "invalid_choice": _("This collection point is not open. Choose another one. Nothing was booked.")
        },
    )
    substance = forms.ModelChoiceField(
        label=_("What is it?"),
        queryset=Substance.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"invalid_choice": _("This material cannot be taken here. Nothing was booked.")},
    )
    container = ContainerChoice(
        label=_("Weighed in something?"),
        queryset=Container.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=_("no, or the scale was set to zero"),
        error_messages={
            "invalid_choice": _("This bucket or bin is no longer in use. Choose another. Nothing was booked.")
        },
    )
    foreign_kind = forms.ChoiceField(
        label=_("Did you see anything that does not belong?"),
        choices=DropOff.Foreign.choices,
        widget=forms.RadioSelect,
        initial=DropOff.Foreign.NONE,
        required=False,
    )
    foreign_percent = forms.TypedChoiceField(
        label=_("How much of it?"), choices=SHARES, coerce=int, initial=5, required=False
    )
    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        closed = queries.closures()
        containers = queries.containers()
        if containers.exists():
            self.fields["container"].queryset = containers  # type: ignore[attr-defined] # a choice field has it
        else:
            del self.fields["container"]
        self.fields["point"].queryset = queries.points()  # type: ignore[attr-defined] # a choice field has it
        self.fields["substance"].queryset = queries.materials().exclude(pk__in=closed)  # type: ignore[attr-defined]

    def clean_kilograms(self) -> Decimal:
        """Leave bounds to the action, which knows the material; only refuse what is no weight."""
        return Decimal(self.cleaned_data["kilograms"])

    def clean(self) -> dict[str, Any]:
        """A bucket with nothing foreign has no share of it."""
        values = super().clean() or {}
        values["foreign_kind"] = values.get("foreign_kind") or DropOff.Foreign.NONE
        clean = values["foreign_kind"] == DropOff.Foreign.NONE
        values["foreign_percent"] = 0 if clean else values.get("foreign_percent") or SHARES[0][0]
        return values
