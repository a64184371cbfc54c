"""Read accounts, invitations and pseudonyms."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from harmonia.commons.people.models import Invitation, Person, Pseudonym


def export(person: Person) -> dict[str, Any]:
    """Return what this app knows about a person."""
    return {
        "name": person.name,
        "email": person.email,
        "language": person.language,
        "roles": sorted(person.groups.values_list("name", flat=True)),
        "joined_at": person.joined_at.isoformat(),
        "guardian": person.guardian.name if person.guardian else None,
        "has_a_vote": person.vouched,
        "household": str(person.home),
        "vouched_for_by": [str(given.voucher) for given in person.vouchers.select_related("voucher")],
        "vouched_for": [str(given.newcomer) for given in person.vouches.select_related("newcomer")],
        "pseudonym": [
            str(token) for token in Pseudonym.objects.filter(person=person).values_list("token", flat=True)
        ],
        "open_invitations": Invitation.objects.filter(host=person, used_at__isnull=True).count(),
    }


def open_invitation(code: str) -> Invitation | None:
    """Return the invitation behind a link while it can still be used."""
    found = Invitation.objects.filter(code=code).first()
    return found if found and found.is_open else None


def open_invitations(host: Person) -> list[Invitation]:
    """Return the links a person made that nobody has used yet."""
    return [
        i for i in Invitation.objects.filter(host=host, used_at__isnull=True).order_by("-id") if i.is_open
    ]


def person_behind(token: UUID) -> Person | None:
    """Return who a pseudonym stands for; nobody once they have left."""
    found = Pseudonym.objects.filter(token=token).select_related("person").first()
    return found.person if found else None


def people_behind(tokens: Iterable[UUID]) -> dict[UUID, Person]:
    """Return who these pseudonyms stand for, in one question; those who left are not in it."""
    found = Pseudonym.objects.filter(token__in=set(tokens)).select_related("person")
    return {pseudonym.token: pseudonym.person for pseudonym in found}


def members() -> int:
    """Return how many people belong here today."""
    return Person.objects.filter(is_active=True, left_at__isnull=True).count()


def with_permission(permission: str) -> list[Person]:
    """Return the active people whose role allows something (`app.codename`)."""
    app, _, codename = permission.partition(".")
    wanted = {"groups__permissions__content_type__app_label": app, "groups__permissions__codename": codename}
    return list(Person.objects.filter(is_active=True, **wanted).distinct().order_by("id"))


def by_name(besides: Person | None = None) -> list[Person]:
    """Return who belongs here today, by name; members know each other's names."""
    found = Person.objects.filter(is_active=True, left_at__isnull=True)
    others = [person for person in found if besides is None or person.pk != besides.pk]
    return sorted(others, key=lambda person: person.name.casefold())


def named(name: str) -> list[Person]:
    """Return the people here who chose this name, whatever its case."""
    return list(Person.objects.filter(name__iexact=name.strip(), is_active=True, left_at__isnull=True)[:2])
