"""What changes who belongs here."""

from harmonia.commons.people.actions.accounts import (
    enrol,
    enrol_without_device,
    give_roles,
    invite,
    join,
    leave,
    rename,
    token_of,
)
from harmonia.commons.people.actions.vouching import vouch
from harmonia.commons.people.errors import Refused

__all__ = [
    "Refused",
    "enrol",
    "enrol_without_device",
    "give_roles",
    "invite",
    "join",
    "leave",
    "rename",
    "token_of",
    "vouch",
]
