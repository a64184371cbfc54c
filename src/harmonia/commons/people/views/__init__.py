"""Pages of people."""

from harmonia.commons.people.views.accounts import account, export, invite, join, leave, sign_out
from harmonia.commons.people.views.trust import member_new, member_vouch, members, members_audit

__all__ = [
    "account",
    "export",
    "invite",
    "join",
    "leave",
    "member_new",
    "member_vouch",
    "members",
    "members_audit",
    "sign_out",
]
