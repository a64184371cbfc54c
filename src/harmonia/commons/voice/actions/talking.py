"""Talk before choosing: say, take a stance, moderate in the open."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from harmonia.commons.journal.actions import record
from harmonia.commons.people.actions import token_of
from harmonia.commons.people.models import Person
from harmonia.commons.voice.actions.moving import allow, lock
from harmonia.commons.voice.errors import Refused
from harmonia.commons.voice.models import LONGEST, SHORTEST, Moderation, Reaction, Stance, Statement, Upgrade

TALKING = ("open", "foreseen", "voting")
"""States in which people talk; afterwards the conversation stays to be read."""


@transaction.atomic
def say(upgrade: Upgrade, text: str, *, by: Person, at: datetime | None = None) -> Statement:
    """Add a statement of 140 to 280 characters; who says it agrees with it."""
    locked = _talking(upgrade, by)
    words = " ".join(text.split())
    if not SHORTEST <= len(words) <= LONGEST:
        limits = {"shortest": SHORTEST, "longest": LONGEST, "length": len(words)}
        raise Refused(
            _(
                "A statement has %(shortest)s to %(longest)s characters; yours has %(length)s. Nothing was kept."
            )
            % limits
        )
    if Statement.objects.filter(upgrade=locked, text=words).exists():
        raise Refused(_("Somebody said exactly that already. Agree with it instead."))
    token = token_of(by)
    said = Statement.objects.create(upgrade=locked, text=words, by=token, at=at or timezone.now())
    Reaction.objects.create(statement=said, token=token, stance=Stance.AGREE)
    record("voice", "said", upgrade=locked.pk, statement=said.pk)
    return said


@transaction.atomic
def react(statement: Statement, stance: int, *, by: Person) -> Reaction:
    """Agree, disagree or pass; the last one counts."""
    locked = _talking(statement.upgrade, by)
    if stance not in Stance.values:
        raise Refused(_("Agree, disagree, or pass. Nothing was changed."))
    if Statement.objects.filter(pk=statement.pk, hidden=True).exists():
        raise Refused(_("This statement is hidden now; the log says why. Nothing was changed."))
    mine, _new = Reaction.objects.update_or_create(
        statement=statement, token=token_of(by), defaults={"stance": stance}
    )
    record("voice", "reacted", upgrade=locked.pk)
    return mine


def _talking(upgrade: Upgrade, by: Person) -> Upgrade:
    allow(by, "voice.propose_option")
    locked = lock(upgrade)
    if locked.state not in TALKING:
        raise Refused(_("This conversation is over, or has not begun. Nothing was changed."))
    return locked


@transaction.atomic
def moderate(
    statement: Statement, *, by: Person, hidden: bool, why: str, at: datetime | None = None
) -> Moderation:
    """Hide a statement or show it again; everybody reads the reason."""
    allow(by, "voice.moderate_statement")
    if not why.strip():
        raise Refused(_("Everybody reads why. Write a reason. Nothing was changed."))
    locked = Statement.objects.select_for_update().get(pk=statement.pk)
    if locked.hidden == hidden:
        raise Refused(_("It is so already. Nothing was changed."))
    locked.hidden = hidden
    locked.save(update_fields=["hidden"])
    noted = Moderation.objects.create(
        statement=locked, hidden=hidden, why=why.strip()[:200], by=token_of(by), at=at or timezone.now()
    )
    record("voice", "moderated", upgrade=locked.upgrade_id, statement=locked.pk)
    return noted
