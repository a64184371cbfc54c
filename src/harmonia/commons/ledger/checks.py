"""Verify the books again from their lines alone, and give them one hash."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db.models import Exists, OuterRef

from harmonia.commons.ledger.models import Balance, Holder, Line, Movement, Seal, Substance


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong in the books."""

    movement: int | None
    sentence: str


@dataclass(frozen=True)
class Verdict:
    """What a check of the books found, and what they hash to."""

    movements: int
    findings: tuple[Finding, ...]
    sha256: str


Row = tuple[int, int, int, int]  # movement, holder, substance, grams
CHUNK = 20_000


def check() -> Verdict:
    """Read every movement in order; verify sums, seals, floors, reversals and balances.

    Movements and lines are read side by side, so that a million of them need no more memory than a thousand.
    """
    boundary = set(Holder.objects.filter(boundary=True).values_list("id", flat=True))
    unsealed = set(_unsealed())
    reversed_rows = _reversed_rows()
    balances: dict[tuple[int, int], int] = defaultdict(int)
    findings: list[Finding] = []
    total = hashlib.sha256()
    count = 0
    codes = _codes()
    for head, rows in _movements(findings):
        number, reverses = head[0], head[1]
        count += 1
        total.update(_canonical(head, rows, codes))
        findings += _movement_findings(
            number, rows, number not in unsealed, reversed_rows.get(reverses) if reverses else None
        )
        for _, holder, substance, grams in rows:
            place = (holder, substance)
            balances[place] += grams
            if grams < 0 and balances[place] < 0 and holder not in boundary:
                sentence = f"movement {number} takes holder {holder} below zero: {balances[place]} g"
                findings.append(Finding(number, sentence))
    findings += _balance_findings(balances)
    return Verdict(count, tuple(findings), total.hexdigest())


_HEAD = ("id", "reverses_id", "action", "occurred_at", "recorder", "key", "estimated", "note")
_LINE = ("movement_id", "holder_id", "substance_id", "grams")


def _movements(findings: list[Finding]) -> Iterator[tuple[tuple[Any, ...], list[Row]]]:
    lines = Line.objects.order_by("movement_id", "holder_id", "substance_id").values_list(*_LINE)
    grouped = groupby(lines.iterator(CHUNK), key=itemgetter(0))
    end = (None, iter(()))
    number, rows = next(grouped, end)
    for head in Movement.objects.order_by("id").values_list(*_HEAD).iterator(CHUNK):
        while number is not None and number < head[0]:
            findings.append(Finding(number, f"movement {number} is gone, but its lines are there"))
            number, rows = next(grouped, end)
        found = list(rows) if number == head[0] else []
        if found:
            number, rows = next(grouped, end)
        yield head, found
    if number is not None:
        findings.append(Finding(number, f"movement {number} is gone, but its lines are there"))


def _unsealed() -> Iterator[int]:
    seals = Seal.objects.filter(id=OuterRef("seal_id"))
    return Movement.objects.filter(~Exists(seals)).values_list("id", flat=True).iterator(CHUNK)


def _reversed_rows() -> dict[int, list[Row]]:
    grouped: dict[int, list[Row]] = defaultdict(list)
    lines = Line.objects.filter(movement__reversed_by__isnull=False)
    rows = lines.order_by("movement_id", "holder_id", "substance_id").values_list(*_LINE)
    for row in rows.iterator(CHUNK):
        grouped[row[0]].append(row)
    return grouped


def _codes() -> tuple[dict[int, str], dict[int, str]]:
    return dict(Holder.objects.values_list("id", "code")), dict(Substance.objects.values_list("id", "code"))


def _canonical(
    head: tuple[object, ...], rows: list[Row], codes: tuple[dict[int, str], dict[int, str]]
) -> bytes:
    # Codes, not row numbers, so that the same books in another database hash alike; the seal is no part of what happened.
    holders, substances = codes
    words = [str(value) for value in head]
    words += sorted(f"{holders[h]}:{substances[s]}:{g}" for _, h, s, g in rows)
    return ("\x1f".join(words) + "\x1e").encode()


def _movement_findings(
    number: int, rows: list[Row], sealed: bool, reversed_rows: list[Row] | None
) -> Iterator[Finding]:
    off = sum(row[3] for row in rows)
    if off:
        yield Finding(number, f"movement {number} does not sum to zero: {off:+d} g")
    if len(rows) < 2:
        yield Finding(number, f"movement {number} has {len(rows)} lines; it needs two or more")
    if not sealed:
        yield Finding(number, f"movement {number} has no seal")
    if reversed_rows is not None and [(h, s, -g) for _, h, s, g in reversed_rows] != [
        (h, s, g) for _, h, s, g in rows
    ]:
        yield Finding(number, f"movement {number} is not the opposite of the one it reverses")


def _balance_findings(balances: dict[tuple[int, int], int]) -> list[Finding]:
    kept = {(h, s): g for h, s, g in Balance.objects.values_list("holder_id", "substance_id", "grams")}
    places = sorted(set(kept) | set(balances))
    return [
        Finding(
            None,
            f"holder {h}: balance of substance {s} says {kept.get((h, s), 0)} g, lines say {balances.get((h, s), 0)} g",
        )
        for h, s in places
        if kept.get((h, s), 0) != balances.get((h, s), 0)
    ]
