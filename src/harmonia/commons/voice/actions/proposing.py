"""Options by anybody: propose, write together, lend a hand, take off, veto."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from harmonia.commons.journal.actions import record
from harmonia.commons.people.actions import token_of
from harmonia.commons.people.models import Person
from harmonia.commons.voice import tasks
from harmonia.commons.voice.actions.moving import allow, editable, lock
from harmonia.commons.voice.edits import impossible, plain
from harmonia.commons.voice.errors import Refused
from harmonia.commons.voice.models import BEFORE_VOTING, Author, Foresight, Hand, Option, Revision, Upgrade

RELATIONS = ("needs", "excludes", "substitutes")
WORDS = ("title", "description", "who", "cost", "labour_h", "edits", *RELATIONS, "mandatory", "mandatory_why")
MOST_HOURS = 1000


@transaction.atomic
def add_option(
    upgrade: Upgrade,
    *,
    by: Person,
    title: str,
    description: str,
    cost: int,
    labour_h: int = 0,
    edits: Iterable[Any] = (),
    at: datetime | None = None,
    **words: Any,
) -> Option:
    """Propose something to choose; after the commit the twin is asked what its edits would do.

    Edits are `PlantEdit`s or mappings of field, operation and value. `words` may say `who` would do it, which options
    it `needs`, `excludes` or `substitutes` (codes), and, for who asks the question, that it is `mandatory` and why.
    Raises Refused once the options are settled.
    """
    locked = editable(upgrade)
    _may_propose(by, locked)
    values = {"title": title, "description": description, "cost": cost, "labour_h": labour_h, "edits": edits}
    option = Option(upgrade=locked, code=_code(locked, title))
    _write(option, values | words, by)
    option.save()
    Author.objects.create(option=option, token=token_of(by), first=True)
    _keep_revision(option, by, at)
    _ask(option)
    record("voice", "option_added", upgrade=locked.pk, option=option.pk)
    return option


@transaction.atomic
def revise_option(option: Option, *, by: Person, at: datetime | None = None, **words: Any) -> Option:
    """Change what an option says, as one of its authors or who asks the question; what it said before is kept."""
    editable(option.upgrade)
    locked = Option.objects.select_for_update().get(pk=option.pk)
    _may_write(by, locked)
    before = list(locked.edits)
    _write(locked, words, by)
    locked.save()
    _keep_revision(locked, by, at)
    if locked.edits != before:
        _ask(locked)
    record("voice", "option_revised", upgrade=locked.upgrade_id, option=locked.pk)
    return locked


def _may_propose(by: Person, upgrade: Upgrade) -> None:
    # A draft is seen by those who write it; what is open to everybody takes options from everybody.
    allow(by, "voice.add_upgrade" if upgrade.state == "drafting" else "voice.propose_option")


def may_write(person: Any, option: Option) -> bool:
    """Return whether somebody may change an option's words."""
    if not person.is_authenticated or not person.is_active:
        return False
    asks = bool(person.has_perm("voice.add_upgrade"))
    return asks or Author.objects.filter(option=option, token=token_of(person)).exists()


def _may_write(by: Person, option: Option) -> None:
    if not may_write(by, option):
        raise Refused(_("Its authors write this option. Ask one of them to let you in. Nothing was changed."))


def _write(option: Option, words: Mapping[str, Any], by: Person) -> None:
    if unknown := set(words) - set(WORDS):
        raise TypeError(f"an option has no {sorted(unknown)}")
    values = dict(words)
    if "edits" in values:
        values["edits"] = _possible(values["edits"])
    for name in RELATIONS:
        if name in values:
            values[name] = _related(option, name, values[name])
    for name, value in values.items():
        setattr(option, name, value.strip() if isinstance(value, str) else value)
    if option.cost <= 0 or option.labour_h < 0:
        # By cost utility nobody gains from what is free, so the count could never choose it.
        raise Refused(_("An option costs 1 at least, and its hours are not below 0. Nothing was kept."))
    _check_mandatory(option, by)
    if "edits" in values:
        option.foresight = Foresight.WAITING if option.edits else Foresight.UNNEEDED
        option.foreseen, option.foreseen_note = {}, ""


def _check_mandatory(option: Option, by: Person) -> None:
    if option.mandatory and not by.has_perm("voice.add_upgrade"):
        raise Refused(
            _("Only who asks the question can say that law or safety asks for it. Nothing was kept.")
        )
    if option.mandatory and not option.mandatory_why:
        raise Refused(_("Say which rule asks for it, so that everybody can check. Nothing was kept."))
    if not option.mandatory:
        option.mandatory_why = ""


