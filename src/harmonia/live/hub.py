"""The hub: routes connections, asks the site, tells what advanced, and lets nobody hold up the others."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from harmonia.live import wire
from harmonia.live.asgi import Receive, Scope, Send, answer, header
from harmonia.live.bus import Bus, InProcess
from harmonia.live.feed import PING, Feed
from harmonia.live.inbox import Inbox
from harmonia.live.limits import Bucket, Refusals
from harmonia.live.origin import is_own
from harmonia.live.outlet import Outlet
from harmonia.live.redis_bus import RedisBus
from harmonia.live.room import Gone, Room
from harmonia.live.source import Answer, Fact, Present, Said, Source
from harmonia.live.tokens import LIFETIME_S, Gate, Pass
from harmonia.live.visit import PROTOCOL, TRY_AGAIN, Visit

PING_S = 25.0
POLL_S = 0.5
SLOW_CHECK_S = 2.5
LIGHT_S = 0.25
LIGHTS_A_SECOND = 4_000
CLIENTS = 6_000
VISITS_EACH = 6
BUCKETS = 20_000
log = logging.getLogger("harmonia.live")


class Hub:
    """Feeds and rooms of one process."""

    def __init__(
        self,
        source: Source,
        *,
        key: bytes = b"",
        hosts: Collection[str] = (),
        redis_url: str = "",
    ) -> None:
        self.source = source
        self.feeds = {topic: Feed(topic) for topic in source.topics}
        self.rooms: dict[str, Room] = {}
        self.refusals = Refusals()
        self.bus: Bus | None = None
        self._gate, self._hosts, self._redis_url = (
            Gate(key),
            frozenset(host.strip("[]") for host in hosts),
            redis_url,
        )
        self._inbox = Inbox(self._accept, Answer(TRY_AGAIN))
        self._buckets: OrderedDict[str, Bucket] = OrderedDict()
        # The database is asked by one thread and written by another: neither waits behind the other.
        self._readers, self._writer = ThreadPoolExecutor(1, "live-read"), ThreadPoolExecutor(1, "live-write")
        self._tasks: set[asyncio.Task[Any]] = set()
        self._open: set[asyncio.Task[Any]] = set()
        self._stopping = False

    # -- life

    def start(self) -> Bus:
        """Begin to ask, to tell and to tidy; return the bus on which actions say what advanced."""
        loop = asyncio.get_running_loop()
        self.bus = RedisBus(self._redis_url, self.hear) if self._redis_url else InProcess(loop, self.hear)
        for work in (self._poll, self._ping, self._drop_slow, self._shine):
            self._spawn(work())
        self._spawn(self._inbox.work())
        return self.bus

    async def stop(self) -> None:
        """Let everybody go and end."""
        self._stopping = True
        for task in [*self._tasks, *self._open]:
            task.cancel()
        await asyncio.gather(*self._tasks, *self._open, return_exceptions=True)
        if isinstance(self.bus, RedisBus):
            await self.bus.close()
        self._readers.shutdown(wait=False)
        self._writer.shutdown(wait=True)
        self.refusals.tell()

    def _spawn(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    @property
    def clients(self) -> int:
        """How many listen or are in a room."""
        feeds = sum(len(feed.outlets) for feed in self.feeds.values())
        return feeds + sum(len(room.visits) for room in self.rooms.values())

    # -- connections

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        task = asyncio.current_task()
        if task is not None:
            self._open.add(task)
        try:
            await (self._enter if scope["type"] == "websocket" else self._listen)(scope, receive, send)
        except asyncio.CancelledError:
            if not self._stopping:
                raise
        finally:
            if task is not None:
                self._open.discard(task)

    async def _listen(self, scope: Scope, receive: Receive, send: Send) -> None:
        feed = self.feeds.get(scope["path"].removeprefix("/live/"))
        if feed is None:
            await answer(send, 404, "There is no feed of that name.")
        elif scope["method"] != "GET":
            await answer(send, 405, "A feed can only be read.")
        elif header(scope, b"origin") and self._hosts and not is_own(scope, self._hosts):
            self.refusals.note("foreign origin")
            await answer(send, 403, "Feeds are for this site's own pages.")
        elif self.clients >= CLIENTS:
            await answer(send, 503, "Too many are listening; this page still works when you reload it.")
        else:
            if feed.known is None:
                feed.advance((await self._read(self.source.last, (feed.topic,))).get(feed.topic, 0))
            await feed.serve(scope, receive, send)

    async def _enter(self, scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        name = scope["path"].removeprefix("/live/rooms/")
        admitted = await self._admit(scope, name)
        if isinstance(admitted, str):
            self.refusals.note(admitted)
            await send({"type": "websocket.close", "code": 1008})
            return
        room = self.rooms.setdefault(name, Room(name, self._snapshot, self._since))
        room.guests += 1
        visit = Visit(room, admitted, self._bucket(admitted.who), self._inbox.deliver, self.refusals, send)
        try:
            await visit.serve(scope, receive)
        except Gone:
            self.refusals.note("no such room")
            await send({"type": "websocket.close", "code": 1008})
        finally:
            room.guests -= 1
            if not room.guests:
                del self.rooms[name]

    async def _admit(self, scope: Scope, name: str) -> Pass | str:
        """Return whose handshake this is, or why it is refused."""
        if not is_own(scope, self._hosts):
            return "foreign origin"
        offered = scope.get("subprotocols", [])
        if len(offered) != 2 or offered[0] != PROTOCOL:
            return "handshake without a token"
        found = self._gate.admit(offered[1])
        if found is None or found.room != name:
            return "bad or used token"
        if self.clients >= CLIENTS or self._visits_of(found) >= VISITS_EACH:
            return "too many connections"
        if isinstance(self.bus, RedisBus) and not await self.bus.first_use(found.nonce, LIFETIME_S):
            return "bad or used token"
        return found

    def _visits_of(self, found: Pass) -> int:
        bucket = self._buckets.get(found.who)
        room = self.rooms.get(found.room)
        # Counting is linear, so it is done only for whom we have met before.
        return 0 if bucket is None or room is None else sum(v.who.who == found.who for v in room.visits)

    def _bucket(self, who: str) -> Bucket:
        """Return a person's limit, the same after they come back."""
        bucket = self._buckets.setdefault(who, Bucket())
        self._buckets.move_to_end(who)
        if len(self._buckets) > BUCKETS:
            self._buckets.popitem(last=False)
        return bucket

    # -- the site, asked in threads

    async def _read(self, ask: Callable[..., Any], *words: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._readers, ask, *words)

    async def _snapshot(self, room: str) -> Present | None:
        found: Present | None = await self._read(self.source.snapshot, room)
        return found

    async def _since(self, room: str, sequence: int) -> Sequence[Fact]:
        found: Sequence[Fact] = await self._read(self.source.since, room, sequence)
        return found

    async def _accept(self, said: Sequence[Said]) -> Sequence[Answer]:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._writer, self.source.accept, said)

    # -- news

    def hear(self, topic: str, sequence: int) -> None:
        """Take in that a topic advanced; from the bus or the poll, in the loop."""
        feed = self.feeds.get(topic)
        if feed is not None and (feed.known is not None or not feed.outlets):
            feed.advance(sequence)
        room = self.rooms.get(topic)
        if room is not None and room.hear(sequence):
            self._spawn(_logged(room.catch_up, f"events of {room.name}"))

    def announce(self, latest: Mapping[str, int]) -> None:
        """Take in the newest numbers of several topics."""
        for topic, sequence in latest.items():
            self.hear(topic, sequence)

    async def _poll(self) -> None:
        while True:
            await asyncio.sleep(POLL_S)
            if topics := self._watched():
                await _logged(lambda topics=topics: self._ask(topics), "the newest events")  # type: ignore[misc]

    def _watched(self) -> list[str]:
        return [*(topic for topic, feed in self.feeds.items() if feed.outlets), *self.rooms]

    async def _ask(self, topics: Sequence[str]) -> None:
        self.announce(await self._read(self.source.last, topics))

    # -- the clock

    async def _ping(self) -> None:
        while True:
            await asyncio.sleep(PING_S)
            for feed in self.feeds.values():
                feed.broadcast(PING)
            for room in self.rooms.values():
                room.broadcast(wire.PING)

    async def _drop_slow(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(SLOW_CHECK_S)
            now = loop.time()
            for outlet in [*self._outlets()]:
                if outlet.drop_if_slow(now):
                    self.refusals.note("slow client dropped")
            for visit in [visit for room in self.rooms.values() for visit in room.visits]:
                if now - visit.heard > 3 * PING_S and visit.outlet.drop():
                    self.refusals.note("silent client dropped")

    def _outlets(self) -> list[Outlet[Any]]:
        found: list[Outlet[Any]] = [outlet for feed in self.feeds.values() for outlet in feed.outlets]
        return found + [visit.outlet for room in self.rooms.values() for visit in room.visits]

    async def _shine(self) -> None:
        while True:
            told = sum(room.shine() for room in self.rooms.values())
            await asyncio.sleep(max(LIGHT_S, told / LIGHTS_A_SECOND))


async def _logged(ask: Callable[[], Awaitable[None]], what: str) -> None:
    """Ask the site; a database that is away for a moment ends no feed."""
    try:
        await ask()
    except Exception:
        log.exception("could not read %s", what)
        await asyncio.sleep(POLL_S)
