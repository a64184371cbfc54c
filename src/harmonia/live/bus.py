"""How one process tells the others that a topic advanced."""

import asyncio
from collections.abc import Callable
from typing import Protocol

Hear = Callable[[str, int], None]


class Bus(Protocol):
    """Says that a topic advanced; nothing else. What happened stands in the journal.

    A message that is lost costs half a second, never an event: every hub also asks the journal.
    """

    def announce(self, topic: str, sequence: int) -> None:
        """Tell every hub; callable from any thread, returns at once, never raises."""
        ...


class InProcess:
    """The bus of a single process: straight into the hub's loop."""

    def __init__(self, loop: asyncio.AbstractEventLoop, hear: Hear) -> None:
        self._loop, self._hear = loop, hear

    def announce(self, topic: str, sequence: int) -> None:
        """Let the hub hear."""
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._hear, topic, sequence)
