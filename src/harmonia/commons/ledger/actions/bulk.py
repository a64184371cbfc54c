"""Append many movements at once, by the same invariants: the database sums, seals and floors every one of them."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from harmonia.commons.journal.actions import record
from harmonia.commons.journal.rows import copy
from harmonia.commons.ledger import valueflows
from harmonia.commons.ledger.actions.booking import new_seal
from harmonia.commons.ledger.errors import Refused
from harmonia.commons.ledger.exchange.records import Books, Entry, Place
from harmonia.commons.ledger.models import Action, DropOff, Holder, Movement, Substance

CHUNK = 20_000
Row = tuple[Any, ...]
_ACTIONS = {action.value: action for action in Action}
_MOVEMENT = (
    "id",
    "action",
    "occurred_at",
    "recorded_at",
    "recorder",
    "key",
    "reverses_id",
    "estimated",
    "note",
    "seal_id",
)
_LINE = ("movement_id", "holder_id", "substance_id", "grams")
_DROP_OFF = ("movement_id", "point_id", "foreign_kind", "foreign_percent")


@transaction.atomic
def restore_books(books: Books) -> int:
    """Book everything of exported books into a ledger without movements, numbers kept; return how many.

    Raises Refused when there are movements already, or what is read breaks a rule of the books: then nothing is kept.
    """
    alone()
    if Movement.objects.exists():
        raise Refused(
            _("There are movements here already. Restore into an empty ledger. Nothing was booked.")
        )
    for place in books.places:
        _restore_place(place)
    count = append_many(books.entries)
    record("ledger", "restored", movements=count)
    return count


def _restore_place(place: Place) -> None:
    boundary = place.kind in (Holder.Kind.OUTSIDE, Holder.Kind.HOUSEHOLD)
    if place.kind not in Holder.Kind.values:
        raise Refused(_("'%(kind)s' is no kind of place. Nothing was booked.") % {"kind": place.kind})
    values = {"name": place.name, "where": place.where, "is_open": place.is_open}
    kept, created = Holder.objects.get_or_create(
        code=place.code, defaults={**values, "kind": place.kind, "boundary": boundary}
    )
    if not created and kept.kind != place.kind:
        raise Refused(
            _("'%(code)s' is another kind of place here. Nothing was booked.") % {"code": place.code}
        )


@transaction.atomic
def append_many(entries: Iterable[Entry]) -> int:
    """Append movements in order, with the numbers they carry; return how many. All or none.

    Raises Refused when a place or substance is unknown, an action is none or moves matter the wrong way, or the
    database finds a movement that breaks a rule.
    """
    places = {
        code: (pk, boundary) for code, pk, boundary in Holder.objects.values_list("code", "pk", "boundary")
    }
    substances = dict(Substance.objects.values_list("code", "pk"))
    count = 0
    waiting = iter(entries)
    try:
        while chunk := list(islice(waiting, CHUNK)):
            _append_chunk(chunk, places, substances)
            _check_deferred()
            count += len(chunk)
    except IntegrityError as error:
        text = _("What was read breaks a rule of the books (%(why)s). Nothing was booked.")
        raise Refused(text % {"why": str(error).splitlines()[0]}) from error
    _restart_numbers()
    return count


def _append_chunk(
    chunk: Sequence[Entry], places: dict[str, tuple[int, bool]], substances: dict[str, int]
) -> None:
    heads: list[Row] = []
    lines: list[Row] = []
    seals: list[Row] = []
    seen: list[Row] = []
    first = new_seal()
    plain = connection.vendor == "sqlite"  # which keeps moments and tokens as text
    for offset, entry in enumerate(chunk):
        seal = first + offset
        seals.append((seal,))
        heads.append(_head(entry, seal, plain))
        lines += _lines(entry, places, substances)
        if entry.seen:
            if entry.seen.point not in places:
                raise _unknown(entry.seen.point)
            seen.append(
                (
                    entry.number,
                    places[entry.seen.point][0],
                    entry.seen.foreign_kind,
                    entry.seen.foreign_percent,
                )
            )
    copy("ledger_movement", _MOVEMENT, heads)
    copy("ledger_line", _LINE, lines)
    copy("ledger_seal", ("id",), seals)
    copy(DropOff._meta.db_table, _DROP_OFF, seen)  # noqa: SLF001 - Django's documented name of a model's options


def _check_deferred() -> None:
    # What waits for the end is checked now: a million movements would otherwise wait in memory, then be read again.
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _head(entry: Entry, seal: int, plain: bool) -> tuple[Any, ...]:
    return (
        entry.number,
        entry.action,
        _moment(entry.occurred_at, plain),
        _moment(entry.recorded_at, plain),
        entry.recorder.hex if entry.recorder and plain else entry.recorder,
        entry.key,
        entry.reverses,
        entry.estimated,
        entry.note,
        seal,
    )


def _lines(entry: Entry, places: dict[str, tuple[int, bool]], substances: dict[str, int]) -> list[Row]:
    rows: list[Row] = []
    inside = []
    number = entry.number
    try:
        for holder, substance, grams in entry.lines:
            place, boundary = places[holder]
            if not boundary:
                inside.append(grams)
            rows.append((number, place, substances[substance], grams))
    except KeyError as error:
        raise _unknown(str(error.args[0])) from error
    if entry.action not in _ACTIONS or (
        entry.reverses is None and not valueflows.does(_ACTIONS[entry.action], inside)
    ):
        text = _("Movement %(number)d does not move matter as its action says. Nothing was booked.")
        raise Refused(text % {"number": number})
    return rows


def _unknown(code: str) -> Refused:
    return Refused(_("'%(code)s' is unknown here. Nothing was booked.") % {"code": code})


def _moment(at: datetime, plain: bool) -> Any:
    if at.tzinfo is None:
        raise Refused(_("A moment lacks its time zone. Nothing was booked."))
    return str((at if at.tzinfo is UTC else at.astimezone(UTC)).replace(tzinfo=None)) if plain else at


def alone() -> None:
    """Let nobody else append until this transaction ends, so that numbers can be given out beforehand."""
    if connection.vendor == "postgresql":  # SQLite has one writer at a time anyway
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE ledger_movement IN EXCLUSIVE MODE")


def _restart_numbers() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence('ledger_movement', 'id'), (SELECT MAX(id) FROM ledger_movement))"
                " FROM ledger_movement LIMIT 1"
            )
