"""The log of a vote: entries that never show a ballot, and the check that what was counted is what was cast.

Entries are lines, in four stages:

| entry | what it binds |
|---|---|
| `open HASH` | rule, options and electorate |
| `cast HASH`, `void HASH` | a sealed ballot; a sealed ballot taken back, because its voter changed it |
| `rank HASH`, `unrank HASH` | the same for a sealed order of outcomes, which stands apart from its ballot |
| `tally HASH`, `wishes HASH` | every ballot, every order, as the bundle holds them; only where anybody gets them |
| `close HASH` | the decision |

A seal is the SHA-256 of 16 random bytes and what is sealed, so it tells nothing without its salt. Who holds salts and
ballots can open every seal, and so read the ballot of whoever shows a receipt: salts are for sworn recounters. The
entries `tally` and `wishes` bind ballots that are published without salts.
"""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from harmonia.science.choice.transparency.keys import TransparencyError

SALT_BYTES = 16
_STAGES = {"open": 0, "cast": 1, "void": 1, "rank": 1, "unrank": 1, "tally": 2, "wishes": 3, "close": 4}
_VOTING = _STAGES["cast"]
_TAKES_BACK = {"void": "cast", "unrank": "rank"}
_NOUNS = {"cast": "ballot", "rank": "order"}
SEALED = tuple(_NOUNS)
"""The entries that hold a seal: a ballot's, an order's."""

_ENTRY = re.compile(rf"({'|'.join(_STAGES)}) ([0-9a-f]{{64}})")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log; `what` as in the table above, `digest` 64 hexadecimal digits."""

    what: str
    digest: str

    def as_bytes(self) -> bytes:
        """Return the entry as it is hashed into the tree."""
        return f"{self.what} {self.digest}".encode()


def seal(ballot: str, salt: bytes) -> str:
    """Return the seal of a ballot's (or an order's) canonical text, in hexadecimal."""
    if len(salt) != SALT_BYTES:
        raise TransparencyError(f"A salt has {SALT_BYTES} bytes, this one {len(salt)}.")
    return hashlib.sha256(salt + ballot.encode()).hexdigest()


def read_log(text: str) -> tuple[Entry, ...]:
    """Return the entries of a log, one a line.

    Raises
    ------
    TransparencyError
        A line is no entry.
    """
    entries = []
    for number, line in enumerate(text.splitlines(), start=1):
        match = _ENTRY.fullmatch(line)
        if match is None:
            raise TransparencyError(f"Line {number} of the log is no entry.")
        entries.append(Entry(match[1], match[2]))
    return tuple(entries)


def write_log(entries: Iterable[Entry]) -> str:
    """Return the log as text, one entry a line."""
    return "".join(f"{entry.what} {entry.digest}\n" for entry in entries)


def standing(entries: Sequence[Entry], what: str = "cast") -> frozenset[str]:
    """Return the seals of ballots (or of orders: `rank`) that were put in and not taken back.

    Raises
    ------
    TransparencyError
        The log does not begin with its opening, a seal comes twice, one is taken back that does not stand, the
        ballots are bound before the last of them, or something follows the closing.
    """
    live: dict[str, set[str]] = {kind: set() for kind in SEALED}
    seen: dict[str, set[str]] = {kind: set() for kind in SEALED}
    before = -1
    for number, entry in enumerate(entries, start=1):
        _check_stage(number, entry, before)
        before = _STAGES[entry.what]
        if entry.what in live:
            _put_in(number, entry, live[entry.what], seen[entry.what])
        elif entry.what in _TAKES_BACK:
            _take_back(number, entry, live[_TAKES_BACK[entry.what]])
    return frozenset(live[what])


def _check_stage(number: int, entry: Entry, before: int) -> None:
    stage = _STAGES[entry.what]
    if (number == 1) != (entry.what == "open"):
        raise TransparencyError(
            f"Entry {number} of the log breaks the order: it opens once, at the beginning."
        )
    if before == _STAGES["close"]:
        raise TransparencyError(f"Entry {number} of the log comes after the closing.")
    if stage < before or (stage == before and stage != _VOTING):
        raise TransparencyError(f"Entry {number} of the log comes after the ballots were bound.")


def _put_in(number: int, entry: Entry, live: set[str], seen: set[str]) -> None:
    if entry.digest in seen:
        raise TransparencyError(f"Entry {number} of the log casts the same {_NOUNS[entry.what]} again.")
    seen.add(entry.digest)
    live.add(entry.digest)


def _take_back(number: int, entry: Entry, live: set[str]) -> None:
    if entry.digest not in live:
        raise TransparencyError(f"Entry {number} of the log takes back what does not stand.")
    live.remove(entry.digest)


def bound(entries: Sequence[Entry], what: str) -> str | None:
    """Return the hash by which `tally` or `wishes` binds what is published without salts; None where none does."""
    return next((entry.digest for entry in entries if entry.what == what), None)


def miscounted(
    entries: Sequence[Entry], texts: Sequence[str], salts: Sequence[bytes], what: str = "cast"
) -> str | None:
    """Return how the counted ballots (or orders: `rank`), as canonical texts, differ from those in the log, or None."""
    stands, noun = standing(entries, what), _NOUNS[what]
    if len(texts) != len(salts):
        return f"There are {len(texts)} {noun}s, but {len(salts)} salts."
    seals = [seal(text, salt) for text, salt in zip(texts, salts, strict=True)]
    if len(set(seals)) < len(seals):
        return f"One {noun} was counted twice."
    for number, made in enumerate(seals, start=1):
        if made not in stands:
            return f"{noun.capitalize()} {number} was counted, but does not stand in the log."
    if len(seals) < len(stands):
        return f"{len(stands) - len(seals)} {noun}s stand in the log, but were not counted."
    return None
