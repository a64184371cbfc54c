"""Plan an evening, ask tellers, and hear their answer."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from harmonia.commons.alchemy import queries as alchemy
from harmonia.commons.festival.actions.refusals import Refused
from harmonia.commons.festival.models import TURN, Evening, Turn
from harmonia.commons.festival.queries import public_story, teller_of
from harmonia.commons.journal.actions import record
from harmonia.commons.notices.actions import notify
from harmonia.commons.people.actions import token_of
from harmonia.commons.people.models import Person
from harmonia.commons.people.queries import person_behind

LETTERS = "23456789ABCDEFGHJKMNPQRSTWXYZ"  # none looks like another
MOST_TURNS = 100


@transaction.atomic
def plan_evening(person: Person, *, title: str, place: str, at: datetime) -> Evening:
    """Plan an evening. Artists and facilitators only. Raises Refused."""
    _may(person)
    title, place = " ".join(title.split()), " ".join(place.split())
    if not 0 < len(title) <= 120 or not 0 < len(place) <= 120:
        raise Refused(_("Give it a name and a place of at most 120 letters each. Nothing was saved."))
    if at < timezone.now() - timedelta(days=1):
        raise Refused(_("An evening lies ahead; this one is over. Nothing was saved."))
    code = "".join(secrets.choice(LETTERS) for _letter in range(8))
    evening = Evening.objects.create(code=code, title=title, place=place, at=at, by=token_of(person))
    record("festival", "planned", evening=evening.code)
    return evening


@transaction.atomic
def cancel_evening(person: Person, evening: Evening) -> None:
    """Call an evening off. Raises Refused."""
    _may(person)
    if not Evening.objects.filter(pk=evening.pk, cancelled=False).update(cancelled=True):
        raise Refused(_("Somebody else did this a moment ago. Nothing was changed."))
    record("festival", "cancelled", evening=evening.code)


@transaction.atomic
def ask(person: Person, evening: Evening, code: str, *, seconds: int = 60) -> Turn:
    """Ask a story's teller whether it may be shown at an evening; one's own story is offered at once.

    Anybody may offer their own; artists and facilitators may ask for others'. Raises Refused.
    """
    scene = public_story(code)
    own = alchemy.artifact(code, person)
    mine = own is not None and own.is_mine
    if not mine:
        _may(person)
    teller = teller_of(code)
    if scene is None or teller is None:
        raise Refused(_("Only a public story whose teller is still here can be shown. Nothing was saved."))
    if (
        evening.cancelled
        or evening.turns.filter(artifact=code).exists()
        or evening.turns.count() >= MOST_TURNS
    ):
        raise Refused(
            _("This story is on the programme already, or the programme is full. Nothing was changed.")
        )
    last = evening.turns.aggregate(last=Max("place"))["last"] or 0
    turn = Turn.objects.create(
        evening=evening,
        artifact=code,
        teller=token_of(teller),
        place=last + 1,
        seconds=seconds,
        **({"state": "given", "answered_at": timezone.now()} if mine else {}),
    )
    if not mine:
        _tell(teller, evening, scene.thing.title)
    record("festival", "offered" if mine else "asked", evening=evening.code, artifact=code)
    return turn


def _tell(teller: Person, evening: Evening, title: str) -> None:
    values = {"title": title, "evening": evening.title, "place": evening.place}
    notify(
        teller,
        kind="story",
        subject=gettext_lazy("May your story be shown?"),
        text=_("“%(title)s” is wished for at “%(evening)s”, %(place)s. It is shown only if you say yes.")
        % values,
        link=reverse("festival_evening", args=[evening.code]),
    )


@transaction.atomic
def answer(person: Person, turn: Turn, *, yes: bool) -> None:
    """Give or refuse consent; only the teller can, and a yes can become a no until the very evening. Raises Refused."""
    found = Turn.objects.select_for_update().get(pk=turn.pk)
    if person_behind(found.teller) != person:
        raise Refused(_("Only the person who told this story can say yes or no."))
    state = "given" if yes else "refused"
    if state not in TURN.steps[found.state]:
        raise Refused(_("You answered this already. To offer it again, take it off and put it on anew."))
    found.state, found.answered_at = state, timezone.now()
    found.save(update_fields=["state", "answered_at"])
    record("festival", state, evening=found.evening.code, artifact=found.artifact)


@transaction.atomic
def remove(person: Person, turn: Turn) -> None:
    """Take a story off the programme: its teller, or who plans. Raises Refused."""
    if person_behind(turn.teller) != person:
        _may(person)
    evening, artifact = turn.evening, turn.artifact
    turn.delete()
    record("festival", "removed", evening=evening.code, artifact=artifact)


@transaction.atomic
def move(person: Person, turn: Turn, *, earlier: bool) -> None:
    """Let a story and its neighbour in the queue change places. Raises Refused."""
    _may(person)
    turns = list(turn.evening.turns.select_for_update())
    at = next((place for place, other in enumerate(turns) if other.pk == turn.pk), None)
    other = None if at is None else at + (-1 if earlier else 1)
    if at is None or other is None or not 0 <= other < len(turns):
        raise Refused(_("It stands at the end of the queue already."))
    turns[at].place, turns[other].place = turns[other].place, turns[at].place
    Turn.objects.bulk_update([turns[at], turns[other]], ["place"])
    record("festival", "moved", evening=turn.evening.code)


def _may(person: Person) -> None:
    if not person.has_perm("festival.programme"):
        raise Refused(_("Only an artist or a facilitator can plan an evening."))
