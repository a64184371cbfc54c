"""Read one's circles."""

from harmonia.commons.alchemy.models import Circle
from harmonia.commons.people.actions import token_of
from harmonia.commons.people.models import Person
from harmonia.commons.people.queries import people_behind


def circles_of(person: Person) -> list[Circle]:
    """Return the circles a person made, by name."""
    return list(Circle.objects.filter(owner=token_of(person)))


def circles_with(person: Person) -> list[Circle]:
    """Return the circles of others in which a person is."""
    token = token_of(person)
    return list(Circle.objects.filter(members__token=token).exclude(owner=token))


def circle(pk: int, person: Person) -> Circle | None:
    """Return one's own circle."""
    return Circle.objects.filter(pk=pk, owner=token_of(person)).first()


def joined(pk: int, person: Person) -> Circle | None:
    """Return a circle in which a person is, whoever made it."""
    return Circle.objects.filter(pk=pk, members__token=token_of(person)).first()


def people_in(circle: Circle) -> list[Person]:
    """Return who is in a circle, by name."""
    found = people_behind(circle.members.values_list("token", flat=True))
    return sorted(found.values(), key=lambda person: person.name.casefold())
