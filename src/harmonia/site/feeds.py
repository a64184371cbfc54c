"""What `live` is handed: how a room stands, what happened since, and where input goes; all as plain values."""

import logging
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from django.db import DataError, IntegrityError, connection, transaction
from django.db.utils import DatabaseError

from harmonia.commons.journal import queries, registry
from harmonia.commons.journal.rooms import Declined, Spoken, kind_of
from harmonia.live import Answer, Bus, Fact, Present, Said

# What anybody may hear. Payloads hold identifiers and quantities only; what is a person's own is on no topic.
PUBLIC = ("ledger", "nexus", "tapestry", "voice", "alchemy", "covenants", "rituals", "gatherings")
TRIES = 20
NOT_KEPT = "not-kept"
log = logging.getLogger("harmonia.live")


class Journal:
    """Reads topics and rooms for the hub, in worker threads with connections of their own."""

    topics = PUBLIC

    def last(self, topics: Sequence[str]) -> Mapping[str, int]:
        """Return the newest sequence of these topics."""
        _renew()
        return queries.last_sequences(topics)

    def snapshot(self, room: str) -> Present | None:
        """Return a room's state with the number of the last event that made it.

        Both are read again until nothing happened in between: state and event are committed together.
        """
        _renew()
        kind = kind_of(room)
        if kind is None:
            return None
        for _ in range(TRIES):
            before = queries.last_sequence(room)
            state = kind.present(room)
            if state is None:
                return None
            if queries.last_sequence(room) == before:
                return Present(before, state)
        raise RuntimeError(f"{room} changed {TRIES} times while it was read")

    def since(self, room: str, sequence: int) -> Sequence[Fact]:
        """Return the events of a room after a number."""
        _renew()
        events = queries.events_since(room, sequence)
        return [Fact(e.sequence, e.kind, e.payload, e.at.isoformat()) for e in events]

    def accept(self, said: Sequence[Said]) -> Sequence[Answer]:
        """Take inputs in one transaction, so that a crowd costs one write to the disk.

        One that is declined, or that its app fails on, takes nothing of the others with it.
        """
        _renew()
        with transaction.atomic():
            answers = [_take(one) for one in said]
            for room in dict.fromkeys(one.room for one in said):
                kind = kind_of(room)
                if kind is not None and kind.settle is not None:
                    kind.settle(room)
            return answers


def _renew() -> None:
    # What Django does between requests: a hub's thread has none.
    if not connection.in_atomic_block:
        connection.close_if_unusable_or_obsolete()


def _take(said: Said) -> Answer:
    kind = kind_of(said.room)
    if kind is None:
        return Answer(NOT_KEPT)
    try:
        with transaction.atomic():
            spoken = Spoken(said.room, said.who, said.key, said.kind, said.data)
            return Answer(data=kind.accept(spoken))
    except Declined as reason:
        return Answer(str(reason) or NOT_KEPT)
    except (DataError, IntegrityError):
        log.exception("an input of %s was refused by the database", said.room)
        return Answer(NOT_KEPT)
    except DatabaseError:
        raise  # the database is away or busy: nobody's input is lost, all is tried again
    except Exception:
        log.exception("an input of %s could not be taken", said.room)
        return Answer(NOT_KEPT)


_buses: list[Bus] = []


def announce_on(bus: Bus) -> None:
    """Let this process's hub hear what the pages of this process commit, at once."""
    _buses.append(bus)
    registry.on_event("*", "live", _announce)


def _announce(event: Any) -> None:
    for bus in _buses:
        transaction.on_commit(partial(bus.announce, event.topic_id, event.sequence), robust=True)
