"""Members give their word for newcomers."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from harmonia.commons.journal.actions import record
from harmonia.commons.people import queries
from harmonia.commons.people.actions.accounts import token_of
from harmonia.commons.people.errors import Refused
from harmonia.commons.people.models import Person, Vouch
from harmonia.commons.people.vouching import VOUCHES_A_YEAR, YEAR_DAYS


@transaction.atomic
def vouch(voucher: Person, newcomer: Person) -> bool:
    """Say that one knows a newcomer; return whether enough members have, so that the newcomer now has a vote.

    Raises Refused for who has no vote themselves, for a child, for oneself, twice, and beyond the cap of a year.
    """
    # The voucher's row is the lock: two words at once cannot both be the last of the year.
    giver = Person.objects.select_for_update().get(pk=voucher.pk)
    locked = Person.objects.select_for_update().get(pk=newcomer.pk)
    _check(giver, locked)
    Vouch.objects.create(newcomer=locked, voucher=giver, at=timezone.now())
    enough = Vouch.objects.filter(newcomer=locked).count() >= queries.vouchers_needed(locked)
    if enough:
        locked.vouched = True
        locked.save(update_fields=["vouched"])
    record("people", "vouched", token=str(token_of(locked)), member=enough)
    return enough


def _check(voucher: Person, newcomer: Person) -> None:
    if not voucher.is_active or not voucher.vouched or voucher.is_minor:
        raise Refused(_("Only members with a vote can vouch for others. Nothing was changed."))
    if voucher.pk == newcomer.pk:
        raise Refused(_("Somebody else has to vouch for you."))
    if newcomer.vouched or not newcomer.is_active:
        raise Refused(_("Nobody needs to vouch for them now. Nothing was changed."))
    if Vouch.objects.filter(newcomer=newcomer, voucher=voucher).exists():
        raise Refused(_("You vouched for them already. One more member has to."))
    since = timezone.now() - timedelta(days=YEAR_DAYS)
    if Vouch.objects.filter(voucher=voucher, at__gte=since).count() >= VOUCHES_A_YEAR:
        text = _("You vouched for %(cap)s people within a year; that is as many as one member can.")
        raise Refused(text % {"cap": VOUCHES_A_YEAR})
