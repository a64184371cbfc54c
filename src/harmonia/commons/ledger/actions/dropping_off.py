"""Book what people bring, and what was picked out of it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from harmonia.commons.journal.actions import record
from harmonia.commons.journal.rows import Parts, arrived
from harmonia.commons.ledger import hygiene
from harmonia.commons.ledger.actions.booking import Posting, book, book_new, merged, same_as
from harmonia.commons.ledger.actions.bulk import alone, append_many
from harmonia.commons.ledger.actions.containers import OnScale, keep_gross, net_g
from harmonia.commons.ledger.actions.places import household_of, open_holder, open_household
from harmonia.commons.ledger.errors import Refused
from harmonia.commons.ledger.exchange.records import Entry, Seen
from harmonia.commons.ledger.models import (
    Action,
    Container,
    DropOff,
    Holder,
    Movement,
    Substance,
)
from harmonia.commons.ledger.weighings import Weighing
from harmonia.commons.people.actions import token_of
from harmonia.commons.people.models import Person


@transaction.atomic
def record_drop_off(
    person: Person,
    *,
    point: Holder,
    substance: Substance,
    kilograms: Decimal,
    foreign_kind: str = DropOff.Foreign.NONE,
    foreign_percent: int = 0,
    container: Container | None = None,
    key: str = "",
    at: datetime | None = None,
) -> DropOff:
    """Book what a person brought to a collection point, and what was seen in the bucket.

    With a container, `kilograms` is what the scale showed with it; its tare is taken off.
    """
    shown = OnScale(container, _whole_grams(kilograms)) if container else None
    net = Decimal(net_g(shown, key)) / 1000 if shown else kilograms
    return _drop_off(
        household_of(person),
        recorder=token_of(person),
        point=point,
        substance=substance,
        grams=_grams(net, substance),
        shown=shown,
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
    shown: OnScale | None = None,
    key: str = "",
    at: datetime | None = None,
) -> DropOff:
    """Book a drop-off of a household that may have no account (a scale, a collection round)."""
    return _drop_off(
        household,
        recorder=recorder,
        point=point,
        substance=substance,
        grams=grams,
        shown=shown,
        key=key,
        at=at,
        foreign_kind=foreign_kind,
        foreign_percent=foreign_percent,
    )


_SEEN = ("movement_id", "point_id", "foreign_kind", "foreign_percent")


def _drop_off(
    household: Holder,
    *,
    recorder: UUID | None,
    point: Holder,
    substance: Substance,
    grams: int,
    shown: OnScale | None,
    key: str,
    at: datetime | None,
    foreign_kind: str,
    foreign_percent: int,
) -> DropOff:
    postings = [Posting(household, substance, -grams), Posting(point, substance, grams)]
    try:
        _welcome(point, substance)
        _stands_at(point, shown)
    except Refused:
        if known := _booked(key, postings):
            return known  # what was booked stays booked, whatever was closed or retired since
        raise
    # The database knows a key that was used; asking it beforehand would cost every drop-off a question.
    booked = DropOff(point=point, foreign_kind=foreign_kind, foreign_percent=foreign_percent)
    movement, new = book_new(
        Action.DROPOFF,
        postings,
        recorder=recorder,
        at=at,
        key=key,
        undone_alone=False,
        beside=[Parts("ledger_dropoff", _SEEN, [(point.pk, foreign_kind, foreign_percent)])],
    )
    if not new:
        return DropOff.objects.get(movement=movement)
    booked.movement = movement
    arrived(booked)
    if shown:
        keep_gross(movement, shown)
    return booked


def _booked(key: str, postings: Sequence[Posting]) -> DropOff | None:
    """Return the drop-off booked under a key; raises Refused where it was another one."""
    known = DropOff.objects.select_related("movement").filter(movement__key=key).first() if key else None
    if known:
        same_as(known.movement, Action.DROPOFF, merged(postings))
    return known


def _stands_at(point: Holder, shown: OnScale | None) -> None:
    if shown and shown.container.point_id not in (None, point.pk):
        text = _("%(name)s stands at another collection point. Nothing was booked.")
        raise Refused(text % {"name": shown.container})


@transaction.atomic
def sort_out(
    point: Holder, substance: Substance, grams: int, *, recorder: UUID | None, at: datetime | None = None
) -> Movement:
    """Book what was picked out of a material because it did not belong, and give it to the refuse collection."""
    refuse = Substance.objects.get(code="refuse")
    outside = Holder.objects.get(code="refuse-collection")
    apart = [Posting(point, substance, -grams), Posting(point, refuse, grams)]
    separated = book(Action.SEPARATE, apart, recorder=recorder, at=at)
    away = [Posting(point, refuse, -grams), Posting(outside, refuse, grams)]
    book(Action.PICKUP, away, recorder=recorder, at=at)
    return separated


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
    alone()
    known = _known_keys(weighings)
    for weighing in weighings:
        if weighing.key in known:  # booked once: compared, and refused where the matter differs
            what = substances[weighing.substance]
            home = homes[weighing.household]
            postings = [Posting(home, what, -weighing.grams), Posting(place, what, weighing.grams)]
            book(Action.DROPOFF, postings, recorder=None, at=weighing.at, key=weighing.key)
    new = [weighing for weighing in weighings if weighing.key not in known]
    if new:
        append_many(_entries(new, place))
        record("ledger", "imported", movements=len(new), point=place.code)
    return len(new)


def _known_keys(weighings: Sequence[Weighing]) -> set[str]:
    keys = [weighing.key for weighing in weighings]
    found: set[str] = set()
    for begin in range(0, len(keys), 500):  # SQLite takes so many in one question
        chunk = keys[begin : begin + 500]
        found |= set(Movement.objects.filter(key__in=chunk).values_list("key", flat=True))
    return found


def _entries(weighings: Sequence[Weighing], place: Holder) -> Iterator[Entry]:
    number = Movement.objects.order_by("-id").values_list("id", flat=True).first() or 0
    now = timezone.now()
    for offset, weighing in enumerate(weighings, start=1):
        grams = weighing.grams
        yield Entry(
            number=number + offset,
            action=Action.DROPOFF.value,
            occurred_at=weighing.at,
            recorded_at=now,
            key=weighing.key,
            lines=(
                (weighing.household, weighing.substance, -grams),
                (place.code, weighing.substance, grams),
            ),
            seen=Seen(place.code, DropOff.Foreign.NONE.value, 0),
        )


def _whole_grams(kilograms: Decimal) -> int:
    if not kilograms.is_finite() or kilograms <= 0:
        raise Refused(_("The weight must be more than 0 kg. Nothing was booked."))
    return int((kilograms * 1000).to_integral_value())


def _grams(kilograms: Decimal, substance: Substance) -> int:
    grams = _whole_grams(kilograms)
    if kilograms * 1000 > substance.max_drop_off_g:
        most = substance.max_drop_off_g // 1000
        raise Refused(
            _("One drop-off can be at most %(most)d kg. If it is really more, split it. Nothing was booked.")
            % {"most": most}
        )
    if grams == 0:
        raise Refused(_("The weight must be at least 1 gram. Nothing was booked."))
    return grams


def _welcome(point: Holder, substance: Substance) -> None:
    if point.kind != Holder.Kind.POINT or not point.is_open:
        raise Refused(_("This collection point is closed. Choose another one. Nothing was booked."))
    if substance.use not in (Substance.Use.ROTS, Substance.Use.MAKES):
        raise Refused(_("This material cannot be taken here. Nothing was booked."))
    found, closure = hygiene.turned_away(substance)
    if found == "pasteuriser":
        raise Refused(
            _(
                "%(material)s needs a pasteuriser by the rules of this site, and there is none. Nothing was booked."
            )
            % {"material": substance}
        )
    if found == "never":
        raise Refused(_("%(material)s is never taken here. Nothing was booked.") % {"material": substance})
    if closure:
        raise Refused(
            _("%(material)s is closed for now: %(reason)s. Bring it to %(instead)s. Nothing was booked.")
            % {"material": substance, "reason": closure[0].rstrip("."), "instead": closure[1]}
        )
