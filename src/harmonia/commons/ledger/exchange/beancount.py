"""The books as Beancount text: one commodity, the gram; an account is a place with a substance.

Matter may change its name within a movement (scraps become slurry), which Beancount only balances when both are the
same commodity; so the substance is part of the account.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from harmonia.commons.ledger.exchange.records import BadBooks, Books, Entry, Place, Seen

UNIT = "GRAM"
_ROOT = {"household": "Equity:Household", "outside": "Equity:Outside"}
_POSTING = re.compile(r"  (?:Assets|Equity):[A-Z][\w-]*:([\w-]+):([\w-]+)\s+(-?\d+) GRAM")
_HEAD = re.compile(r'\d{4}-\d\d-\d\d \* "([A-Za-z]+)" "((?:[^"\\]|\\.)*)"')
_META = re.compile(r'  ([a-z_]+): (?:"((?:[^"\\]|\\.)*)"|(TRUE|\d+))')
_PLACE = re.compile(
    r'\d{4}-\d\d-\d\d custom "place" ' + " ".join([r'"((?:[^"\\]|\\.)*)"'] * 4) + r" (TRUE|FALSE)"
)


def write(books: Books) -> Iterator[str]:
    """Yield the text in pieces: options, places, accounts as they first appear, transactions."""
    yield 'option "title" "Harmonia: every gram"\n'
    kinds: dict[str, str] = {}
    for place in books.places:
        kinds[place.code] = place.kind
        words = " ".join(_quoted(word) for word in (place.code, place.name, place.kind, place.where))
        yield f'1970-01-01 custom "place" {words} {"TRUE" if place.is_open else "FALSE"}\n'
    opened: set[str] = set()
    for entry in books.entries:
        accounts = [_account(kinds[holder], holder, substance) for holder, substance, _ in entry.lines]
        for account in accounts:
            if account not in opened:
                opened.add(account)
                yield f"1970-01-01 open {account} {UNIT}\n"
        yield "\n" + _transaction(entry, accounts)


def _transaction(entry: Entry, accounts: list[str]) -> str:
    meta: dict[str, Any] = {
        "number": str(entry.number),
        "at": entry.occurred_at.isoformat(),
        "recorded": entry.recorded_at.isoformat(),
        "key": entry.key,
    }
    if entry.recorder:
        meta["recorder"] = str(entry.recorder)
    if entry.reverses:
        meta["reverses"] = str(entry.reverses)
    if entry.estimated:
        meta["estimated"] = "yes"
    if entry.seen:
        meta["seen"] = f"{entry.seen.point} {entry.seen.foreign_kind} {entry.seen.foreign_percent}"
    day = entry.occurred_at.astimezone(UTC).date().isoformat()
    lines = [f'{day} * "{entry.action}" {_quoted(entry.note)}']
    lines += [f"  {name}: {_quoted(value)}" for name, value in meta.items()]
    lines += [
        f"  {account}  {grams} {UNIT}" for account, (_h, _s, grams) in zip(accounts, entry.lines, strict=True)
    ]
    return "\n".join(lines) + "\n"


def _account(kind: str, holder: str, substance: str) -> str:
    root = _ROOT.get(kind) or f"Assets:{kind.replace('_', '-').capitalize()}"
    return f"{root}:{_component(holder)}:{_component(substance)}"


def _component(code: str) -> str:
    # A part of an account begins with a capital or a digit and knows no underscore; "X" before keeps the code readable.
    return "X" + code.replace("_", "-u-")


def _code(component: str) -> str:
    return component.removeprefix("X").replace("-u-", "_")


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def _plain(text: str) -> str:
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], text)


def read(text: str) -> Books:
    """Return the books of a Beancount text that `write` made; raises BadBooks when it is none."""
    places = tuple(
        Place(_plain(code), _plain(name), _plain(kind), _plain(where), is_open == "TRUE")
        for code, name, kind, where, is_open in _PLACE.findall(text)
    )
    if not places:
        raise BadBooks("This is no Beancount text written by Harmonia: it names no place.")
    return Books(places, tuple(_read_entry(part) for part in text.split("\n\n")[1:]))


def _read_entry(part: str) -> Entry:
    lines = part.strip("\n").split("\n")
    head = _HEAD.fullmatch(lines[0])
    meta = {found[1]: _plain(found[2] or "") for line in lines if (found := _META.fullmatch(line))}
    postings = [found.groups() for line in lines if (found := _POSTING.fullmatch(line))]
    opens = sum(" open " in line for line in lines)
    if head is None or 1 + len(meta) + len(postings) + opens != len(lines):
        raise BadBooks(f"This is no transaction written by Harmonia: {lines[0][:60]!r}.")
    try:
        return _entry(head, meta, postings)
    except (KeyError, ValueError) as error:
        raise BadBooks(f"A transaction lacks something: {error!r}.") from error


def _entry(head: re.Match[str], meta: dict[str, str], postings: list[Any]) -> Entry:
    seen = meta["seen"].rsplit(" ", 2) if "seen" in meta else None
    return Entry(
        number=int(meta["number"]),
        action=head[1],
        occurred_at=datetime.fromisoformat(meta["at"]),
        recorded_at=datetime.fromisoformat(meta["recorded"]),
        key=meta["key"],
        lines=tuple((_code(holder), _code(substance), int(grams)) for holder, substance, grams in postings),
        recorder=UUID(meta["recorder"]) if "recorder" in meta else None,
        reverses=int(meta["reverses"]) if "reverses" in meta else None,
        estimated="estimated" in meta,
        note=_plain(head[2]),
        seen=Seen(seen[0], seen[1], int(seen[2])) if seen else None,
    )
