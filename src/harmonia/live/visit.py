"""One client in a room: a handshake that is checked, frames that are limited, an outlet that never waits."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable

from harmonia.live import wire
from harmonia.live.asgi import Message, Receive, Scope, Send, query
from harmonia.live.limits import Bucket, Refusals
from harmonia.live.outlet import Outlet
from harmonia.live.room import Room
from harmonia.live.source import Answer, Said
from harmonia.live.tokens import Pass

PROTOCOL = "harmonia.room.1"
GOING_AWAY, BROKE_THE_RULES, TRY_LATER = 1001, 1008, 1013
Deliver = Callable[[Said], Awaitable[Answer]]


class Visit:
    """A person's open connection to a room."""

    __slots__ = ("_deliver", "_refusals", "bucket", "heard", "outlet", "room", "send", "who")

    def __init__(
        self, room: Room, who: Pass, bucket: Bucket, deliver: Deliver, refusals: Refusals, send: Send
    ) -> None:
        self.room, self.who, self.bucket, self.send = room, who, bucket, send
        self.outlet: Outlet[str] = Outlet(room.present)
        self.heard = asyncio.get_running_loop().time()
        self._deliver, self._refusals = deliver, refusals

    async def serve(self, scope: Scope, receive: Receive) -> None:
        """Accept the connection, let the room tell, and take input until either side ends.

        Raises Gone before anything was accepted where there is no such room.
        """
        await self.room.present()
        await self.send({"type": "websocket.accept", "subprotocol": PROTOCOL})
        await self.room.enter(self, _seen(scope))
        sending = self.outlet.start(self._say)
        taking = asyncio.create_task(self._take(receive))
        try:
            await asyncio.wait({sending, taking}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self.room.leave(self)
            for task in (sending, taking):
                task.cancel()
            code = await _code_of(taking)
            with contextlib.suppress(OSError, asyncio.CancelledError):
                await sending
        with contextlib.suppress(OSError, RuntimeError, asyncio.TimeoutError):
            await asyncio.wait_for(self.send({"type": "websocket.close", "code": code}), 1)

    async def _say(self, text: str) -> None:
        await self.send({"type": "websocket.send", "text": text})

    async def _take(self, receive: Receive) -> int:
        """Take frames until the client leaves or breaks the rules; return the code to close with."""
        while (message := await receive())["type"] != "websocket.disconnect":
            self.heard = asyncio.get_running_loop().time()
            if not await self._frame(message):
                self._refusals.note("client closed for breaking the rules")
                return BROKE_THE_RULES
        return GOING_AWAY

    async def _frame(self, message: Message) -> bool:
        frame = wire.parse(message.get("text"))
        if frame is None:
            self.bucket.offences += 1
            self._refusals.note("malformed frame")
        elif not self.bucket.take():
            self._refusals.note("too many frames")
            if frame.key:
                self.outlet.put(wire.answer(frame.key, Answer(TOO_FAST)))
        else:
            await self._act(frame)
        return not self.bucket.is_exhausted

    async def _act(self, frame: wire.Frame) -> None:
        if frame.t == "here":
            return  # the answer to a ping
        if frame.t == "hold":
            (self.room.holding.add if frame.on and self.who.speaks else self.room.holding.discard)(self)
        elif frame.t == "sync":
            self.outlet.put(await self.room.present())
        elif not self.who.speaks:
            self.outlet.put(wire.answer(frame.key, Answer(ONLY_LISTENS)))
        else:
            said = Said(self.room.name, self.who.who, frame.key, frame.kind, frame.data)
            self.outlet.put(wire.answer(frame.key, await self._deliver(said)))


# Codes, not sentences: the client says them in its reader's language.
TOO_FAST = "too-fast"
ONLY_LISTENS = "only-listens"
TRY_AGAIN = "try-again"


async def _code_of(taking: "asyncio.Task[int]") -> int:
    with contextlib.suppress(asyncio.CancelledError, OSError):
        return await taking
    return TRY_LATER


def _seen(scope: Scope) -> int | None:
    value = query(scope).get("since", "")
    return int(value) if value.isdecimal() and value.isascii() and len(value) < 19 else None
