"""Whose names are shown to whom."""

from collections.abc import Iterable
from uuid import UUID

from harmonia.commons.alchemy.models import Artifact, Viewer
from harmonia.commons.people.models import Person
from harmonia.commons.people.queries import people_behind, person_behind

__all__ = ["Names", "Viewer"]


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

    def credited(self, artifact: Artifact, *, member: bool) -> list[tuple[UUID, str, str]]:
        """Return pseudonym, name and part of those who want to be named and may be, in the order they were asked."""
        shown = []
        for credit in artifact.credits.all():
            person = self.person(credit.token)
            if credit.state != "named" or person is None:
                continue
            young = artifact.by_minor and credit.token == artifact.maker
            if member or (person.shows_face_publicly and not young):
                shown.append((credit.token, person.name, credit.part))
        return shown

    def public(self, artifact: Artifact) -> str | None:
        """Return the name of the teller that everybody may read."""
        named = self.credited(artifact, member=False)
        return next((name for token, name, _part in named if token == artifact.maker), None)

    def shielded(self, artifact: Artifact) -> bool:
        """Whether the maker is, or was when it was made, under 16."""
        person = self.person(artifact.maker)
        return artifact.by_minor or (person is not None and not person.shows_face_publicly)
