"""The buttons that move an upgrade on: each asks once before it acts."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from harmonia.commons.voice import actions
from harmonia.commons.voice.forms import VoteForm, WithdrawForm
from harmonia.commons.voice.models import UPGRADE, Upgrade

Text = str | Promise


@dataclass(frozen=True)
class Step:
    """One step: who may take it, what is asked, what happens, what is said then."""

    name: str
    goal: str
    permission: str
    act: Callable[..., Upgrade]
    button: Text
    question: Text
    consequence: Text
    done: Text
    form: type[forms.Form] = forms.Form
    gentle: bool = True


STEPS = {
    step.name: step
    for step in (
        Step(
            "open",
            "open",
            "voice.open_vote",
            actions.open_options,
            _("Show the options to everybody"),
            _("Show the options?"),
            _("Everybody can read them. You can still add and remove options until voting opens."),
            _("Everybody can read the options now."),
        ),
        Step(
            "vote",
            "voting",
            "voice.open_vote",
            actions.open_vote,
            _("Open the vote"),
            _("Open the vote?"),
            _(
                "From then on the options, the budget and the rule are frozen, and who may vote is settled."
                " Everybody is told."
            ),
            _("The vote is open, and everybody was told."),
            form=VoteForm,
        ),
        Step(
            "close",
            "decided",
            "voice.open_vote",
            actions.close_vote,
            _("Close the vote and count"),
            _("Close the vote?"),
            _(
                "The ballots are counted by the frozen rule, and the result is published with a reason for each option."
            ),
            _("The vote is closed and counted."),
        ),
        Step(
            "activate",
            "activated",
            "voice.activate_upgrade",
            actions.activate,
            _("Put it into force"),
            _("Put what was chosen into force?"),
            _(
                "The plant gets a new version. Do this when the work is done. It is refused while a safety"
                " reading is old or red."
            ),
            _("It is in force. The page compares before and after as soon as the model has followed."),
        ),
        Step(
            "withdraw",
            "withdrawn",
            "voice.open_vote",
            actions.withdraw,
            _("Withdraw this question"),
            _("Withdraw the question?"),
            _("It cannot come back; you can ask it again as a new one. What was said stays on record."),
            _("The question is withdrawn."),
            form=WithdrawForm,
            gentle=False,
        ),
    )
}


def steps_for(person: Any, upgrade: Upgrade) -> list[Step]:
    """Return the steps this visitor can take now, the most likely first."""
    possible = UPGRADE.steps[upgrade.state]
    if not person.is_authenticated:
        return []
    return [step for step in STEPS.values() if step.goal in possible and person.has_perm(step.permission)]
