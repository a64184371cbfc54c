"""Read who belongs here."""

from harmonia.commons.people.queries.accounts import (
    by_name,
    export,
    members,
    named,
    open_invitation,
    open_invitations,
    people_behind,
    person_behind,
    with_permission,
)
from harmonia.commons.people.queries.trust import Audit, Member, audit, member_list, vouchers_needed, waiting

__all__ = [
    "Audit",
    "Member",
    "audit",
    "by_name",
    "export",
    "member_list",
    "members",
    "named",
    "open_invitation",
    "open_invitations",
    "people_behind",
    "person_behind",
    "vouchers_needed",
    "waiting",
    "with_permission",
]
