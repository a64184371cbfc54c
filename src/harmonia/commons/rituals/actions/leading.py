"""Lead a ritual from step to step; pause it, call it off; say what is on the screen."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from harmonia.commons.journal.states import StateError
from harmonia.commons.people.actions import token_of
from harmonia.commons.people.models import Person
from harmonia.commons.rituals.actions.telling import allow, lock, tell
from harmonia.commons.rituals.errors import Refused
from harmonia.commons.rituals.models import RITUAL, Offering, Passage, Ritual
from harmonia.commons.voice import actions as voice
from harmonia.commons.voice.models import UPGRADE

# Where the facilitator alone may go on; switching over takes a second person and a hand on site.
AHEAD = {
    "announced": "gathering",
    "gathering": "sharing",
    "sharing": "unveiling",
    "unveiling": "choosing",
    "celebrating": "closed",
}


def at_no_step() -> str:
    """Return the sentence for a step that is not possible now."""
    return _("The ritual is not at that step, or somebody was faster. Nothing was changed.")


def step(ritual: Ritual, goal: str, *, by: Person, reason: str = "", at: datetime | None = None) -> None:
    """Take one step of the graph on a locked ritual, keep who and why, tell everybody."""
    old = ritual.state
    try:
        RITUAL.check(old, goal)
    except StateError as error:
        raise Refused(at_no_step()) from error
    when = at or timezone.now()
    joined = ritual.participants.count()
    ritual.paused_from = old if goal == "paused" else ""
    ritual.state, ritual.reason = goal, reason
    ritual.save(update_fields=["state", "paused_from", "reason"])
    Passage.objects.create(
        ritual=ritual, old=old, new=goal, at=when, by=token_of(by), reason=reason, joined=joined
    )
    tell(
        ritual, "moved",
        state=goal, phase=ritual.phase, since=when.isoformat(), reason=reason, joined=joined,
    )  # fmt: skip


@transaction.atomic
def advance(ritual: Ritual, *, by: Person, at: datetime | None = None) -> Ritual:
    """Go on to the next step. Choosing opens the vote where it waits; switching over has actions of its own."""
    allow(by)
    locked = lock(ritual)
    goal = AHEAD.get(locked.state)
    if goal is None:
        raise Refused(at_no_step())
    upgrade = locked.upgrade if goal == "choosing" else None
    if upgrade is not None and "voting" in UPGRADE.steps[upgrade.state]:
        try:
            voice.open_vote(upgrade, by=by, at=at)
        except voice.Refused as refusal:
            raise Refused(str(refusal)) from refusal
    step(locked, goal, by=by, at=at)
    return locked


@transaction.atomic
def count_votes(ritual: Ritual, *, by: Person, at: datetime | None = None) -> Ritual:
    """Close the vote of the ritual and count it, by the voice app's own rule."""
    allow(by)
    locked = lock(ritual)
    if locked.state != "choosing" or locked.upgrade is None:
        raise Refused(at_no_step())
    try:
        voice.close_vote(locked.upgrade, by=by, at=at)
    except voice.Refused as refusal:
        raise Refused(str(refusal)) from refusal
    return locked


@transaction.atomic
def switch_another_day(ritual: Ritual, *, by: Person, reason: str, at: datetime | None = None) -> Ritual:
    """Celebrate without switching over: nothing was chosen, or the plant is not ready. The reason is public."""
    allow(by)
    locked = lock(ritual)
    if locked.state not in ("choosing", "activating"):
        raise Refused(at_no_step())
    step(locked, "celebrating", by=by, reason=required(reason), at=at)
    return locked


@transaction.atomic
def pause(ritual: Ritual, *, by: Person, reason: str, at: datetime | None = None) -> Ritual:
    """Stop for a while, from anywhere; everybody sees why."""
    allow(by)
    locked = lock(ritual)
    step(locked, "paused", by=by, reason=required(reason), at=at)
    return locked


@transaction.atomic
def resume(ritual: Ritual, *, by: Person, at: datetime | None = None) -> Ritual:
    """Go back to where it was."""
    allow(by)
    locked = lock(ritual)
    if locked.state != "paused":
        raise Refused(_("The ritual is not paused. Nothing was changed."))
    step(locked, locked.paused_from, by=by, at=at)
    return locked


@transaction.atomic
def call_off(ritual: Ritual, *, by: Person, reason: str, at: datetime | None = None) -> Ritual:
    """End it before its end; everybody reads why, and calendars strike it out."""
    allow(by)
    locked = lock(ritual)
    step(locked, "called_off", by=by, reason=required(reason), at=at)
    return locked


def required(reason: str) -> str:
    """Return words people will read, on one line; raise Refused where there are none."""
    words = " ".join(reason.split())[:200]
    if not words:
        raise Refused(_("Say it in a few words; everybody reads it. Nothing was changed."))
    return words


@transaction.atomic
def ask(ritual: Ritual, *, by: Person, question: str) -> Ritual:
    """Ask the circle a question."""
    allow(by)
    locked = _running(ritual)
    locked.question = " ".join(question.split())[:200]
    locked.answered = Offering.objects.filter(
        ritual=locked, kind=Offering.Kind.ANSWER, question=locked.question
    ).count()
    locked.save(update_fields=["question", "answered"])
    tell(locked, "asked", question=locked.question, answered=locked.answered)
    return locked


@transaction.atomic
def caption(ritual: Ritual, *, by: Person, words: str) -> Ritual:
    """Write what is being said under the picture, for those who cannot hear it; empty takes it away."""
    allow(by)
    locked = _running(ritual)
    locked.caption = " ".join(words.split())[:200]
    locked.save(update_fields=["caption"])
    tell(locked, "captioned", caption=locked.caption)
    return locked


def _running(ritual: Ritual) -> Ritual:
    locked = lock(ritual)
    if locked.is_over:
        raise Refused(_("This ritual is over. Nothing was changed."))
    return locked
