"""Give scales their tokens, know them by it, and take it back."""

import hashlib
import secrets

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from harmonia.commons.journal.actions import record
from harmonia.commons.ledger.errors import Refused
from harmonia.commons.ledger.models import Device, Holder
from harmonia.commons.people.actions import token_of
from harmonia.commons.people.models import Person

PREFIX = "hs_"  # so that scanners for leaked secrets can know one


@transaction.atomic
def issue_device(name: str, point: Holder, by: Person) -> tuple[Device, str]:
    """Return a new device and its token, which nobody can read again."""
    _allowed(by)
    token = PREFIX + secrets.token_urlsafe(32)
    device = Device.objects.create(
        name=name,
        point=point,
        token_sha256=_digest(token),
        issued_at=timezone.now(),
        issued_by=token_of(by),
    )
    record("ledger", "device", device=str(device.recorder), state="issued", point=point.code)
    return device, token


@transaction.atomic
def revoke_device(device: Device, by: Person) -> None:
    """Let a device book nothing from now on."""
    _allowed(by)
    if Device.objects.filter(pk=device.pk, revoked_at=None).update(revoked_at=timezone.now()):
        record("ledger", "device", device=str(device.recorder), state="revoked", point=device.point.code)


def device_of(token: str) -> Device | None:
    """Return the device a token belongs to, None for a revoked or unknown one."""
    # 256 random bits need no salt and no slow hash; the look-up by digest tells nothing by its time.
    return Device.objects.select_related("point").filter(token_sha256=_digest(token), revoked_at=None).first()


def seen(device: Device) -> None:
    """Remember that a device was heard of."""
    Device.objects.filter(pk=device.pk).update(last_used_at=timezone.now())


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _allowed(by: Person) -> None:
    if not by.has_perm("ledger.issue_device"):
        raise Refused(_("Only a facilitator or an architect gives scales their tokens. Nothing was changed."))
