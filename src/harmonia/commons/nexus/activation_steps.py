"""The steps of a switch-over, each asked once: the question, what follows, and who may take it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from harmonia.commons.nexus import actions
from harmonia.commons.nexus.forms.activations import NothingForm, PressForm, WhyForm

Text = str | Promise


@dataclass(frozen=True)
class Step:
    """One step; `act` takes the switch-over, `by`, and what its form asks for."""

    name: str
    button: Text
    question: Text
    consequence: Text
    done: Text
    act: Callable[..., Any]
    permission: str = "nexus.change_plant"
    form: type[forms.Form] = NothingForm
    gentle: bool = True


STEPS: Mapping[str, Step] = {
    step.name: step
    for step in (
        Step(
            "press",
            _("Call for the switch-over"),
            _("Is everybody ready?"),
            _(
                "It is recorded that you call for it. Nothing moves by itself: a second person, trained and on site, "
                "acts and confirms."
            ),
            _("Called for. Now a second person acts on site and confirms."),
            actions.press,
            permission="nexus.call_activation",
            form=PressForm,
        ),
        Step(
            "confirm",
            _("Confirm: it is done"),
            _("Have you done it on site?"),
            _(
                "You confirm what was done by hand. The changed plant comes into force in the books, and its ramp begins."
            ),
            _("The changed plant is in force. Its ramp begins now."),
            actions.confirm_activation,
        ),
        Step(
            "raise",
            _("Raise the load"),
            _("Raise the load to the next step?"),
            _(
                "Feed this much from tomorrow on. The step lasts two weeks at least; keep reading acids, pH and gas."
            ),
            _("The load is raised. Feed accordingly."),
            actions.raise_load,
        ),
        Step(
            "resume",
            _("Take the ramp up again"),
            _("Take the ramp up again at this load?"),
            _("The load stays as it is, and two weeks count anew."),
            _("Taken up again."),
            actions.resume_ramp,
        ),
        Step(
            "back",
            _("Put the former plant back"),
            _("Put the former plant back into force?"),
            _(
                "Plant and feed plan become the former ones at once. The microbes need longer: the page then says how "
                "they come back."
            ),
            _("The former plant and its feed plan are in force. Follow the way back below."),
            actions.roll_back_activation,
            form=WhyForm,
            gentle=False,
        ),
        Step(
            "call_off",
            _("Call it off"),
            _("Call the switch-over off?"),
            _("Nothing was switched yet, and nothing will be. What was checked stays on record."),
            _("Called off."),
            actions.call_off_activation,
            permission="nexus.call_activation",
            form=WhyForm,
            gentle=False,
        ),
    )
}
