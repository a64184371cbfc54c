"""Gather a few people to tell things to."""

from django.db import transaction
from django.utils.translation import gettext as _

from harmonia.commons.alchemy.actions import words
from harmonia.commons.alchemy.actions.errors import Refused
from harmonia.commons.alchemy.models import Circle, CircleMember
from harmonia.commons.journal.actions import record
from harmonia.commons.people.actions import token_of
from harmonia.commons.people.models import Person

MOST_PEOPLE = 60
MOST_CIRCLES = 20


@transaction.atomic
def gather(person: Person, name: str) -> Circle:
    """Make a circle with oneself in it."""
    name = words.line(name)
    owner = token_of(person)
    if not 0 < len(name) <= 60 or words.UNPRINTABLE.search(name):
        raise Refused(_("Give the circle a name of at most 60 letters. Nothing was saved."))
    mine = Circle.objects.filter(owner=owner)
    if mine.filter(name=name).exists() or mine.count() >= MOST_CIRCLES:
        raise Refused(_("You have a circle of this name, or twenty already. Nothing was saved."))
    circle = Circle.objects.create(name=name, owner=owner)
    CircleMember.objects.create(circle=circle, token=owner)
    record("alchemy", "circle_changed")
    return circle


@transaction.atomic
def let_in(person: Person, circle: Circle, somebody: Person) -> None:
    """Let somebody into one's own circle: from now on they can read what is for it."""
    _own(person, circle)
    if not somebody.is_active or circle.members.count() >= MOST_PEOPLE:
        raise Refused(_("They cannot join this circle. Nothing was changed."))
    CircleMember.objects.get_or_create(circle=circle, token=token_of(somebody))
    record("alchemy", "circle_changed")


@transaction.atomic
def let_go(person: Person, circle: Circle, somebody: Person) -> None:
    """Take somebody out of one's own circle, or oneself out of another's."""
    if somebody != person or circle.owner == token_of(person):
        _own(person, circle)
    if token_of(somebody) == circle.owner:
        raise Refused(_("The circle is yours: you stay in it. Nothing was changed."))
    circle.members.filter(token=token_of(somebody)).delete()
    record("alchemy", "circle_changed")


def _own(person: Person, circle: Circle) -> None:
    if circle.owner != token_of(person):
        raise Refused(_("Only its owner can change a circle. Nothing was changed."))
