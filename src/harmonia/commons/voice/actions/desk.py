"""The paper desk: sheets for people without a device, each read and entered by two people."""

import hmac
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from harmonia.commons.journal.actions import record
from harmonia.commons.people.actions import token_of
from harmonia.commons.people.models import Person
from harmonia.commons.voice import box, content, papers, roll
from harmonia.commons.voice.actions.casting import check_open
from harmonia.commons.voice.actions.moving import allow, lock
from harmonia.commons.voice.content import Content
from harmonia.commons.voice.errors import Refused
from harmonia.commons.voice.models import SheetReading, Upgrade, Voter

MOST_SHEETS = 60


def print_sheets(upgrade: Upgrade, *, by: Person, number: int) -> list[str]:
    """Return fresh ballot keys for a pile of blank sheets; nothing is stored, and no sheet is anybody's yet."""
    allow(by, "voice.keep_desk")
    check_open(upgrade, timezone.now())
    if not 1 <= number <= MOST_SHEETS:
        raise Refused(_("Print 1 to %(most)s sheets at a time.") % {"most": MOST_SHEETS})
    return [papers.mint(upgrade.pk) for _sheet in range(number)]


def hand_out(upgrade: Upgrade, person: Person, *, by: Person, at: datetime | None = None) -> None:
    """Note on the roll that somebody took a sheet, any sheet, from the pile; from then on their place is used."""
    allow(by, "voice.keep_desk")
    with transaction.atomic():
        locked = lock(upgrade)
        check_open(locked, at or timezone.now())
        place = roll.place_of(person, locked)
        if place is None:
            raise Refused(_("They are not on the roll of this vote. Nothing was changed."))
        if not Voter.objects.filter(pk=place.pk, voted=False).update(voted=True):
            raise Refused(_("They have a ballot already. Nothing was changed."))
    roll.even_out(upgrade)


def read_sheet(upgrade: Upgrade, key: str, said: Content, *, by: Person, at: datetime | None = None) -> bool:
    """Enter what one reads on a sheet; the second person who reads the same puts it into the box.

    Returns whether it is in the box now. Of the first reading only a seal under the sheet's own key is kept. Raises
    Refused where the two readings differ (both start again), and where more sheets come back than were handed out.
    """
    allow(by, "voice.keep_desk")
    paper = papers.paper_of(upgrade.pk, key)
    with transaction.atomic():
        locked = lock(upgrade)
        check_open(locked, at or timezone.now())
        content.check(locked, said)
        if box.find(locked, paper) is not None:
            raise Refused(_("This sheet is in the box already. Nothing was changed."))
        if box.papers(locked) >= roll.voted(locked):
            raise Refused(
                _(
                    "More sheets come back than people took. Note first who took this one. Nothing was changed."
                )
            )
        first = SheetReading.objects.filter(upgrade=locked, paper=paper).first()
        sealed = papers.seal(key, f"{said.canonical}\n{said.order}")
        if first is None:
            SheetReading.objects.create(upgrade=locked, paper=paper, seal=sealed, by=token_of(by))
            return False
        if first.by == token_of(by):
            raise Refused(_("Somebody else has to read this sheet now. Your reading is kept."))
        first.delete()
        same = hmac.compare_digest(first.seal, sealed)
        if same:
            box.put_in(locked, paper, said)
            if box.shake(locked):
                record("voice", "sealed", upgrade=locked.pk, voices=box.papers(locked))
    if not same:
        raise Refused(
            _("The two of you read different things on this sheet. Look again together; both enter it anew.")
        )
    return True
