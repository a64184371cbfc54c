"""The roll of a vote: who is on it, by pseudonym or household, and who has voted. Never what."""

import hashlib
from collections.abc import Iterable
from uuid import UUID

from django.db import connection
from django.db.models import F

from harmonia.commons.people.actions import token_of
from harmonia.commons.people.models import Person
from harmonia.commons.people.queries import with_permission
from harmonia.commons.voice.models import Age, Per, Upgrade, Voter


def electorate(upgrade: Upgrade | None = None) -> list[Person]:
    """Return the people who may vote today: members with a vote, of the age this vote asks for."""
    found = [person for person in with_permission("voice.cast_ballot") if person.vouched]
    if upgrade is not None and upgrade.age == Age.GROWN:
        found = [person for person in found if not person.is_minor]
    return found


def voter_of(person: Person, upgrade: Upgrade) -> UUID:
    """Return by what the roll knows a person: their pseudonym, or their household's number."""
    return person.home if upgrade.per == Per.HOUSEHOLD else token_of(person)


def write(upgrade: Upgrade) -> list[UUID]:
    """Write the roll at opening; return it in order."""
    voters = sorted({voter_of(person, upgrade) for person in electorate(upgrade)})
    Voter.objects.bulk_create(Voter(upgrade=upgrade, voter=voter) for voter in voters)
    return voters


def sha256(voters: Iterable[UUID]) -> str:
    """Return the hash of a roll: of its random numbers in order, one a line."""
    return hashlib.sha256("".join(f"{voter}\n" for voter in sorted(voters)).encode()).hexdigest()


def place_of(person: Person, upgrade: Upgrade) -> Voter | None:
    """Return somebody's place on the roll, None for who is not on it."""
    if not person.is_active or person.left_at is not None or not person.has_perm("voice.cast_ballot"):
        return None
    if upgrade.age == Age.GROWN and person.is_minor:
        return None
    return Voter.objects.filter(upgrade=upgrade, voter=voter_of(person, upgrade)).first()


def voted(upgrade: Upgrade) -> int:
    """Return how many places on the roll have voted, or hold a paper ballot."""
    return Voter.objects.filter(upgrade=upgrade, voted=True).count()


def even_out(upgrade: Upgrade) -> None:
    """Rewrite every row of a roll in one go, in a transaction of its own.

    PostgreSQL keeps in each row the number of the transaction that wrote it; without this the row of who voted last
    would share that number with the envelope. SQLite keeps no such number.
    """
    if connection.vendor == "postgresql":
        Voter.objects.filter(upgrade=upgrade).update(voted=F("voted"))
