"""Cast a ballot, or change it: the last one counts."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from harmonia.commons.journal.actions import record
from harmonia.commons.people.models import Person
from harmonia.commons.voice import box, content, papers, queries, roll
from harmonia.commons.voice.actions.moving import lock
from harmonia.commons.voice.content import Content
from harmonia.commons.voice.errors import Refused
from harmonia.commons.voice.models import Upgrade, Voter


def cast(person: Person, upgrade: Upgrade, key: str, said: Content, *, at: datetime | None = None) -> str:
    """Put a ballot in under a ballot key, instead of what lay there under that key; return its seal.

    The roll learns that somebody voted, the box what was said, and nothing stored joins the two. A person whose
    place on the roll is used can only change the ballot whose key they hold.

    Raises Refused for who is not on the roll, for a key that is none, and outside the time of voting.
    """
    with transaction.atomic():
        locked = lock(upgrade)
        check_open(locked, at or timezone.now())
        place = _place(person, locked)
        content.check(locked, said)
        paper = papers.paper_of(locked.pk, key)
        if box.find(locked, paper) is None:
            _use(place)
        sealed = box.put_in(locked, paper, said)
        shaken = box.shake(locked)
        if shaken:  # one event a handful: an event a ballot would be a time stamp on it
            record("voice", "sealed", upgrade=locked.pk, voices=box.papers(locked))
    roll.even_out(upgrade)
    return sealed


def _place(person: Person, upgrade: Upgrade) -> Voter:
    place = roll.place_of(person, upgrade)
    if place is not None:
        return place
    if not person.is_active or person.left_at is not None or not person.has_perm("voice.cast_ballot"):
        raise Refused(_("Only members vote. Nothing was changed."))
    if not person.vouched:
        raise Refused(_("Two members have to vouch for you first. The next vote is yours too."))
    if upgrade.frozen_at is not None and person.joined_at > upgrade.frozen_at:
        raise Refused(_("You joined after this vote opened. The next one is yours too."))
    raise Refused(_("You are not on the roll of this vote. Nothing was changed."))


def _use(place: Voter) -> None:
    taken = Voter.objects.filter(pk=place.pk, voted=False).update(voted=True)
    if not taken:
        raise Refused(
            _(
                "A ballot was cast for you already, with another key. To change it, type that key, or use the"
                " device on which you cast it. Nothing was changed."
            )
        )


def check_open(upgrade: Upgrade, when: datetime) -> None:
    """Raise Refused outside the time of voting."""
    if upgrade.state != "voting":
        raise Refused(_("This vote is not open. Your ballot stays as it was."))
    if upgrade.closes_on is not None and queries.local_day(when) > upgrade.closes_on:
        raise Refused(_("This vote is over. Your ballot stays as it was."))
