"""Append movements, and reverse them."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from time import time_ns
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from harmonia.commons.journal.actions import record
from harmonia.commons.journal.rows import Parts, append_with, insert
from harmonia.commons.ledger import valueflows
from harmonia.commons.ledger.errors import Refused
from harmonia.commons.ledger.models import (
    Action,
    Holder,
    Movement,
    Substance,
)


@dataclass(frozen=True)
class Posting:
    """Grams [g] of a substance into (+) or out of (-) a holder."""

    holder: Holder
    substance: Substance
    grams: int


def book(
    action: Action,
    postings: Sequence[Posting],
    *,
    recorder: UUID | None,
    at: datetime | None = None,
    key: str = "",
    reverses: Movement | None = None,
    estimated: bool = False,
    note: str = "",
) -> Movement:
    """Append one movement whose postings sum to zero, seal it, and tell the journal.

    A key that is known already returns the movement booked under it: sent twice, booked once.
    Raises Refused when the postings don't sum to zero, a holder would go below zero, or the key stands for other matter.
    """
    if key and (known := Movement.objects.filter(key=key).first()):
        return same_as(known, action, merged(postings))
    return book_new(
        action,
        postings,
        recorder=recorder,
        at=at,
        key=key,
        reverses=reverses,
        estimated=estimated,
        note=note,
    )[0]


def book_new(
    action: Action,
    postings: Sequence[Posting],
    *,
    recorder: UUID | None,
    at: datetime | None = None,
    key: str = "",
    reverses: Movement | None = None,
    undone_alone: bool = True,
    beside: Sequence[Parts] = (),
    **told: Any,
) -> tuple[Movement, bool]:
    """Append as `book` does what the caller knows to be new; False where another session took the key meanwhile.

    A caller that is undone itself whenever this fails says `undone_alone=False` and spares the database a savepoint;
    what else it has to say of the movement goes `beside` it, in the same statement.
    """
    lines = merged(postings)
    if len(lines) < 2 or sum(line.grams for line in lines) != 0:
        raise Refused(_("What goes in and what comes out must weigh the same. Nothing was booked."))
    if reverses is None and not valueflows.does(action, _inside(lines)):
        raise Refused(_("This action does not move matter that way. Nothing was booked."))
    now = timezone.now()
    movement = Movement(
        action=action,
        occurred_at=at or now,
        recorded_at=now,
        recorder=recorder,
        key=key or str(uuid4()),
        reverses=reverses,
        seal_id=new_seal(),
        **told,
    )
    try:
        with transaction.atomic(savepoint=undone_alone):
            new = _append(movement, lines, beside)
    except IntegrityError as error:
        if "below zero" in str(error):
            raise Refused(_("There is not that much there. Nothing was booked.")) from error
        raise
    if not new:
        return same_as(Movement.objects.get(key=movement.key), action, lines), False
    return movement, True


_LINE = ("movement_id", "holder_id", "substance_id", "grams")


def _append(movement: Movement, lines: Sequence[Posting], beside: Sequence[Parts]) -> bool:
    legs = [(line.holder.pk, line.substance.pk, line.grams) for line in lines]
    if not append_with(movement, [Parts("ledger_line", _LINE, legs), *beside], once="key"):
        return False  # it waited for a session that was booking under the same key
    insert("ledger_seal", ("id",), [(movement.seal_id,)])
    told = [[line.holder.code, line.substance.code, line.grams] for line in lines]
    record("ledger", "booked", movement=movement.pk, action=str(movement.action), lines=told)
    return True


def _inside(lines: Sequence[Posting]) -> list[int]:
    return [line.grams for line in lines if not line.holder.boundary]


@transaction.atomic
def note_deed(action: Action, *, recorder: UUID | None, about: str, amount: str = "") -> None:
    """Keep an action that moves no matter (work, use, cite…) as an event without lines.

    `about` names what it was done to by its code; raises Refused for an action that does move matter.
    """
    if valueflows.moves_matter(action):
        raise Refused(_("This action moves matter: weigh it. Nothing was booked."))
    token = str(recorder) if recorder else None
    record("ledger", "deed", action=str(action), by=token, about=about, amount=amount)


def new_seal() -> int:
    """Return a number for a seal, in order of time."""
    # Made here because a movement must name its seal before either is in; in order of time, so the index grows at its end.
    return (time_ns() >> 20 << 21) | secrets.randbits(21)


def merged(postings: Sequence[Posting]) -> list[Posting]:
    """Return one posting a holder and substance, in the order in which balances are locked."""
    # One order for everybody: two movements that share holders then lock their balances alike and cannot deadlock.
    totals: dict[tuple[int, int], Posting] = {}
    for posting in postings:
        place = (posting.holder.pk, posting.substance.pk)
        before = totals[place].grams if place in totals else 0
        totals[place] = replace(posting, grams=before + posting.grams)
    return [totals[place] for place in sorted(totals) if totals[place].grams]


def same_as(known: Movement, action: Action, lines: Sequence[Posting]) -> Movement:
    """Return a movement that a key stands for; raises Refused where it moved other matter than `lines`."""
    booked = sorted(known.lines.values_list("holder_id", "substance_id", "grams"))
    if known.action != action or booked != [(x.holder.pk, x.substance.pk, x.grams) for x in lines]:
        raise Refused(_("This key was used for other matter already. Nothing was booked."))
    return known


@transaction.atomic
def reverse(
    movement: Movement, *, recorder: UUID | None, reason: str, at: datetime | None = None
) -> Movement:
    """Book the opposite of a movement, once; both stay in the books for ever."""
    if Movement.objects.filter(reverses=movement).exists():
        raise Refused(_("This was reversed already. Nothing was booked."))
    opposite = [
        Posting(line.holder, line.substance, -line.grams)
        for line in movement.lines.select_related("holder", "substance")
    ]
    return book(
        Action(movement.action), opposite, recorder=recorder, at=at, reverses=movement, note=reason[:200]
    )
