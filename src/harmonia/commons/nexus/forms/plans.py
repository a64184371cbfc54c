"""A feed plan as a table of weights that a scientist can change."""

from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _now

from harmonia.commons.ledger.models import Substance
from harmonia.commons.nexus.models import FeedPlan

MOST_KG = 100_000


class FeedPlanForm(forms.Form):
    """One number a day and material [kg]; an empty cell is nothing."""

    def __init__(self, *args: Any, plan: FeedPlan, materials: list[Substance], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plan, self.materials = plan, materials
        for index in range(plan.days):
            for substance in materials:
                self.fields[self._name(substance, index)] = self._cell(substance, index)

    def _name(self, substance: Substance, index: int) -> str:
        return f"{substance.feedstock}-{index}"

    def _cell(self, substance: Substance, index: int) -> forms.FloatField:
        day = date_format(self.plan.day_of(index), "MONTH_DAY_FORMAT")
        label = _now("%(material)s on %(day)s, kg") % {"material": substance, "day": day}
        attrs = {"aria-label": label, "inputmode": "decimal", "autocomplete": "off", "size": "5"}
        planned = self.plan.feed.get(substance.feedstock, [])
        return forms.FloatField(
            label=label,
            required=False,
            min_value=0,
            max_value=MOST_KG,
            localize=True,
            initial=round(planned[index], 3) if planned else 0.0,
            widget=forms.TextInput(attrs=attrs),
        )

    def rows(self) -> list[tuple[Any, list[Any]]]:
        """Return each day with its cells, as the table shows them."""
        return [
            (self.plan.day_of(index), [self[self._name(substance, index)] for substance in self.materials])
            for index in range(self.plan.days)
        ]

    def feed(self) -> dict[str, list[float]]:
        """Return the weights of a valid form [kg/d by feedstock]."""
        return {
            substance.feedstock: [
                float(self.cleaned_data[self._name(substance, index)] or 0.0)
                for index in range(self.plan.days)
            ]
            for substance in self.materials
        }
