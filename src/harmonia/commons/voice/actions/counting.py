"""Close the vote: count by the frozen rule, seal the log, publish."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from harmonia.commons.journal.actions import record
from harmonia.commons.people.models import Person
from harmonia.commons.voice import announce, box, bundles, count, logbook, queries, roll
from harmonia.commons.voice.actions.moving import allow, lock, step
from harmonia.commons.voice.actions.running import choose_soon
from harmonia.commons.voice.errors import Refused
from harmonia.commons.voice.models import SheetReading, Upgrade
from harmonia.commons.voice.result import result


@transaction.atomic
def close_vote(upgrade: Upgrade, *, by: Person, at: datetime | None = None) -> Upgrade:
    """Count by the frozen rule and keep the decision with a reason for each option.

    Refused before the promised last day, while a paper ballot was read once only, and should the box hold more
    ballots than the roll has handed out.
    """
    allow(by, "voice.open_vote")
    locked = lock(upgrade)
    when = at or timezone.now()
    step(locked, "decided")
    _check_may_close(locked, when)
    box.shake(locked, last=True)
    counted = count.count(locked)
    logbook.close_log(locked, bundles.published(counted), bundles.bound(locked, counted))
    _keep(locked, counted, when)
    choose_soon(locked)
    announce.vote_closed(locked, at=at)
    winners = list(counted.data["winners"])
    record("voice", "decided", upgrade=locked.pk, winners=winners, voices=box.papers(locked))
    return locked


def _check_may_close(upgrade: Upgrade, when: datetime) -> None:
    if upgrade.closes_on is not None and queries.local_day(when) <= upgrade.closes_on:
        text = _("People were told they can vote until %(day)s. Close it after that day.")
        raise Refused(text % {"day": queries.day_in_words(upgrade.closes_on)})
    if SheetReading.objects.filter(upgrade=upgrade).exists():
        raise Refused(
            _("A paper ballot was read by one person only. Let a second read it. Nothing was changed.")
        )
    if box.papers(upgrade) > roll.voted(upgrade):
        raise Refused(
            _("The box holds more ballots than the roll handed out. Tell an architect; nothing was counted.")
        )


def _keep(upgrade: Upgrade, counted: count.Counted, when: datetime) -> None:
    upgrade.decision, upgrade.decided_at = counted.data, when
    upgrade.result = result(counted, box.contents(upgrade), upgrade.electorate or 0, roll.voted(upgrade))
    upgrade.bundle = bundles.full(upgrade, counted)
    upgrade.save()
