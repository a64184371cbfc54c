"""Feeds: who hears what, and what happens to those who don't listen."""

import asyncio
from collections.abc import Coroutine, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import pytest

from harmonia.live.hub import QUEUE, Hub

T = TypeVar("T")


def run(scene: Coroutine[Any, Any, T]) -> T:
    """Run a scene in a loop and a thread of its own: the browser of other tests keeps a loop in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, scene).result()


class Counter:
    """A source whose numbers the test turns."""

    topics = ("nexus", "tapestry")

    def __init__(self) -> None:
        self.numbers = {"nexus": 3, "tapestry": 0}

    def last(self) -> dict[str, int]:
        return dict(self.numbers)


class Listener:
    """A browser with an open feed."""

    def __init__(self, hub: Hub, path: str, last_event_id: str = "", method: str = "GET") -> None:
        headers = [(b"last-event-id", last_event_id.encode())] if last_event_id else []
        self.scope = {"type": "http", "path": path, "method": method, "headers": headers}
        self.heard: asyncio.Queue[bytes] = asyncio.Queue()
        self.status = 0
        self.gone = asyncio.Event()
        self.task = asyncio.create_task(hub(self.scope, self.receive, self.send))

    async def receive(self) -> MutableMapping[str, Any]:
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
        else:
            await self.heard.put(message["body"])

    async def next(self) -> bytes:
        return await asyncio.wait_for(self.heard.get(), 5)

    async def close(self) -> None:
        self.gone.set()
        await asyncio.wait_for(self.task, 5)


def test_a_listener_hears_that_its_topic_advanced_and_nothing_of_others() -> None:
    async def scene() -> bytes:
        hub = Hub(Counter())
        listener = Listener(hub, "/live/nexus")
        await listener.next()
        hub.announce({"nexus": 3, "tapestry": 0})
        hub.announce({"nexus": 3, "tapestry": 1})
        hub.announce({"nexus": 4, "tapestry": 1})
        heard = await listener.next()
        await listener.close()
        return heard

    assert run(scene()) == b'id: 4\ndata: {"topic":"nexus","sequence":4}\n\n'


@pytest.mark.parametrize(
    ("seen", "heard"), [("2", b"id: 3"), ("3", b"retry:"), ("x", b"retry:"), ("", b"retry:")]
)
def test_who_comes_back_hears_at_once_whether_something_was_missed(seen: str, heard: bytes) -> None:
    async def scene() -> bytes:
        listener = Listener(Hub(Counter()), "/live/nexus", seen)
        first = await listener.next()
        await listener.close()
        return first

    assert run(scene()).startswith(heard)


def test_who_does_not_read_keeps_only_the_newest_numbers() -> None:
    async def scene() -> list[int]:
        hub = Hub(Counter())
        queue: asyncio.Queue[int] = asyncio.Queue(QUEUE)
        hub.listeners["nexus"].add(queue)
        for number in range(1, 100):
            hub.announce({"nexus": number})
        return [queue.get_nowait() for _ in range(queue.qsize())]

    assert run(scene()) == list(range(100 - QUEUE, 100))


def test_who_leaves_is_forgotten() -> None:
    async def scene() -> int:
        hub = Hub(Counter())
        listener = Listener(hub, "/live/nexus")
        await listener.next()
        await listener.close()
        return len(hub.listeners["nexus"])

    assert run(scene()) == 0


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [("/live/people", "GET", 404), ("/live/../x", "GET", 404), ("/live/nexus", "POST", 405)],
)
def test_what_is_no_public_feed_is_refused(path: str, method: str, status: int) -> None:
    async def scene() -> int:
        listener = Listener(Hub(Counter()), path, method=method)
        await listener.next()
        return listener.status

    assert run(scene()) == status


def test_the_hub_polls_only_while_somebody_listens_and_stops_when_told() -> None:
    async def scene() -> bytes:
        source = Counter()
        hub = Hub(source)
        hub.start()
        listener = Listener(hub, "/live/tapestry")
        await listener.next()
        hub.announce(source.last())
        source.numbers["tapestry"] = 7
        heard = await listener.next()
        await hub.stop()
        await asyncio.wait_for(listener.task, 5)
        return heard

    assert run(scene()).startswith(b"id: 7")
