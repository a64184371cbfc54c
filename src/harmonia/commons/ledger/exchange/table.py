"""The books as a CSV table, one row a leg; only places that moved something are in it."""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby
from uuid import UUID

from harmonia.commons.ledger.exchange.records import BadBooks, Books, Entry, Place, Seen

COLUMNS = (
    "movement",
    "occurred_at",
    "recorded_at",
    "action",
    "key",
    "recorder",
    "reverses",
    "estimated",
    "note",
    "point",
    "foreign_kind",
    "foreign_percent",
    "holder",
    "holder_name",
    "holder_kind",
    "holder_where",
    "holder_open",
    "substance",
    "grams",
)


def write(books: Books) -> Iterator[str]:
    """Yield the table in pieces, its heading first."""
    places = {place.code: place for place in books.places}
    yield _text([COLUMNS])
    for entry in books.entries:
        yield _text(_rows(entry, places))


def _text(rows: Iterable[Iterable[object]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def _rows(entry: Entry, places: dict[str, Place]) -> Iterator[tuple[object, ...]]:
    seen = (
        (entry.seen.point, entry.seen.foreign_kind, entry.seen.foreign_percent)
        if entry.seen
        else ("", "", "")
    )
    for holder, substance, grams in entry.lines:
        place = places[holder]
        yield (
            entry.number,
            entry.occurred_at.isoformat(),
            entry.recorded_at.isoformat(),
            entry.action,
            entry.key,
            entry.recorder or "",
            entry.reverses or "",
            "yes" if entry.estimated else "",
            entry.note,
            *seen,
            place.code,
            place.name,
            place.kind,
            place.where,
            "yes" if place.is_open else "",
            substance,
            grams,
        )


def read(text: str) -> Books:
    """Return the books of a table that `write` made; raises BadBooks when it is none."""
    reader = csv.DictReader(io.StringIO(text))
    try:
        if tuple(reader.fieldnames or ()) != COLUMNS:
            raise BadBooks(f"The table needs the columns {', '.join(COLUMNS)}.")
        rows = list(reader)
        places = {row["holder"]: _place(row) for row in rows}
        entries = tuple(_entry(list(legs)) for _number, legs in groupby(rows, lambda row: row["movement"]))
    except (csv.Error, ValueError, TypeError, AttributeError) as error:
        raise BadBooks(f"A row of the table cannot be read: {error}.") from error
    return Books(tuple(places.values()), entries)


def _place(row: dict[str, str]) -> Place:
    open_now = row["holder_open"] == "yes"
    return Place(row["holder"], row["holder_name"], row["holder_kind"], row["holder_where"], open_now)


def _entry(legs: list[dict[str, str]]) -> Entry:
    head = legs[0]
    return Entry(
        number=int(head["movement"]),
        action=head["action"],
        occurred_at=datetime.fromisoformat(head["occurred_at"]),
        recorded_at=datetime.fromisoformat(head["recorded_at"]),
        key=head["key"],
        lines=tuple((leg["holder"], leg["substance"], int(leg["grams"])) for leg in legs),
        recorder=UUID(head["recorder"]) if head["recorder"] else None,
        reverses=int(head["reverses"]) if head["reverses"] else None,
        estimated=head["estimated"] == "yes",
        note=head["note"],
        seen=Seen(head["point"], head["foreign_kind"], int(head["foreign_percent"]))
        if head["point"]
        else None,
    )