def _possible(changes: Iterable[Any]) -> list[dict[str, Any]]:
    try:
        found = plain(changes)
    except ValueError as error:
        raise Refused(_("The plant has no such number. Nothing was kept.")) from error
    if why := impossible(found):
        raise Refused(_("%(why)s Nothing was kept.") % {"why": why})
    return found


def _related(option: Option, name: str, codes: Sequence[str]) -> list[str]:
    others = Option.objects.filter(upgrade=option.upgrade).exclude(pk=option.pk)
    if not set(codes) <= set(others.values_list("code", flat=True)):
        raise Refused(_("It can only need or exclude another option of this question. Nothing was kept."))
    taken = {code for other in RELATIONS if other != name for code in getattr(option, other)}
    if taken & set(codes):
        raise Refused(_("One option cannot both need and exclude another. Nothing was kept."))
    return sorted(set(codes))


def _code(upgrade: Upgrade, title: str) -> str:
    base = slugify(title)[:50].strip("-") or "option"
    taken = set(upgrade.options.values_list("code", flat=True))
    return next(code for n in range(1, 1000) if (code := base if n == 1 else f"{base}-{n}") not in taken)


def _keep_revision(option: Option, by: Person, at: datetime | None) -> None:
    number = Revision.objects.filter(option=option).count() + 1
    words = {name: getattr(option, name) for name in WORDS}
    Revision.objects.create(
        option=option, number=number, by=token_of(by), at=at or timezone.now(), words=words
    )


def _ask(option: Option) -> None:
    if option.edits:
        transaction.on_commit(partial(tasks.foresee.enqueue, option.pk), robust=True)


@transaction.atomic
def invite_author(option: Option, name: str, *, by: Person) -> None:
    """Let another member write an option too; they are known here by their chosen name."""
    from harmonia.commons.people.queries import named

    editable(option.upgrade)
    _may_write(by, option)
    found = named(name)
    if len(found) != 1:
        raise Refused(_("Nobody, or more than one, is called that here. Nothing was changed."))
    Author.objects.get_or_create(option=option, token=token_of(found[0]))
    record("voice", "author_joined", upgrade=option.upgrade_id, option=option.pk)


@transaction.atomic
def lend_hand(option: Option, *, by: Person, hours: int) -> None:
    """Say how many hours one would help to build an option [h]; 0 takes it back."""
    allow(by, "voice.propose_option")
    locked = lock(option.upgrade)
    if locked.state not in BEFORE_VOTING:
        raise Refused(_("The vote has begun. Nothing was changed."))
    if not 0 <= hours <= MOST_HOURS:
        raise Refused(_("Hours lie between 0 and 1000. Nothing was changed."))
    mine = Hand.objects.filter(option=option, token=token_of(by))
    if hours:
        Hand.objects.update_or_create(option=option, token=token_of(by), defaults={"hours": hours})
    else:
        mine.delete()
    record("voice", "hand_lent", upgrade=locked.pk, option=option.pk)


@transaction.atomic
def remove_option(option: Option, *, by: Person) -> None:
    """Take an option off the table before the options are settled, as who proposed it or asks the question."""
    locked = editable(option.upgrade)
    _may_write(by, option)
    number, code = option.pk, option.code
    Option.objects.filter(pk=number, upgrade=locked).delete()
    for other in Option.objects.filter(upgrade=locked):
        for name in RELATIONS:
            setattr(other, name, [found for found in getattr(other, name) if found != code])
        other.save(update_fields=list(RELATIONS))
    record("voice", "option_removed", upgrade=locked.pk, option=number)


@transaction.atomic
def veto(option: Option, *, by: Person, why: str, at: datetime | None = None) -> Option:
    """Say no as the holder of the plant's licence: publicly, with a reason, and only before voting opens."""
    allow(by, "voice.veto_option")
    locked = lock(option.upgrade)
    if locked.state not in BEFORE_VOTING:
        raise Refused(_("The vote has begun; from then on nobody can veto. Nothing was changed."))
    if not why.strip():
        raise Refused(_("A veto needs a reason that everybody can read. Nothing was changed."))
    found = Option.objects.select_for_update().get(pk=option.pk)
    if found.mandatory:
        raise Refused(_("Law or safety asks for this option; it cannot be vetoed. Nothing was changed."))
    if found.vetoed_at is not None:
        raise Refused(_("It is vetoed already. Nothing was changed."))
    found.vetoed_at, found.vetoed_by, found.veto_why = at or timezone.now(), token_of(by), why.strip()[:300]
    found.save()
    record("voice", "vetoed", upgrade=locked.pk, option=found.pk)
    return found
