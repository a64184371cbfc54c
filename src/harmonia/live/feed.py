"""A feed: who listens to one public topic over server-sent events."""

import asyncio
import contextlib

from harmonia.live import wire
from harmonia.live.asgi import Receive, Scope, Send, header
from harmonia.live.outlet import Outlet

HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]
HELLO = b"retry: 2000\n\n"
PING = b": still here\n\n"


class Feed:
    """The listeners of a topic and the newest number they were told."""

    def __init__(self, topic: str) -> None:
        self.topic = topic
        self.known: int | None = None
        self.outlets: set[Outlet[bytes]] = set()

    def advance(self, sequence: int) -> None:
        """Tell every listener a newer number; the first one ever is only remembered."""
        before, self.known = self.known, max(sequence, self.known or 0)
        if before is not None and sequence > before:
            self.broadcast(wire.feed(self.topic, sequence))

    def broadcast(self, message: bytes) -> None:
        """Send one encoded message to everybody."""
        for outlet in self.outlets:
            outlet.put(message)

    async def serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one listener until they leave or are dropped; `known` has to be set."""
        seen, outlet = _last_seen(scope), Outlet[bytes]()
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        now = self.known or 0
        outlet.put(HELLO if seen is None or now <= seen else wire.feed(self.topic, now))
        self.outlets.add(outlet)

        async def chunk(body: bytes) -> None:
            await send({"type": "http.response.body", "body": body, "more_body": True})

        sending = outlet.start(chunk)
        gone = asyncio.create_task(_until_gone(receive))
        try:
            await asyncio.wait({sending, gone}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self.outlets.discard(outlet)
            for task in (sending, gone):
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError, OSError):
                    await task


def _last_seen(scope: Scope) -> int | None:
    value = header(scope, b"last-event-id")
    return int(value) if value.isdecimal() and value.isascii() and len(value) < 19 else None


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
