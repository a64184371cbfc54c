"""Ask everybody: draft the question, say who votes and how, show the options, settle them, take it back."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from harmonia.commons.journal.actions import record
from harmonia.commons.people.actions import token_of
from harmonia.commons.people.models import Person
from harmonia.commons.voice import announce, compared
from harmonia.commons.voice.actions.moving import allow, lock, step
from harmonia.commons.voice.errors import Refused
from harmonia.commons.voice.models import BEFORE_VOTING, Age, BallotKind, Foresight, Option, Per, Upgrade

ELECTORATE = ("ballot_kind", "per", "age", "assisted")


@transaction.atomic
def draft(
    by: Person,
    *,
    title: str,
    budget: int,
    story: str = "",
    currency: str = "€",
    at: datetime | None = None,
    **electorate: Any,
) -> Upgrade:
    """Begin a question to everybody, seen by facilitators and scientists until its options are opened.

    `electorate` may say `ballot_kind`, `per`, `age` and `assisted`; it can be changed until voting opens.
    """
    allow(by, "voice.add_upgrade")
    if budget <= 0:
        raise Refused(_("A budget is more than 0. Nothing was kept."))
    upgrade = Upgrade(
        title=title.strip(),
        story=story,
        budget=budget,
        currency=currency,
        drafted_by=token_of(by),
        drafted_at=at or timezone.now(),
    )
    _define(upgrade, electorate)
    upgrade.save()
    record("voice", "drafted", upgrade=upgrade.pk)
    return upgrade


@transaction.atomic
def define_electorate(upgrade: Upgrade, *, by: Person, **electorate: Any) -> Upgrade:
    """Say who holds a ballot paper, from which age, whether somebody may help, and what kind of ballot it is."""
    allow(by, "voice.open_vote")
    locked = lock(upgrade)
    if locked.state not in BEFORE_VOTING:
        raise Refused(_("The vote has begun, so who may vote stays as it is. Nothing was changed."))
    _define(locked, electorate)
    locked.save()
    record("voice", "electorate_defined", upgrade=locked.pk)
    return locked


def _define(upgrade: Upgrade, electorate: dict[str, Any]) -> None:
    known = {
        "ballot_kind": BallotKind.values,
        "per": Per.values,
        "age": Age.values,
        "assisted": (True, False),
    }
    for name, value in electorate.items():
        if value not in known[name]:
            raise Refused(_("Nobody can vote like that. Nothing was kept."))
        setattr(upgrade, name, value)


@transaction.atomic
def open_options(upgrade: Upgrade, *, by: Person, at: datetime | None = None) -> Upgrade:
    """Show the question to everybody; from now on anybody can propose an option, and all see what was compared."""
    from harmonia.commons.nexus import actions as nexus

    allow(by, "voice.open_vote")
    locked = lock(upgrade)
    again = locked.state == "foreseen"
    step(locked, "open")
    if not again:
        locked.opened_at = at or timezone.now()
    locked.foreseen_at, locked.uncompared_why = None, ""
    locked.save()
    nexus.show_designs(compared.subject_of(locked))
    if not again:
        announce.options_opened(locked, at=at)
    record("voice", "opened", upgrade=locked.pk)
    return locked


@transaction.atomic
def settle_options(
    upgrade: Upgrade, *, by: Person, uncompared_why: str = "", at: datetime | None = None
) -> Upgrade:
    """Say that the options are complete and foreseen; what is left is to open the vote, or to go back.

    Every set that the budget can buy must have been compared by the twin first. Where that cannot be (no plant in
    force, or the twin failed), `uncompared_why` says so, and everybody reads it.
    """
    allow(by, "voice.open_vote")
    locked = lock(upgrade)
    step(locked, "foreseen")
    _check_foreseen(locked, uncompared_why.strip())
    locked.foreseen_at = at or timezone.now()
    locked.uncompared_why = uncompared_why.strip()[:300]
    locked.save()
    record("voice", "foreseen_all", upgrade=locked.pk)
    return locked


def _check_foreseen(upgrade: Upgrade, why: str) -> None:
    options = list(Option.objects.filter(upgrade=upgrade, vetoed_at__isnull=True))
    unforeseen = [o.title for o in options if o.foresight not in (Foresight.READY, Foresight.UNNEEDED)]
    if unforeseen:
        text = _("The twin has not said yet what these would do: %(options)s. Nothing was changed.")
        raise Refused(text % {"options": ", ".join(unforeseen)})
    changes = any(option.edits for option in options)
    newest = compared.newest(upgrade)
    if changes and not why and (newest is None or newest.outdated or newest.state != "done"):
        raise Refused(
            _(
                "Not every set that the budget can buy is foreseen yet. Ask a scientist to compare them, or write"
                " why that cannot be. Nothing was changed."
            )
        )


@transaction.atomic
def withdraw(upgrade: Upgrade, *, by: Person, why: str = "", at: datetime | None = None) -> Upgrade:
    """Take the question back, before it is decided; what was said stays on record."""
    allow(by, "voice.open_vote")
    locked = lock(upgrade)
    step(locked, "withdrawn")
    locked.withdrawn_at, locked.withdrawn_why = at or timezone.now(), why[:200]
    locked.save()
    record("voice", "withdrawn", upgrade=locked.pk)
    return locked
