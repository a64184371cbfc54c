"""Open the vote: freeze rule, options and electorate."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from harmonia.commons.journal.actions import record
from harmonia.commons.people.models import Person
from harmonia.commons.voice import announce, count, frozen, joined, logbook, queries, roll
from harmonia.commons.voice.actions.moving import allow, lock, step
from harmonia.commons.voice.errors import Refused
from harmonia.commons.voice.models import Option, Upgrade


@transaction.atomic
def open_vote(
    upgrade: Upgrade, *, by: Person, closes_on: date | None = None, at: datetime | None = None
) -> Upgrade:
    """Freeze rule, options and electorate, and let people vote; until `closes_on` nobody can close it."""
    allow(by, "voice.open_vote")
    locked = lock(upgrade)
    step(locked, "voting")
    options = list(locked.options.all())
    _check_ready(locked, options)
    when = at or timezone.now()
    if closes_on is not None and closes_on < queries.local_day(when):
        raise Refused(_("The last day lies in the past. Nothing was changed."))
    _freeze(locked, options, when, closes_on)
    announce.vote_opened(locked, at=at)
    record("voice", "voting", upgrade=locked.pk, electorate=locked.electorate, sha256=locked.frozen_sha256)
    return locked


def _check_ready(upgrade: Upgrade, options: list[Option]) -> None:
    offered = [option for option in options if option.is_on_ballot]
    if len(offered) < 2:
        raise Refused(_("A choice needs two options at least."))
    rest = upgrade.budget - sum(option.cost for option in options if option.mandatory)
    if rest < 0:
        raise Refused(_("What law and safety ask for costs more than the budget. Nothing was changed."))
    if all(option.cost > rest for option in offered):
        raise Refused(_("Every option costs more than the budget. Nothing was changed."))
    lost = _lost(options)
    if lost:
        text = _("These need an option that was vetoed: %(options)s. Change them first. Nothing was changed.")
        raise Refused(text % {"options": ", ".join(lost)})
    for codes in joined.impossible(upgrade):
        text = _(
            "No plant can have all of these: %(options)s. Say that they exclude each other. Nothing was changed."
        )
        raise Refused(text % {"options": ", ".join(o.title for o in options if o.code in codes)})
    _check_links(upgrade, options)


def _check_links(upgrade: Upgrade, options: list[Option]) -> None:
    from harmonia.science.choice import Election, ElectionError, Rule, decide

    projects = count.projects(frozen.told(options, vetoed=False))
    try:  # an empty count tries every link
        decide(Election(projects, (), upgrade.budget), Rule())
    except ElectionError as error:
        raise Refused(_("These options cannot be counted together. Nothing was changed.")) from error


def _lost(options: list[Option]) -> list[str]:
    gone = {option.code for option in options if option.vetoed_at is not None}
    return [o.title for o in options if o.vetoed_at is None and set(o.needs) & gone]


def _freeze(upgrade: Upgrade, options: list[Option], when: datetime, closes_on: date | None) -> None:
    voters = roll.write(upgrade)
    if not voters:
        raise Refused(_("Nobody is on the roll. Nothing was changed."))
    upgrade.voting_at, upgrade.closes_on = when, closes_on
    upgrade.frozen_at = timezone.now()
    upgrade.electorate = len(voters)
    terms = frozen.Terms(
        rule=count.the_rule(upgrade),
        electorate=len(voters),
        roll_sha256=roll.sha256(voters),
        log=logbook.origin(upgrade.pk),
        log_key=logbook.signer(upgrade).verifier.as_text(),
    )
    upgrade.frozen = frozen.canonical(upgrade, options, terms)
    upgrade.frozen_sha256 = frozen.sha256(upgrade.frozen)
    upgrade.save()
    logbook.open_log(upgrade)
