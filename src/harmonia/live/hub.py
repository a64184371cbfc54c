"""A feed per topic over server-sent events: plain ASGI, one task that polls, one bounded queue a listener."""

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Protocol

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

PING_S = 20.0
POLL_S = 0.5
QUEUE = 16
LISTENERS = 5_000


class Source(Protocol):
    """Where events come from; called in a worker thread, so it may block."""

    @property
    def topics(self) -> tuple[str, ...]:
        """The feeds there are."""
        ...

    def last(self) -> dict[str, int]:
        """Return the newest sequence of every topic."""
        ...


class Hub:
    """Tells listeners that a topic advanced; they fetch what they may see with their own session."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.listeners: dict[str, set[asyncio.Queue[int]]] = {topic: set() for topic in source.topics}
        self.known: dict[str, int] = {}
        self.task: asyncio.Task[None] | None = None
        self.stopping = asyncio.Event()

    def start(self) -> None:
        """Begin to poll."""
        self.task = asyncio.create_task(self._poll())

    async def stop(self) -> None:
        """Stop polling and let every listener go."""
        self.stopping.set()
        if self.task:
            self.task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self.task

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve `/live/<topic>`."""
        topic = scope["path"].removeprefix("/live/")
        if topic not in self.listeners:
            await _refuse(send, 404, b"There is no feed of that name.")
        elif sum(map(len, self.listeners.values())) >= LISTENERS:
            await _refuse(send, 503, b"Too many are listening; this page still works when you reload it.")
        elif scope["method"] != "GET":
            await _refuse(send, 405, b"A feed can only be read.")
        else:
            await self._feed(topic, _last_seen(scope), receive, send)

    async def _feed(self, topic: str, seen: int | None, receive: Receive, send: Send) -> None:
        queue: asyncio.Queue[int] = asyncio.Queue(QUEUE)
        self.listeners[topic].add(queue)
        gone = asyncio.create_task(_until_gone(receive))
        try:
            await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
            now = (await asyncio.to_thread(self.source.last)).get(topic, 0)
            await _send(send, b"retry: 2000\n\n" if seen is None or now <= seen else _message(topic, now))
            while not gone.done() and not self.stopping.is_set():
                await _send(send, await self._next(topic, queue, gone))
        finally:
            gone.cancel()
            self.listeners[topic].discard(queue)

    async def _next(self, topic: str, queue: "asyncio.Queue[int]", gone: "asyncio.Task[None]") -> bytes:
        waiting = asyncio.create_task(queue.get())
        stopped = asyncio.create_task(self.stopping.wait())
        try:
            await asyncio.wait({waiting, gone, stopped}, timeout=PING_S, return_when=asyncio.FIRST_COMPLETED)
            return _message(topic, waiting.result()) if waiting.done() else b": still here\n\n"
        finally:
            waiting.cancel()
            stopped.cancel()

    async def _poll(self) -> None:
        while True:
            await asyncio.sleep(POLL_S)
            if any(self.listeners.values()):
                self.announce(await asyncio.to_thread(self.source.last))

    def announce(self, latest: dict[str, int]) -> None:
        """Tell listeners which topics advanced; where a queue is full the newest number wins."""
        for topic, sequence in latest.items():
            before = self.known.get(topic)
            self.known[topic] = sequence
            if before is None or sequence <= before:
                continue
            for queue in self.listeners[topic]:
                if queue.full():
                    queue.get_nowait()
                queue.put_nowait(sequence)


_HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]


def _message(topic: str, sequence: int) -> bytes:
    data = json.dumps({"topic": topic, "sequence": sequence}, separators=(",", ":"))
    return f"id: {sequence}\ndata: {data}\n\n".encode()


def _last_seen(scope: Scope) -> int | None:
    value = dict(scope["headers"]).get(b"last-event-id", b"")
    return int(value) if value.isdigit() and len(value) < 19 else None


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _send(send: Send, body: bytes) -> None:
    await send({"type": "http.response.body", "body": body, "more_body": True})


async def _refuse(send: Send, status: int, sentence: bytes) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": sentence})
