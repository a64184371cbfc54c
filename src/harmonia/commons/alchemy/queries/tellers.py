"""Who told a story, for those who must ask them."""

from harmonia.commons.alchemy.models import Artifact
from harmonia.commons.people.models import Person
from harmonia.commons.people.queries import person_behind


def teller(code: str) -> Person | None:
    """Return who made a thing and told its story; nobody once they have left."""
    token = Artifact.objects.filter(code=code).values_list("maker", flat=True).first()
    return None if token is None else person_behind(token)
