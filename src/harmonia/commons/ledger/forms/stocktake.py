"""What people type when they have counted."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from harmonia.commons.ledger.models import Holder, Substance


class CountForm(forms.Form):
    """How much of what is really there, and why that may be."""

    substance = forms.ModelChoiceField(
        label=_("What did you weigh?"),
        queryset=Substance.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
    )
    kilograms = forms.DecimalField(
        label=_("How much is really here?"),
        max_digits=12,
        decimal_places=3,
        min_value=Decimal(0),
        localize=True,
        widget=forms.TextInput(
            attrs={"data-unit": "kg", "inputmode": "decimal", "autocomplete": "off", "size": "6"}
        ),
    )
    reason = forms.CharField(
        label=_("Why may that be?"),
        max_length=200,
        help_text=_("Rain, crows, a leak, a scale that was off. 'Unknown' is an honest reason."),
    )

    def __init__(self, place: Holder, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["substance"]
        field.queryset = Substance.objects.filter(balances__holder=place).distinct()
