"""What people promise."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from harmonia.commons.covenants import queries
from harmonia.commons.covenants.weeks import WEEK, monday_of, today
from harmonia.commons.ledger.models import Substance


class CovenantForm(forms.Form):
    """What, how much, from when, until when."""

    field_order = ("substance", "kg_week", "since", "until")

    kg_week = forms.DecimalField(
        label=_("How much a week?"),
        help_text=_("A home of three makes about 5 kg of kitchen scraps a week. Promise what lasts."),
        max_digits=6,
        decimal_places=1,
        localize=True,
        widget=forms.TextInput(
            attrs={"data-unit": "kg", "inputmode": "decimal", "autocomplete": "off", "size": "5"}
        ),
        error_messages={"invalid": _("Write the weight as a number, like 2.5.")},
    )
    until = forms.DateField(
        label=_("Until when?"),
        help_text=_("Weeks run from Monday to Sunday; the last one is the week of this day."),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": _("Choose a day.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rots = [substance.pk for substance in queries.what_rots()]
        self.fields["substance"] = forms.ModelChoiceField(
            label=_("What will you bring?"),
            queryset=Substance.objects.filter(pk__in=rots),
            widget=forms.RadioSelect,
            empty_label=None,
            error_messages={"invalid_choice": _("Choose one of the materials that rot.")},
        )
        monday = monday_of(today())
        names = [_("this week"), _("next week"), _("in two weeks")]
        self.fields["since"] = forms.TypedChoiceField(
            label=_("From when?"),
            choices=[
                (
                    n,
                    format_html(
                        '{}<span class="note">{}</span>', name, date_format(monday + n * WEEK, "DATE_FORMAT")
                    ),
                )
                for n, name in enumerate(names)
            ],
            coerce=lambda n: monday + int(n) * WEEK,
            widget=forms.RadioSelect,
            initial=0,
        )
        self.order_fields(self.field_order)
        self.fields["until"].initial = monday + timedelta(days=12 * 7 - 1)
