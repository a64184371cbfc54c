"""What a ritual can do next: the facilitator's one obvious step, and those that ask first."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from harmonia.commons.rituals import actions
from harmonia.commons.rituals.forms import ReasonForm, SeenForm, WhereAndWhenForm
from harmonia.commons.rituals.models import Ritual
from harmonia.commons.rituals.words import NEXT

Text = str | Promise
LEAD = "rituals.lead_ritual"


@dataclass(frozen=True)
class Step:
    """One step: who may take it, what is asked, what happens, what is said then."""

    name: str
    permission: str
    act: Callable[..., Any]
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
            "next", LEAD, actions.advance, _("Go on"), _("Go on?"),
            _("Everybody in the room sees the next step at once."), _("We go on."),
        ),
        Step(
            "count", LEAD, actions.count_votes, _("Close the vote and count"), _("Close the vote?"),
            _("The ballots are counted by the frozen rule, and the result is published with a reason for each option."),
            _("The vote is closed and counted."),
        ),
        Step(
            "press", LEAD, actions.let_press, _("Let everybody press"), _("Switch the plant over now?"),
            _("Every phone gets a button. Presses are counted; nothing moves by them."), _("Everybody may press now."),
        ),
        Step(
            "call", LEAD, actions.call_for_it, _("Call for the switch-over"), _("Have all pressed who want to?"),
            _("You call for it with everybody who pressed. Somebody else, on site, does it by hand and confirms."),
            _("Called for. Now a scientist on site does it by hand and says so here, signed in as themselves."),
        ),
        Step(
            "act", "nexus.change_plant", actions.act, _("It is done, by hand"), _("Is it done on site?"),
            _("You confirm it with your name. The plant gets its new version and its ramp begins; we celebrate."),
            _("It is done. Thank you."), form=SeenForm,
        ),
        Step(
            "another-day", LEAD, actions.switch_another_day, _("Celebrate without switching over"),
            _("Switch over on another day?"), _("The ritual celebrates what was shared and chosen. The reason is public."),
            _("The plant stays as it is today."), form=ReasonForm,
        ),
        Step(
            "redate", LEAD, actions.move_date, _("Change place or time"), _("Where and when instead?"),
            _("Everybody is told, and calendars follow."), _("Changed, and everybody was told."), form=WhereAndWhenForm,
        ),
        Step(
            "pause", LEAD, actions.pause, _("Pause"), _("Pause for a while?"),
            _("Everybody sees why. You go on where you were."), _("Paused."), form=ReasonForm,
        ),
        Step(
            "resume", LEAD, actions.resume, _("Go on where we were"), _("Go on where we were?"),
            _("Everybody in the room sees it at once."), _("We go on."),
        ),
        Step(
            "call-off", LEAD, actions.call_off, _("Call it off"), _("Call the ritual off?"),
            _("It cannot come back; you can announce a new one. Everybody reads why, and it leaves their calendars."),
            _("The ritual is called off."), form=ReasonForm, gentle=False,
        ),
    )
}  # fmt: skip


def next_step(ritual: Ritual) -> tuple[Step, Text, Text] | None:
    """Return the one obvious step of a ritual with its button and what it does; None where nothing is left."""
    name = _obvious(ritual)
    if name is None:
        return None
    step = STEPS[name]
    button, consequence = NEXT.get(ritual.state, (step.button, step.consequence))
    return step, button, consequence


def _obvious(ritual: Ritual) -> str | None:
    if ritual.state == "choosing":
        return _after_choosing(ritual)
    if ritual.state == "activating":
        return "act" if hasattr(ritual, "activation") else "call"
    known = {"paused": "resume", **dict.fromkeys(NEXT, "next")}
    return known.get(ritual.state)


def _after_choosing(ritual: Ritual) -> str:
    upgrade = ritual.upgrade
    if upgrade is None:
        return "another-day"
    if upgrade.state == "voting":
        return "count"
    chosen = bool((upgrade.decision or {}).get("winners"))
    return "press" if chosen and upgrade.state in ("decided", "scheduled") else "another-day"


def other_steps(person: Any, ritual: Ritual) -> list[Step]:
    """Return what else this visitor can do now, the gentlest first."""
    names = {
        "announced": ["redate", "pause", "call-off"],
        "choosing": ["another-day", "pause", "call-off"],
        "activating": ["another-day", "pause", "call-off"],
        "paused": ["call-off"],
    }.get(ritual.state, [] if ritual.is_over else ["pause", "call-off"])
    obvious = _obvious(ritual)
    return [STEPS[name] for name in names if name != obvious and person.has_perm(STEPS[name].permission)]
