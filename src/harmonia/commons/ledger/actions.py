"""Everything that moves matter."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from time import time_ns
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from harmonia.commons.journal.actions import record
from harmonia.commons.ledger.models import (
    Action,
    Closure,
    DropOff,
    Holder,
    Household,
    Line,
    Movement,
    Seal,
    Substance,
)
from harmonia.commons.ledger.weighings import Weighing
from harmonia.commons.people.actions import token_of
from harmonia.commons.people.models import Person


class Refused(Exception):
    """The ledger cannot book this; the message is a sentence for the person, and nothing was booked."""


@dataclass(frozen=True)
class Posting:
    """Grams [g] of a substance into (+) or out of (-) a holder."""

    holder: Holder
    substance: Substance
    grams: int


@transaction.atomic
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
    lines = _merged(postings)
    if len(lines) < 2 or sum(line.grams for line in lines) != 0:
        raise Refused(_("What goes in and what comes out must weigh the same. Nothing was booked."))
    if key and (known := Movement.objects.filter(key=key).first()):
        return _same(known, action, lines)
    now = timezone.now()
    movement = Movement(
        action=action,
        occurred_at=at or now,
        recorded_at=now,
        recorder=recorder,
        key=key or str(uuid4()),
        reverses=reverses,
        estimated=estimated,
        note=note,
        seal_id=_new_seal(),
    )
    _append(movement, lines)
    told = [[line.holder.code, line.substance.code, line.grams] for line in lines]
    record("ledger", "booked", movement=movement.pk, action=str(action), lines=told)
    return movement


def _append(movement: Movement, lines: Sequence[Posting]) -> None:
    try:
        with transaction.atomic():
            movement.save(force_insert=True)
            Line.objects.bulk_create(
                Line(movement=movement, holder=line.holder, substance=line.substance, grams=line.grams)
                for line in lines
            )
            Seal.objects.bulk_create([Seal(id=movement.seal_id)])
    except IntegrityError as error:
        if "below zero" in str(error):
            raise Refused(_("There is not that much there. Nothing was booked.")) from error
        raise


def _new_seal() -> int:
    # Made here because a movement must name its seal before either is in; in order of time, so the index grows at its end.
    return (time_ns() >> 20 << 21) | secrets.randbits(21)


def _merged(postings: Sequence[Posting]) -> list[Posting]:
    # One order for everybody: two movements that share holders then lock their balances alike and cannot deadlock.
    totals: dict[tuple[int, int], Posting] = {}
    for posting in postings:
        place = (posting.holder.pk, posting.substance.pk)
        before = totals[place].grams if place in totals else 0
        totals[place] = replace(posting, grams=before + posting.grams)
    return [totals[place] for place in sorted(totals) if totals[place].grams]


def _same(known: Movement, action: Action, lines: Sequence[Posting]) -> Movement:
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


@transaction.atomic
def record_drop_off(
    person: Person,
    *,
    point: Holder,
    substance: Substance,
    kilograms: Decimal,
    foreign_kind: str = DropOff.Foreign.NONE,
    foreign_percent: int = 0,
    key: str = "",
    at: datetime | None = None,
) -> DropOff:
    """Book what a person brought to a collection point, and what was seen in the bucket."""
    return drop_off_from(
        household_of(person),
        recorder=token_of(person),
        point=point,
        substance=substance,
        grams=_grams(kilograms, substance),
        foreign_kind=foreign_kind,
        foreign_percent=foreign_percent,
        key=key,
        at=at,
    )


@transaction.atomic
def drop_off_from(
    household: Holder,
    *,
    recorder: UUID | None,
    point: Holder,
    substance: Substance,
    grams: int,
    foreign_kind: str = DropOff.Foreign.NONE,
    foreign_percent: int = 0,
    key: str = "",
    at: datetime | None = None,
) -> DropOff:
    """Book a drop-off of a household that may have no account (an import, a collection round)."""
    _welcome(point, substance)
    postings = [Posting(household, substance, -grams), Posting(point, substance, grams)]
    movement = book(Action.DROPOFF, postings, recorder=recorder, at=at, key=key)
    known = DropOff.objects.filter(movement=movement).first() if key else None
    return known or DropOff.objects.create(
        movement=movement, point=point, foreign_kind=foreign_kind, foreign_percent=foreign_percent
    )


@transaction.atomic
def sort_out(
    point: Holder, substance: Substance, grams: int, *, recorder: UUID | None, at: datetime | None = None
) -> Movement:
    """Book what was picked out of a material because it did not belong; it goes to the refuse collection."""
    refuse = Substance.objects.get(code="refuse")
    outside = Holder.objects.get(code="refuse-collection")
    postings = [Posting(point, substance, -grams), Posting(outside, refuse, grams)]
    return book(Action.SEPARATE, postings, recorder=recorder, at=at)


@transaction.atomic
def import_weighings(weighings: Sequence[Weighing], *, point: Mapping[str, str]) -> int:
    """Book weighed waste from a table, all of it or none; return how many movements are new.

    What was weighed elsewhere is a fact: it is booked whether or not the material is welcome today.
    """
    place = Holder.objects.filter(code=point["code"]).first()
    place = place or open_holder(point["code"], point["name"], Holder.Kind.POINT, where=point["where"])
    substances = {substance.code: substance for substance in Substance.objects.all()}
    homes = {code: open_household(code) for code in sorted({w.household for w in weighings})}
    if unknown := {w.substance for w in weighings} - substances.keys():
        raise Refused(_("There is no material '%(code)s'. Nothing was booked.") % {"code": min(unknown)})
    before = Movement.objects.count()
    for weighing in weighings:
        what = substances[weighing.substance]
        postings = [
            Posting(homes[weighing.household], what, -weighing.grams),
            Posting(place, what, weighing.grams),
        ]
        movement = book(Action.DROPOFF, postings, recorder=None, at=weighing.at, key=weighing.key)
        DropOff.objects.get_or_create(movement=movement, defaults={"point": place})
    return Movement.objects.count() - before


def _grams(kilograms: Decimal, substance: Substance) -> int:
    if not kilograms.is_finite() or kilograms <= 0:
        raise Refused(_("The weight must be more than 0 kg. Nothing was booked."))
    if kilograms * 1000 > substance.max_drop_off_g:
        most = substance.max_drop_off_g // 1000
        raise Refused(
            _("One drop-off can be at most %(most)d kg. If it is really more, split it. Nothing was booked.")
            % {"most": most}
        )
    grams = int((kilograms * 1000).to_integral_value())
    if grams == 0:
        raise Refused(_("The weight must be at least 1 gram. Nothing was booked."))
    return grams


def _welcome(point: Holder, substance: Substance) -> None:
    if point.kind != Holder.Kind.POINT or not point.is_open:
        raise Refused(_("This collection point is closed. Choose another one. Nothing was booked."))
    if substance.use not in (Substance.Use.ROTS, Substance.Use.MAKES):
        raise Refused(_("This material cannot be taken here. Nothing was booked."))
    closure = Closure.objects.filter(substance=substance, lifted_at__isnull=True).first()
    if closure:
        raise Refused(
            _("%(material)s is closed for now: %(reason)s. Bring it to %(instead)s. Nothing was booked.")
            % {"material": substance, "reason": closure.reason, "instead": closure.instead}
        )


def household_of(person: Person) -> Holder:
    """Return the boundary holder that stands for a person's household, made on first use."""
    found = Household.objects.filter(person=person).select_related("holder").first()
    if found:
        return found.holder
    holder = open_household(f"home-{uuid4().hex[:12]}")
    Household.objects.create(person=person, holder=holder)
    return holder


