"""State of the people app."""

from harmonia.commons.people.models.invitation import Invitation
from harmonia.commons.people.models.person import Person
from harmonia.commons.people.models.pseudonym import Pseudonym
from harmonia.commons.people.models.vouch import Vouch

__all__ = ["Invitation", "Person", "Pseudonym", "Vouch"]
