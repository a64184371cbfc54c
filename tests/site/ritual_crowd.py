"""A crowd of phones on real sockets, a leader in a process of its own, and a home they share."""

import asyncio
import contextlib
import json
import subprocess
import sys
import threading
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Origin, Subprotocol

from harmonia.commons.rituals.present import NOTHING, Present, apply
from tests.serving import Site, clean_environment, harmonia

AT_ONCE = 200
PATIENCE_S = 120


class Leader:
    """Acts as the people who lead: `leader("advance")`."""

    def __init__(self, home: Path) -> None:
        self.turn = threading.Lock()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.site.ritual_leader", str(home)],
            env=clean_environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __call__(self, name: str, *words: Any) -> Any:
        assert self.process.stdin
        assert self.process.stdout
        with self.turn:
            self.process.stdin.write(json.dumps([name, *words]) + "\n")
            self.process.stdin.flush()
            line = self.process.stdout.readline()
        assert line, f"the leader could not {name}"
        return json.loads(line)

    def end(self) -> None:
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait(20)
        assert self.process.stdout
        self.process.stdout.close()


def new_home(folder: Path) -> Path:
    home = folder / "home"
    done = harmonia("init", home, "--no-https")
    assert done.returncode == 0, done.stderr
    return home


class Phone:
    """One participant: folds events into the present, and sends what is not acknowledged again after it came back."""

    def __init__(self, who: str) -> None:
        self.who = who
        self.present: Present = NOTHING
        self.number: int | None = None
        self.unsent: dict[str, dict[str, Any]] = {}
        self.refused: dict[str, str] = {}
        self.socket: ClientConnection | None = None
        self.listening: asyncio.Task[None] | None = None
        self.news = asyncio.Event()
        self.door: Callable[[], Awaitable[None]] | None = None  # how it comes back when it was dropped
        self.dropped = False

    async def enter(self, site: Site, room: str, token: str) -> None:
        since = "" if self.number is None else f"?since={self.number}"
        self.socket = await connect(
            f"ws://127.0.0.1:{site.port}/live/rooms/{room}{since}",
            origin=Origin(site.address),
            subprotocols=[Subprotocol("harmonia.room.1"), Subprotocol(token)],
            compression=None,
            open_timeout=60,
            ping_interval=None,
            max_queue=None,
        )
        self.dropped = False
        self.listening = asyncio.create_task(self._listen(self.socket))
        for frame in self.unsent.values():
            await self.socket.send(json.dumps(frame))

    async def _listen(self, socket: ClientConnection) -> None:
        with contextlib.suppress(ConnectionClosed):
            async for text in socket:
                self._take(json.loads(text))
                self.news.set()
        # On a machine that is too busy to read for ten seconds the hub lets a phone go, as it should.
        self.dropped = self.socket is socket
        self.news.set()

    def _take(self, said: dict[str, Any]) -> None:
        if said["t"] == "state":
            self.present, self.number = said["state"], said["n"]
        elif said["t"] == "event" and self.number is not None and said["n"] == self.number + 1:
            self.present, self.number = apply(self.present, said["kind"], said["data"]), said["n"]
        elif said["t"] == "event":
            assert self.number is not None
            assert said["n"] <= self.number, "an event is missing"
        elif said["t"] == "ack":
            self.unsent.pop(said["id"], None)
        elif said["t"] == "no":
            self.unsent.pop(said["id"], None)
            self.refused[said["id"]] = said["why"]

    async def say(self, key: str, what: str, /, **data: Any) -> None:
        frame = {"t": "say", "id": key, "kind": what, "data": data}
        self.unsent[key] = frame
        if self.socket is not None:
            with contextlib.suppress(ConnectionClosed):
                await self.socket.send(json.dumps(frame))

    async def hold(self, on: bool) -> None:
        assert self.socket
        await self.socket.send(json.dumps({"t": "hold", "on": on}))

    async def until(self, so: Callable[["Phone"], bool]) -> None:
        async def wait() -> None:
            while not so(self):
                self.news.clear()
                if self.dropped and self.door is not None:
                    await self.door()
                else:
                    await self.news.wait()

        await asyncio.wait_for(wait(), PATIENCE_S)

    async def leave(self) -> None:
        going, self.socket = self.socket, None
        if going is not None:
            await going.close()
        if self.listening is not None:
            await self.listening
        self.dropped = False


async def gathered(work: Sequence[Awaitable[Any]]) -> None:
    """Run at most a few hundred at once: a crowd comes through a door."""
    door = asyncio.Semaphore(AT_ONCE)

    async def through(one: Awaitable[Any]) -> None:
        async with door:
            await one

    await asyncio.gather(*(through(one) for one in work))


async def come_in(phones: Sequence[Phone], site: Site, room: str, leader: Leader) -> None:
    """Let phones in with fresh tokens, batch by batch, so that none is too old at the door."""
    for phone in phones:
        phone.door = partial(_come_back, phone, site, room, leader)
    for start in range(0, len(phones), 1000):
        fresh = dict(await asyncio.to_thread(leader, "tokens"))
        await gathered([one.enter(site, room, fresh[one.who]) for one in phones[start : start + 1000]])


async def _come_back(phone: Phone, site: Site, room: str, leader: Leader) -> None:
    await phone.enter(site, room, await asyncio.to_thread(leader, "token", phone.who))


def megabytes(site: Site) -> float:
    """Return what the server holds in memory now [MiB]."""
    status = Path(f"/proc/{site.process.pid}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024