def open_household(code: str) -> Holder:
    """Return the household of this code, made on first use; it has no name, as it needs none."""
    holder, _created = Holder.objects.get_or_create(
        code=code, defaults={"name": code, "kind": Holder.Kind.HOUSEHOLD, "boundary": True}
    )
    return holder


def forget_household(person: Person) -> None:
    """Cut the link between a person and their household's holder; the matter stays."""
    Household.objects.filter(person=person).delete()


@transaction.atomic
def open_holder(code: str, name: str, kind: str, *, where: str = "") -> Holder:
    """Open a place that holds matter."""
    boundary = kind in (Holder.Kind.OUTSIDE, Holder.Kind.HOUSEHOLD)
    return Holder.objects.create(code=code, name=name, kind=kind, boundary=boundary, where=where)


@transaction.atomic
def close_material(substance: Substance, *, reason: str, instead: str) -> Closure:
    """Close a material at every collection point until it is lifted; told on *Bring*."""
    closure, created = Closure.objects.get_or_create(
        substance=substance,
        lifted_at=None,
        defaults={"since": timezone.now(), "reason": reason, "instead": instead},
    )
    if created:
        record("ledger", "closed", substance=substance.code)
    return closure


@transaction.atomic
def open_material(substance: Substance) -> None:
    """Lift the closure of a material."""
    if Closure.objects.filter(substance=substance, lifted_at__isnull=True).update(lifted_at=timezone.now()):
        record("ledger", "opened", substance=substance.code)
