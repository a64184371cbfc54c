"""What people type about a batch on its way to a garden."""

from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from harmonia.commons.ledger import hygiene
from harmonia.commons.ledger.models import UNITS, Balance, Batch, Holder, Measure, Substance
from harmonia.commons.ledger.templatetags.grams import kg


def _number(label: Any, unit: str, **more: Any) -> forms.DecimalField:
    attrs = {"data-unit": unit, "inputmode": "decimal", "autocomplete": "off", "size": "6"}
    widget = forms.TextInput(attrs=attrs)
    return forms.DecimalField(
        label=label, max_digits=12, decimal_places=3, localize=True, widget=widget, **more
    )


class BatchForm(forms.Form):
    """A new, empty batch."""

    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("Like 'Compost of October'."))
    code = forms.SlugField(
        label=_("Short code"), max_length=60, help_text=_("Small letters, digits, dashes.")
    )
    where = forms.CharField(label=_("Where does it lie?"), max_length=120, required=False)


class StepForm(forms.Form):
    """A step of one batch; some need no more than its name."""

    def __init__(self, batch: Batch, *args: Any, **kwargs: Any) -> None:  # noqa: ARG002 - every step is asked alike
        super().__init__(*args, **kwargs)


class _StockForm(StepForm):
    # What lies where and how heavy; the choices are rows of stock.
    stock = forms.ModelChoiceField(
        label=_("What, and from where?"),
        queryset=Balance.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
    )
    kilograms = _number(_("How heavy?"), "kg", min_value=Decimal("0.001"))

    def offer(self, rows: QuerySet[Balance]) -> None:
        """Let people choose among rows of stock that are not used up."""
        field: Any = self.fields["stock"]
        field.queryset = rows.filter(grams__gt=0).select_related("holder", "substance")
        field.label_from_instance = lambda row: format_html(
            '{}<span class="note">{}: {}</span>', row.substance, row.holder.name, kg(row.grams)
        )


class FillForm(_StockForm):
    """What goes into an open batch: from bays, stores and collection points, never from a bed or another batch."""

    def __init__(self, batch: Batch, *args: Any, **kwargs: Any) -> None:
        super().__init__(batch, *args, **kwargs)
        kinds = (Holder.Kind.COMPOST, Holder.Kind.DIGESTATE, Holder.Kind.POINT, Holder.Kind.DIGESTER)
        self.offer(Balance.objects.filter(holder__kind__in=kinds).exclude(substance__code="biogas"))


class SpreadForm(_StockForm):
    """What goes from a released batch to a bed."""

    bed = forms.ModelChoiceField(
        label=_("To which bed?"), queryset=Holder.objects.none(), widget=forms.RadioSelect, empty_label=None
    )

    def __init__(self, batch: Batch, *args: Any, **kwargs: Any) -> None:
        super().__init__(batch, *args, **kwargs)
        self.offer(Balance.objects.filter(holder=batch.holder))
        beds: Any = self.fields["bed"]
        beds.queryset = Holder.objects.filter(kind=Holder.Kind.GARDEN, is_open=True)


class CloseForm(StepForm):
    """By which treatment a batch will be proven."""

    treatment = forms.ChoiceField(label=_("How will it be treated?"), widget=forms.RadioSelect)
    particle_mm = _number(_("How large are the largest pieces?"), "mm", required=False)

    def __init__(self, batch: Batch, *args: Any, **kwargs: Any) -> None:
        super().__init__(batch, *args, **kwargs)
        rules = hygiene.rules_of(batch.rules)
        field: Any = self.fields["treatment"]
        field.required = bool(rules.treatments)
        field.choices = [
            (
                treatment.code,
                format_html(
                    '{}<span class="note">{} °C, {} h</span>',
                    gettext(treatment.name),
                    f"{treatment.min_c:g}",
                    f"{treatment.hours:g}",
                ),
            )
            for treatment in rules.treatments
        ]
        if not rules.treatments:
            del self.fields["treatment"]


class HeatForm(StepForm):
    """One temperature."""

    celsius = _number(_("How hot is it inside?"), "°C", min_value=-40, max_value=110)


class LabForm(StepForm):
    """One number from a laboratory."""

    measure = forms.ChoiceField(
        label=_("What was measured?"),
        choices=lambda: [(m.value, format_html("{} ({})", m.label, UNITS[m])) for m in Measure],
    )
    value = _number(_("What did they find?"), "", min_value=0)
    spread = _number(_("Plus or minus"), "", min_value=0, required=False)
    laboratory = forms.CharField(label=_("Which laboratory?"), max_length=120)


class ReasonForm(StepForm):
    """Why a batch is rejected or called back."""

    reason = forms.CharField(label=_("Why?"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class HygieneForm(forms.Form):
    """The site's hygiene rules."""

    rules = forms.ChoiceField(
        label=_("Which rules does this site follow?"), widget=forms.RadioSelect(attrs={"class": "lines"})
    )
    pasteuriser = forms.BooleanField(label=_("The plant has a pasteuriser"), required=False)
    allowed = forms.MultipleChoiceField(
        label=_("Turned on here, though off by default"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        from harmonia.science.soil import optional_materials, rule_sets

        allowed: Any = self.fields["allowed"]
        allowed.choices = [
            (substance.code, str(substance))
            for substance in Substance.objects.filter(code__in=optional_materials())
        ]
        field: Any = self.fields["rules"]
        field.choices = [
            (
                rules.code,
                format_html(
                    '{}<span class="note">{}, {}</span>',
                    gettext(rules.name),
                    rules.source,
                    date_format(rules.edition),
                ),
            )
            for rules in rule_sets().values()
        ]
