"""What those who called a gathering can do next."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from harmonia.commons.gatherings import actions
from harmonia.commons.gatherings.forms import ChangeForm, OutcomeForm, ReasonForm
from harmonia.commons.gatherings.models import Gathering

Text = str | Promise


@dataclass(frozen=True)
class Step:
    """One step: in which states, what is asked, what happens, what is said then."""

    name: str
    states: tuple[str, ...]
    act: Callable[..., Any]
    button: Text
    question: Text
    consequence: Text
    done: Text
    form: type[forms.Form] = forms.Form


ON = ("called", "open")
STEPS = {
    step.name: step
    for step in (
        Step("open", ("called",), actions.open_doors, _("We are together now"), _("Are people together?"),
             _("The page says that the gathering is on."), _("The gathering is on.")),
        Step("close", ON, actions.close, _("Close it with what was agreed"), _("What was agreed?"),
             _("Every worry and question needs its answer first. What rested may come again."), _("Closed. Thank you."),
             form=OutcomeForm),
        Step("change", ("called",), actions.change, _("Change place, time or bins"), _("Where, when, and which bins?"),
             _("Everybody is told."), _("Changed, and everybody was told."), form=ChangeForm),
        Step("rest", ON, actions.let_rest, _("Let the plant rest"), _("Let the plant rest?"),
             _("Everything that rots is closed at the collection points; the page says which bins take it meanwhile."),
             _("The plant rests. Every collection point says so.")),
        Step("eat", ON, actions.end_rest, _("The plant eats again"), _("Does the plant eat again?"),
             _("People can bring again what this gathering closed."), _("People can bring it again.")),
        Step("call-off", ON, actions.call_off, _("Call it off"), _("Call the gathering off?"),
             _("Everybody is told why. What rested may come again."), _("It is called off."), form=ReasonForm),
    )
}  # fmt: skip


def steps_for(person: Any, gathering: Gathering, *, rests: bool) -> list[Step]:
    """Return the steps this visitor can take now, the most likely first."""
    if not person.is_authenticated or not person.has_perm("gatherings.call_gathering"):
        return []
    hidden = "rest" if rests else "eat"
    return [step for step in STEPS.values() if gathering.state in step.states and step.name != hidden]
