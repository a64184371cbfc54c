"""Send the cloth on tour."""

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from harmonia.commons.journal.actions import record
from harmonia.commons.people.actions import token_of
from harmonia.commons.people.models import Person
from harmonia.commons.tapestry.actions.replying import Refused
from harmonia.commons.tapestry.codes import new_code
from harmonia.commons.tapestry.models import Stop

LONGEST = timedelta(days=366)


@transaction.atomic
def plan_stop(person: Person, *, place: str, first_day: date, last_day: date, words: str = "") -> Stop:
    """Say where the cloth hangs from which day to which. Artists and facilitators only.

    Raises Refused.
    """
    _may(person)
    place = " ".join(place.split())
    if not 0 < len(place) <= 120 or len(words) > 600:
        raise Refused(
            _("Say the place in at most 120 letters, and the rest in at most 600. Nothing was saved.")
        )
    if not first_day <= last_day <= first_day + LONGEST:
        raise Refused(_("The last day comes after the first, at most a year later. Nothing was saved."))
    stop = Stop.objects.create(
        code=new_code(),
        place=place,
        words=words.strip(),
        first_day=first_day,
        last_day=last_day,
        by=token_of(person),
    )
    record("tapestry", "stop_planned", stop=stop.code)
    return stop


@transaction.atomic
def cancel_stop(person: Person, stop: Stop) -> None:
    """Take a stop off the tour; what visitors wrote there stays as it is. Raises Refused."""
    _may(person)
    if not Stop.objects.filter(pk=stop.pk, cancelled=False).update(cancelled=True):
        raise Refused(_("Somebody else did this a moment ago. Nothing was changed."))
    record("tapestry", "stop_cancelled", stop=stop.code)


def _may(person: Person) -> None:
    if not person.has_perm("tapestry.exhibit"):
        raise Refused(_("Only an artist or a facilitator can send the cloth on tour."))
