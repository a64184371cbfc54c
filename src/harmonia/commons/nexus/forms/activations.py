"""What people enter on the way of a switch-over; made for a wet thumb."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from harmonia.commons.nexus.decisions import Decision
from harmonia.commons.nexus.forms.fields import amount, tiles_of
from harmonia.commons.nexus.models import PreflightCheck
from harmonia.commons.nexus.models.preflight_check import ATTESTED_H

LONGEST_DAYS = 7


class PrepareForm(forms.Form):
    """What is put into force, and the load its ramp leads to."""

    decision = forms.ChoiceField()
    goal = amount(
        _("Which load shall it reach?"),
        "kg VS/m³/d",
        help_text=_(
            "Volatile solids a day and cubic metre of digester. It rises by half a kilogram a step at most."
        ),
    )

    def __init__(self, *args: Any, decisions: Sequence[Decision], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.decisions = {decision.subject: decision for decision in decisions}
        tiles = [(decision.subject, decision.title) for decision in decisions]
        as_it_is = ("", str(_("The plant stays as it is; only its load rises")))
        self.fields["decision"] = tiles_of(_("What shall come into force?"), [*tiles, as_it_is])
        self.fields["decision"].required = False


class CheckForm(forms.Form):
    """What somebody found at one item of the checklist."""

    item = forms.ChoiceField(choices=PreflightCheck.Item.choices, widget=forms.HiddenInput)
    found = forms.ChoiceField(choices=[(word, word) for word in ("in_order", "not_in_order", "override")])
    reason = forms.CharField(required=False, max_length=300)
    days_ago = forms.IntegerField(required=False, min_value=0, max_value=LONGEST_DAYS)


def days_ago(item: str) -> list[tuple[int, str]]:
    """Return when an item may have been looked at; nothing to choose for what has to be seen now."""
    if ATTESTED_H.get(item, 0) < 48:
        return []
    past = [(n, ngettext("%(n)d day ago", "%(n)d days ago", n) % {"n": n}) for n in range(1, LONGEST_DAYS)]
    return [(0, str(_("today"))), *past]


class NothingForm(forms.Form):
    """A step that asks for nothing but a yes."""


class WhyForm(forms.Form):
    """A step with a reason."""

    why = forms.CharField(label=_("Why?"), max_length=200)


class PressForm(forms.Form):
    """How many press along."""

    crowd = forms.IntegerField(
        label=_("How many people press along?"), min_value=0, max_value=100_000, initial=0
    )
