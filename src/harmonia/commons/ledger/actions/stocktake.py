"""Count what is really there; the difference is booked by name and stays a figure."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from harmonia.commons.ledger.actions.booking import Posting, book
from harmonia.commons.ledger.errors import Refused
from harmonia.commons.ledger.models import Action, Holder, Movement, Substance
from harmonia.commons.ledger.queries.stocks import grams_of, holder
from harmonia.commons.ledger.queries.stocktakes import UNEXPLAINED
from harmonia.commons.people.actions import token_of
from harmonia.commons.people.models import Person


@transaction.atomic
def count_stock(
    place: Holder,
    substance: Substance,
    counted_g: int,
    by: Person,
    *,
    reason: str,
    at: datetime | None = None,
) -> Movement | None:
    """Make the books agree with what was counted [g]; return the adjustment, None where they agreed already.

    Raises Refused without the permission, without a reason, and for a place outside the habitat.
    """
    if not by.has_perm("ledger.count_stock"):
        raise Refused(_("Only a facilitator or a scientist counts stock. Nothing was booked."))
    if place.boundary:
        raise Refused(_("What lies outside is not counted. Nothing was booked."))
    words = " ".join(reason.split())
    if not 0 < len(words) <= 200:
        raise Refused(_("Say why they differ, or 'unknown', in at most 200 letters. Nothing was booked."))
    if counted_g < 0:
        raise Refused(_("There cannot be less than nothing. Nothing was booked."))
    more = counted_g - grams_of(place, substance)
    if more == 0:
        return None
    postings = [Posting(place, substance, more), Posting(holder(UNEXPLAINED), substance, -more)]
    action = Action.RAISE if more > 0 else Action.LOWER
    return book(action, postings, recorder=token_of(by), at=at, note=words)
