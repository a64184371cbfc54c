"""A room in this process: who is in it, what they were told, and its light."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING

from harmonia.live import wire
from harmonia.live.source import Fact, Present

if TYPE_CHECKING:
    from harmonia.live.visit import Visit

REMEMBERED = 256


class Gone(Exception):
    """There is no such room (any more)."""


class Room:
    """The visits of a room. All methods run in the hub's loop.

    Whoever enters gets the state, or the events since the number they name, and from then on every event, in order.
    """

    def __init__(
        self,
        name: str,
        snapshot: Callable[[str], Awaitable[Present | None]],
        since: Callable[[str, int], Awaitable[Sequence[Fact]]],
    ) -> None:
        self.name = name
        self.known: int | None = None
        self.guests = 0  # who is inside or on the way in: a room without guests is forgotten
        self.visits: set[Visit] = set()
        self.lookers = 0
        self.holding: set[Visit] = set()
        self._snapshot, self._since = snapshot, since
        self._recent: deque[tuple[int, str]] = deque(maxlen=REMEMBERED)
        self._present: tuple[int, str] | None = None
        self._wanted = 0
        self._reading = asyncio.Lock()
        self._light = (0, 0)

    async def present(self) -> str:
        """Return the encoded state, no older than what the room was told; read once for all who ask together."""
        async with self._reading:
            while self._present is None or self._present[0] < (self.known or 0):
                found = await self._snapshot(self.name)
                if found is None:
                    raise Gone
                self._present = (found.sequence, wire.state(found))
                if self.known is None:
                    self.known = found.sequence
            return self._present[1]

    async def enter(self, visit: "Visit", seen: int | None) -> None:
        """Let a visit in; raise Gone where there is no such room."""
        messages = self._missed(seen)
        if messages is None:
            messages = [await self.present()]
        # No await from here on: what is told next finds this visit inside.
        for message in messages:
            visit.outlet.put(message)
        visit.outlet.put(wire.light(*self._light))
        self.visits.add(visit)
        self.lookers += not visit.who.speaks

    def _missed(self, seen: int | None) -> list[str] | None:
        """Return the events after a number where all of them are remembered."""
        if seen is None or self.known is None or seen > self.known:
            return None
        missed = [message for number, message in self._recent if number > seen]
        return missed if len(missed) == self.known - seen else None

    def leave(self, visit: "Visit") -> None:
        """Forget a visit."""
        self.lookers -= visit in self.visits and not visit.who.speaks
        self.visits.discard(visit)
        self.holding.discard(visit)

    def hear(self, sequence: int) -> bool:
        """Note that the room advanced; return whether its events have to be read."""
        self._wanted = max(self._wanted, sequence)
        return self.known is not None and self._wanted > self.known

    async def catch_up(self) -> None:
        """Read what happened since and tell everybody; one reader at a time."""
        async with self._reading:
            while self.known is not None and self._wanted > self.known:
                facts = await self._since(self.name, self.known)
                for fact in facts:
                    self._tell(fact)
                if not facts:
                    return

    def _tell(self, fact: Fact) -> None:
        if fact.sequence <= (self.known or 0):
            return
        message = wire.event(fact)
        self._recent.append((fact.sequence, message))
        self.known = fact.sequence
        self.broadcast(message)

    def broadcast(self, message: str) -> None:
        """Send one encoded message to everybody."""
        for visit in self.visits:
            visit.outlet.put(message)

    def shine(self) -> int:
        """Tell everybody how many are here and how many hold, if that changed; return how many were told.

        A screen that only looks is nobody.
        """
        light = (len(self.visits) - self.lookers, len(self.holding))
        if light == self._light:
            return 0
        self._light = light
        self.broadcast(wire.light(*light))
        return len(self.visits)
