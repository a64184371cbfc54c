"""Feeds: who hears what, and what happens to those who don't listen."""

import asyncio

import pytest

from harmonia.live.outlet import BACKLOG, Outlet
from tests.live.scene import Browser, Story, hub_of, run


def test_a_listener_hears_that_its_topic_advanced_and_nothing_of_others() -> None:
    async def scene() -> bytes:
        hub = hub_of(Story())
        listener = Browser(hub, "/live/nexus")
        await listener.next()
        hub.announce({"nexus": 3, "tapestry": 0})
        hub.announce({"nexus": 3, "tapestry": 1})
        hub.announce({"nexus": 4, "tapestry": 1})
        heard = await listener.next()
        await listener.close()
        return heard

    assert run(scene()) == b'id: 4\ndata: {"topic":"nexus","sequence":4}\n\n'


@pytest.mark.parametrize(
    ("seen", "heard"),
    [("2", b"id: 3"), ("3", b"retry:"), ("x", b"retry:"), ("²", b"retry:"), ("", b"retry:")],
)
def test_who_comes_back_hears_at_once_whether_something_was_missed(seen: str, heard: bytes) -> None:
    async def scene() -> bytes:
        listener = Browser(hub_of(Story()), "/live/nexus", seen)
        first = await listener.next()
        await listener.close()
        return first

    assert run(scene()).startswith(heard)


def test_who_does_not_read_keeps_only_the_newest() -> None:
    outlet = Outlet[int]()
    for number in range(200):
        outlet.put(number)

    assert list(outlet.pending) == list(range(200 - BACKLOG, 200))


def test_who_leaves_is_forgotten() -> None:
    async def scene() -> int:
        hub = hub_of(Story())
        listener = Browser(hub, "/live/nexus")
        await listener.next()
        await listener.close()
        return hub.clients

    assert run(scene()) == 0


@pytest.mark.parametrize(
    ("path", "method", "origin", "status"),
    [
        ("/live/people", "GET", "", 404),
        ("/live/../x", "GET", "", 404),
        ("/live/nexus", "POST", "", 405),
        ("/live/nexus", "GET", "https://elsewhere.example", 403),
    ],
)
def test_what_is_no_public_feed_of_ours_is_refused(path: str, method: str, origin: str, status: int) -> None:
    async def scene() -> int:
        listener = Browser(hub_of(Story()), path, method=method, origin=origin)
        await listener.next()
        return listener.status

    assert run(scene()) == status


def test_the_hub_hears_what_nobody_announced_and_stops_when_told() -> None:
    async def scene() -> bytes:
        source = Story()
        hub = hub_of(source)
        hub.start()
        listener = Browser(hub, "/live/tapestry")
        await listener.next()
        source.numbers["tapestry"] = 7
        heard = await listener.next()
        await hub.stop()
        await asyncio.wait_for(listener.task, 5)
        return heard

    assert run(scene()).startswith(b"id: 7")


def test_a_database_that_fails_for_a_moment_ends_no_feed() -> None:
    class Moody(Story):
        asked = 0

        def last(self, topics):  # type: ignore[no-untyped-def]
            self.asked += 1
            if self.asked == 2:
                raise OSError("away")
            return super().last(topics)

    async def scene() -> bytes:
        source = Moody()
        hub = hub_of(source)
        hub.start()
        listener = Browser(hub, "/live/nexus")
        await listener.next()
        source.numbers["nexus"] = 9
        heard = await listener.next()
        await hub.stop()
        return heard

    assert run(scene()).startswith(b"id: 9")
