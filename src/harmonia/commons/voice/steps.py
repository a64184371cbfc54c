"""The buttons that move an upgrade on: each asks once before it acts."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from harmonia.commons.voice import actions, queries
from harmonia.commons.voice.forms import AccountForm, ScheduleForm, SettleForm, VoteForm, WithdrawForm
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
            _("Show the question to everybody"),
            _("Show the question?"),
            _(
                "Everybody can read it, propose options and talk. You can still change options until they are settled."
            ),
            _("Everybody can propose options now."),
        ),
        Step(
            "settle",
            "foreseen",
            "voice.open_vote",
            actions.settle_options,
            _("Settle the options"),
            _("Are the options complete, and foreseen?"),
            _(
                "From then on nobody writes options. Every set that the budget can buy must be foreseen, so that people"
                " know before they choose. You can still go back."
            ),
            _("The options are settled. Say who votes, then open the vote."),
            form=SettleForm,
        ),
        Step(
            "vote",
            "voting",
            "voice.open_vote",
            actions.open_vote,
            _("Open the vote"),
            _("Open the vote?"),
            _(
                "From then on the options, the budget, the rule and the list of who may vote are frozen."
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
            "schedule",
            "scheduled",
            "voice.open_vote",
            actions.schedule,
            _("Set the day"),
            _("On which day is it put into force?"),
            _("Everybody is told the day, and can come."),
            _("The day is set, and everybody was told."),
            form=ScheduleForm,
        ),
        Step(
            "activate",
            "activated",
            "voice.activate_upgrade",
            actions.carry_out,
            _("It is done"),
            _("Is what was chosen done?"),
            _("It changes nothing about the plant, so it needs no switch-over. Everybody is told."),
            _("It is in force, and everybody was told."),
        ),
        Step(
            "account",
            "accounted",
            "voice.activate_upgrade",
            actions.account,
            _("Give account"),
            _("What became of it?"),
            _(
                "What was foreseen is kept beside what the model says since, with your words. Then this cycle is complete."
            ),
            _("The account stands on the page, and everybody was told."),
            form=AccountForm,
        ),
        Step(
            "reopen",
            "open",
            "voice.open_vote",
            actions.open_options,
            _("Back to the options"),
            _("Let people write options again?"),
            _("The comparison has to be made anew if an option changes."),
            _("Everybody can propose options again."),
            gentle=False,
        ),
        Step(
            "unschedule",
            "decided",
            "voice.open_vote",
            actions.unschedule,
            _("Take the day back"),
            _("Take the day back?"),
            _("Set another one as soon as you know it."),
            _("The day is taken back."),
            gentle=False,
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

_FROM = {"open": "drafting", "reopen": "foreseen", "close": "voting", "unschedule": "scheduled"}
"""Two steps may lead to one state; each is offered from its own."""


def steps_for(person: Any, upgrade: Upgrade) -> list[Step]:
    """Return the steps this visitor can take now, the most likely first."""
    if not person.is_authenticated:
        return []
    return [step for step in STEPS.values() if is_next(step, upgrade) and person.has_perm(step.permission)]


def is_next(step: Step, upgrade: Upgrade) -> bool:
    """Return whether a step leads on from here; what changes the plant comes into force by its switch-over alone."""
    if step.name == "activate" and queries.changes_the_plant(upgrade):
        return False
    return step.goal in UPGRADE.steps[upgrade.state] and _FROM.get(step.name, upgrade.state) == upgrade.state
