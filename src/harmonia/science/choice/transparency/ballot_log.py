"""The log of a vote: entries that never show a ballot, and the check that what was counted is what was cast.

Entries are lines. `open HASH` binds rule, options and electorate; `cast HASH` is a sealed ballot; `void HASH`
takes a sealed ballot back (the voter changed it); `close HASH` binds the decision. A seal is the SHA-256 of 16
random bytes and the ballot, so it tells nothing without its salt; who holds salts and ballots can recount.
"""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from harmonia.science.choice.transparency.keys import TransparencyError

SALT_BYTES = 16
_ENTRY = re.compile(r"(open|cast|void|close) ([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log; `what` is open, cast, void or close, `digest` 64 hexadecimal digits."""

    what: str
    digest: str

    def as_bytes(self) -> bytes:
        """Return the entry as it is hashed into the tree."""
        return f"{self.what} {self.digest}".encode()


def seal(ballot: str, salt: bytes) -> str:
    """Return the seal of a ballot's canonical text, in hexadecimal."""
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


def standing(entries: Sequence[Entry]) -> frozenset[str]:
    """Return the seals that were cast and not taken back.

    Raises
    ------
    TransparencyError
        The log does not begin with its opening, a seal comes twice, one is voided that does not stand, or
        something follows the closing.
    """
    live: set[str] = set()
    seen: set[str] = set()
    for number, entry in enumerate(entries, start=1):
        if (number == 1) != (entry.what == "open"):
            raise TransparencyError(
                f"Entry {number} of the log breaks the order: it opens once, at the beginning."
            )
        if number > 1 and entries[number - 2].what == "close":
            raise TransparencyError(f"Entry {number} of the log comes after the closing.")
        if entry.what == "cast":
            if entry.digest in seen:
                raise TransparencyError(f"Entry {number} of the log casts a ballot that was cast before.")
            seen.add(entry.digest)
            live.add(entry.digest)
        elif entry.what == "void":
            if entry.digest not in live:
                raise TransparencyError(f"Entry {number} of the log takes back a ballot that does not stand.")
            live.remove(entry.digest)
    return frozenset(live)


def miscounted(entries: Sequence[Entry], ballots: Sequence[str], salts: Sequence[bytes]) -> str | None:
    """Return how the counted ballots (canonical texts) differ from those that stand in the log, or None."""
    stands = standing(entries)
    if len(ballots) != len(salts):
        return f"There are {len(ballots)} ballots, but {len(salts)} salts."
    seals = [seal(ballot, salt) for ballot, salt in zip(ballots, salts, strict=True)]
    if len(set(seals)) < len(seals):
        return "One ballot was counted twice."
    for number, made in enumerate(seals, start=1):
        if made not in stands:
            return f"Ballot {number} was counted, but does not stand in the log."
    if len(seals) < len(stands):
        return f"{len(stands) - len(seals)} ballots stand in the log, but were not counted."
    return None
