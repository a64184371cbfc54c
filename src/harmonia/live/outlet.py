"""What waits to be sent to one client: bounded, the newest state wins, nobody waits for a slow reader."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

T = TypeVar("T")
BACKLOG = 64
SLOW_S = 10.0


class Outlet(Generic[T]):
    """One client's messages on their way out.

    `renew` makes the message that replaces a backlog which grew too long; without one the oldest are dropped.
    """

    __slots__ = ("_renew", "_since", "_task", "_waker", "behind", "pending")

    def __init__(self, renew: Callable[[], Awaitable[T]] | None = None) -> None:
        self.pending: deque[T] = deque()
        self.behind = False
        self._renew = renew
        self._waker: asyncio.Future[None] | None = None
        self._since: float | None = None
        self._task: asyncio.Task[None] | None = None

    def put(self, message: T) -> None:
        """Add a message; never waits."""
        if self.behind:
            return
        if len(self.pending) >= BACKLOG:
            self._overflow()
        if not self.behind:
            self.pending.append(message)
        if self._waker is not None and not self._waker.done():
            self._waker.set_result(None)

    def _overflow(self) -> None:
        if self._renew is None:
            self.pending.popleft()
        else:
            self.pending.clear()
            self.behind = True

    def start(self, send: Callable[[T], Awaitable[None]]) -> "asyncio.Task[None]":
        """Begin to send."""
        self._task = asyncio.create_task(self._drain(send))
        return self._task

    async def _drain(self, send: Callable[[T], Awaitable[None]]) -> None:
        loop = asyncio.get_running_loop()
        while True:
            if not self.pending and not self.behind:
                self._waker = loop.create_future()
                await self._waker
            self._since = loop.time()
            if self.behind and self._renew is not None:
                # From here on news queue up again behind the fresh state, which may already tell them.
                self.behind = False
                await send(await self._renew())
            while self.pending:
                await send(self.pending.popleft())
            self._since = None

    def drop_if_slow(self, now: float) -> bool:
        """End the sending to a client that has not taken what it was sent; return whether it was."""
        return self._since is not None and now - self._since >= SLOW_S and self.drop()

    def drop(self) -> bool:
        """End the sending, and with it the connection; return whether it went on until now."""
        return self._task is not None and self._task.cancel()
