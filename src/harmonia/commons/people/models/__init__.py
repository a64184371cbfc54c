"""State of the people app."""

from harmonia.commons.people.models.invitation import Invitation
from harmonia.commons.people.models.person import Person
from harmonia.commons.people.models.pseudonym import Pseudonym

__all__ = ["Invitation", "Person", "Pseudonym"]
