"""Whose names are shown to whom."""

from collections.abc import Iterable
from uuid import UUID

from django.contrib.auth.models import AnonymousUser

from harmonia.commons.alchemy.models import Access, Artifact, Picture
from harmonia.commons.people.models import Person
from harmonia.commons.people.queries import people_behind, person_behind

Viewer = Person | AnonymousUser


class Names:
    """Whose name stands behind a pseudonym, asked once for all; minors and the gone have none in public."""

    def __init__(self, makers: Iterable[UUID] = ()) -> None:
        tokens = set(makers)
        found = people_behind(tokens) if tokens else {}
        self._known: dict[UUID, Person | None] = {token: found.get(token) for token in tokens}

    def person(self, token: UUID) -> Person | None:
        """Return who it is, None once they have left."""
        if token not in self._known:
            self._known[token] = person_behind(token)
        return self._known[token]

    def public(self, artifact: Artifact) -> str | None:
        """Return the name that everybody may read."""
        person = self.person(artifact.maker)
        return person.name if person and person.shows_face_publicly and not artifact.by_minor else None

    def shielded(self, artifact: Artifact) -> bool:
        """Whether the maker is, or was when it was made, under 16."""
        person = self.person(artifact.maker)
        return artifact.by_minor or (person is not None and not person.shows_face_publicly)


def may_see(access: str, member: bool, mine: bool) -> bool:
    """Return whether words or pictures of this access are for a viewer."""
    return mine or access == Access.PUBLIC or (member and access == Access.HABITAT)


def may_see_picture(picture: Picture, artifact: Artifact, member: bool, mine: bool, names: Names) -> bool:
    """Return whether a photo is for a viewer; those of the young are for members only."""
    return may_see(picture.access, member, mine) and (member or not names.shielded(artifact))
