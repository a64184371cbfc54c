"""The six roles as groups, with the permissions each app grants them."""

from collections import defaultdict
from typing import Any

from django.contrib.auth.models import Group, Permission

ROLES = ("resident", "facilitator", "scientist", "artist", "architect", "licensee")

_grants: dict[str, set[str]] = defaultdict(set)


def grant(role: str, *permissions: str) -> None:
    """Say, in `AppConfig.ready`, that a role may do these things (`app.codename`)."""
    if role not in ROLES:
        raise ValueError(f"'{role}' is no role; roles are {', '.join(ROLES)}")
    _grants[role] |= set(permissions)


def synchronise(sender: Any, **_: Any) -> None:
    """Make the groups equal to what the code grants, for the permissions of the app just migrated."""
    for role in ROLES:
        group, _created = Group.objects.get_or_create(name=role)
        label = sender.label
        wanted = {p.partition(".")[2] for p in _grants[role] if p.partition(".")[0] == label}
        found = Permission.objects.filter(content_type__app_label=label, codename__in=wanted)
        if missing := wanted - {p.codename for p in found}:
            raise LookupError(f"role {role} is granted unknown permissions of {label}: {sorted(missing)}")
        group.permissions.remove(*group.permissions.filter(content_type__app_label=label))
        group.permissions.add(*found)
