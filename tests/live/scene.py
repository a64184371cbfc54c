"""A hub without a network: browsers on feeds, phones in rooms, and a source whose numbers a test turns."""

import asyncio
import json
import threading
from collections.abc import Coroutine, Mapping, MutableMapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from harmonia.live import Answer, Fact, Hub, Present, Said, sign

T = TypeVar("T")
KEY = b"a key of the tests"
ROOM = "ritual-1"


def run(scene: Coroutine[Any, Any, T]) -> T:
    """Run a scene in a loop and a thread of its own: the browser of other tests keeps a loop in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, scene).result()


class Story:
    """A source in memory: what is said becomes an event, once a key."""

    topics = ("nexus", "tapestry")

    def __init__(self) -> None:
        self.numbers = {"nexus": 3, "tapestry": 0}
        self.facts: list[Fact] = []
        self.answers: dict[str, Answer] = {}
        self.batches: list[int] = []
        self.fails = 0
        self.disk = threading.Event()
        self.disk.set()

    def last(self, topics: Sequence[str]) -> Mapping[str, int]:
        known = self.numbers | {ROOM: len(self.facts)}
        return {topic: known.get(topic, 0) for topic in topics}

    def snapshot(self, room: str) -> Present | None:
        return (
            Present(len(self.facts), {"said": [f.data["words"] for f in self.facts]})
            if room == ROOM
            else None
        )

    def since(self, room: str, sequence: int) -> Sequence[Fact]:
        return self.facts[sequence:]

    def happen(self, words: str) -> int:
        self.facts.append(Fact(len(self.facts) + 1, "said", {"words": words}, "2026-11-27T10:00:00+00:00"))
        return len(self.facts)

    def accept(self, said: Sequence[Said]) -> Sequence[Answer]:
        self.batches.append(len(said))
        assert self.disk.wait(20)
        if self.fails:
            self.fails -= 1
            raise OSError("the disk is full")
        return [self._one(each) for each in said]

    def _one(self, said: Said) -> Answer:
        if said.key not in self.answers:
            self.answers[said.key] = Answer(data={"n": self.happen(str(said.data.get("words", "")))})
        return self.answers[said.key]


def hub_of(source: Story) -> Hub:
    return Hub(source, key=KEY, hosts=["harmonia.example"])


class Browser:
    """A page with an open feed."""

    def __init__(
        self, hub: Hub, path: str, last_event_id: str = "", method: str = "GET", origin: str = ""
    ) -> None:
        headers = [(b"host", b"harmonia.example")]
        headers += [(b"last-event-id", last_event_id.encode())] if last_event_id else []
        headers += [(b"origin", origin.encode())] if origin else []
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


class Phone:
    """A phone in a room; `stuck` makes it stop taking what is sent."""

    def __init__(
        self,
        hub: Hub,
        who: str = "lyra",
        *,
        room: str = ROOM,
        token: str | None = None,
        origin: str = "https://harmonia.example",
        since: int | None = None,
        speaks: bool = True,
    ) -> None:
        self.token = sign(KEY, room, who, speaks=speaks) if token is None else token
        self.scope = {
            "type": "websocket",
            "path": f"/live/rooms/{room}",
            "query_string": b"" if since is None else f"since={since}".encode(),
            "headers": [(b"host", b"harmonia.example"), (b"origin", origin.encode())],
            "subprotocols": ["harmonia.room.1", self.token],
        }
        self.inbox: asyncio.Queue[MutableMapping[str, Any]] = asyncio.Queue()
        self.inbox.put_nowait({"type": "websocket.connect"})
        self.heard: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.accepted = False
        self.closed: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self.free = asyncio.Event()
        self.free.set()
        self.task = asyncio.create_task(hub(self.scope, self.inbox.get, self.send))

    async def send(self, message: MutableMapping[str, Any]) -> None:
        await self.free.wait()
        if message["type"] == "websocket.accept":
            self.accepted = True
        elif message["type"] == "websocket.close":
            if not self.closed.done():
                self.closed.set_result(message["code"])
        else:
            await self.heard.put(json.loads(message["text"]))

    def say(self, key: str, words: str) -> None:
        self.frame(json.dumps({"t": "say", "id": key, "kind": "note", "data": {"words": words}}))

    def frame(self, text: str) -> None:
        self.inbox.put_nowait({"type": "websocket.receive", "text": text})

    async def next(self, *kinds: str) -> dict[str, Any]:
        """Return the next message of these kinds."""
        while True:
            message = await asyncio.wait_for(self.heard.get(), 5)
            if message["t"] in kinds:
                return message

    async def close(self) -> None:
        self.inbox.put_nowait({"type": "websocket.disconnect", "code": 1001})
        await asyncio.wait_for(self.task, 5)
