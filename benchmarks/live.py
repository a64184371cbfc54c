"""A crowd on loopback: CPU and memory a client, the last receiver; Channels in memory beside it as a ratio.

`python3 dev.py bench live [--clients=2000]`. The load generator is a process of its own and bounded: every phase has a
deadline. CPU is the server's own, user and system, from /proc.
"""

import asyncio
import base64
import contextlib
import os
import secrets
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from harmonia.live import Answer, Fact, Hub, Present, Said, sign

KEY = b"bench"
ROOM = "bench-1"
CLIENTS, HELD, PEER_CLIENTS = 2_000, 5_000, 500
ROUNDS = 20
DEADLINE_S = 120.0
CPU_LIMIT_US, MEMORY_LIMIT_KIB, LAST_LIMIT_MS = 40.0, 40.0, 500.0
TICKS = os.sysconf("SC_CLK_TCK")


class Memory:
    """A source that keeps what is said in a list."""

    topics = ("bench",)

    def __init__(self) -> None:
        self.said: list[Said] = []

    def last(self, topics: Sequence[str]) -> Mapping[str, int]:
        return {topic: len(self.said) for topic in topics}

    def snapshot(self, _: str) -> Present:
        return Present(len(self.said), {"phase": "sharing"})

    def since(self, _: str, sequence: int) -> Sequence[Fact]:
        return [
            Fact(sequence + n + 1, said.kind, said.data, "2026-11-27T10:00:00Z")
            for n, said in enumerate(self.said[sequence:])
        ]

    def accept(self, said: Sequence[Said]) -> Sequence[Answer]:
        self.said += said
        for topic in ("bench", ROOM):
            hub.bus.announce(topic, len(self.said))  # type: ignore[union-attr] # it runs
        return [Answer()] * len(said)


hub = Hub(Memory(), key=KEY, hosts=["127.0.0.1"])


async def application(scope, receive, send):  # type: ignore[no-untyped-def] # ASGI's own shape
    if scope["type"] != "lifespan":
        await hub(scope, receive, send)
        return
    while (await receive())["type"] == "lifespan.startup":
        hub.start()
        await send({"type": "lifespan.startup.complete"})
    await hub.stop()
    await send({"type": "lifespan.shutdown.complete"})


class Server:
    """uvicorn, as `harmonia serve` runs it, with one application."""

    def __init__(self, application: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        code = (
            f"import uvicorn; uvicorn.run('{application}', port={self.port}, log_level='error', http='httptools',"
            " ws='websockets-sansio', ws_per_message_deflate=False, ws_ping_interval=None, ws_max_size=16384, backlog=4096)"
        )
        self.process = subprocess.Popen([sys.executable, "-c", code], start_new_session=True)
        for _ in range(200):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
                return
            time.sleep(0.1)
        raise SystemExit(f"{application} did not come up")

    @property
    def cpu_s(self) -> float:
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    @property
    def memory_kib(self) -> int:
        lines = Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))


@contextlib.contextmanager
def running(application: str) -> Iterator[Server]:
    server = Server(application)
    try:
        yield server
    finally:
        server.process.terminate()
        server.process.wait(20)


class Client(asyncio.Protocol):
    """Counts messages by their mark; understands no more than a load generator has to."""

    mark = b'"t":"event"'

    def __init__(self, request: bytes, crowd: "Crowd") -> None:
        self.request, self.crowd, self.heard, self.greeted = request, crowd, 0, False
        self.transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        transport.write(self.request)

    def data_received(self, data: bytes) -> None:
        if not self.greeted:
            if b"101 Switching" not in data and b"200 OK" not in data:
                raise SystemExit(f"refused: {data[:200]!r}")
            self.greeted = True
            self.crowd.inside += 1
        found = data.count(self.mark)
        self.heard += found
        self.crowd.heard += found
        if self.crowd.heard >= self.crowd.wanted:
            self.crowd.all_heard.set()

    def connection_lost(self, _: Exception | None) -> None:
        self.crowd.lost += 1


class Listener(Client):
    mark = b"data: "


class Crowd:
    """Everybody the load generator plays."""

    def __init__(self, port: int, kind: type[Client]) -> None:
        self.port, self.kind = port, kind
        self.clients: list[Client] = []
        self.inside = self.heard = self.lost = self.wanted = 0
        self.all_heard = asyncio.Event()

    async def gather(self, count: int) -> None:
        loop = asyncio.get_running_loop()
        for start in range(0, count, 100):
            for number in range(start, min(start + 100, count)):
                request = self.request(f"c{number}")
                made = await loop.create_connection(
                    lambda r=request: self.kind(r, self), "127.0.0.1", self.port
                )  # type: ignore[misc]
                self.clients.append(made[1])
            while self.inside < len(self.clients):
                await asyncio.sleep(0.01)
        await asyncio.sleep(1.0)

    def request(self, who: str) -> bytes:
        if self.kind is Listener:
            return f"GET /live/bench HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n\r\n".encode()
        key = base64.b64encode(secrets.token_bytes(16)).decode()
        return (
            f"GET /live/rooms/{ROOM} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nOrigin: http://127.0.0.1:{self.port}\r\n"
            f"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n"
            f"Sec-WebSocket-Protocol: harmonia.room.1, {sign(KEY, ROOM, who)}\r\n\r\n"
        ).encode()

    async def round(self, speaker: Client, number: int) -> float:
        """Say one thing; return after how many seconds the last of the crowd heard it."""
        self.heard, self.wanted = 0, len(self.clients)
        self.all_heard.clear()
        began = time.perf_counter()
        text = f'{{"t":"say","id":"bench-{number:06}","kind":"note","data":{{"words":"we turn the valve together"}}}}'
        speaker.transport.write(masked(text.encode()))
        await asyncio.wait_for(self.all_heard.wait(), DEADLINE_S)
        return time.perf_counter() - began


def masked(payload: bytes) -> bytes:
    """Return a client's text frame (RFC 6455, 5.2)."""
    length = bytes([0x80 | len(payload)]) if len(payload) < 126 else b"\xfe" + len(payload).to_bytes(2)
    key = secrets.token_bytes(4)
    return b"\x81" + length + key + bytes(byte ^ key[n % 4] for n, byte in enumerate(payload))


async def measure(
    server: Server, kind: type[Client], count: int, *, rounds: int = ROUNDS
) -> tuple[float, float, float]:
    """Return CPU a delivery [us], memory a client [KiB] and the slowest last receiver [ms]."""
    before = server.memory_kib
    crowd = Crowd(server.port, kind)
    await asyncio.wait_for(crowd.gather(count), DEADLINE_S)
    memory = (server.memory_kib - before) / count
    outside = Crowd(server.port, Client)
    if kind is Listener:
        await outside.gather(1)
    speaker = (outside if kind is Listener else crowd).clients[0]
    await crowd.round(speaker, 0)
    cpu, last = server.cpu_s, []
    for number in range(rounds):
        last.append(await crowd.round(speaker, number + 1))
        await asyncio.sleep(0.25)  # as a person speaks, and within the room's limits
    spent = server.cpu_s - cpu
    assert crowd.lost == 0, f"{crowd.lost} clients were lost"
    for client in [*crowd.clients, *outside.clients]:
        client.transport.abort()
    return 1e6 * spent / (count * rounds), memory, 1e3 * statistics.median(last)


def report(name: str, count: int, figures: tuple[float, float, float]) -> None:
    cpu, memory, last = figures
    print(
        f"{name:28} {count:5} clients: {cpu:6.1f} us CPU, {memory:5.1f} KiB a client, last after {last:4.0f} ms",
        flush=True,
    )


def main() -> None:
    """Print each figure; end with 1 where a limit is broken."""
    options = dict(word.lstrip("-").split("=") for word in sys.argv[1:] if "=" in word)
    count = int(options.get("clients", CLIENTS))
    broken = []
    with running("benchmarks.live:application") as server:
        feeds = asyncio.run(measure(server, Listener, count))
    report("feed (server-sent events)", count, feeds)
    with running("benchmarks.live:application") as server:
        rooms = asyncio.run(measure(server, Client, count))
    report("room (WebSocket)", count, rooms)
    for cpu, memory, last in (feeds, rooms):
        broken += [cpu > CPU_LIMIT_US, memory > MEMORY_LIMIT_KIB, last > LAST_LIMIT_MS]
    with running("benchmarks.live:application") as server:
        report("room, held", HELD, asyncio.run(measure(server, Client, HELD, rounds=5)))
    with running("benchmarks.live:application") as server:
        own = asyncio.run(measure(server, Client, PEER_CLIENTS))
    report("room, beside the peer", PEER_CLIENTS, own)
    with running("benchmarks.peers.channels_room:application") as server:
        peer = asyncio.run(measure(server, Client, PEER_CLIENTS))
    report("channels in memory", PEER_CLIENTS, peer)
    print(f"ratio to channels: CPU {own[0] / peer[0]:.2f}, memory {own[1] / peer[1]:.2f}")
    if any(broken):
        sys.exit(f"over a limit: {CPU_LIMIT_US:.0f} us, {MEMORY_LIMIT_KIB:.0f} KiB, {LAST_LIMIT_MS:.0f} ms")


if __name__ == "__main__":
    main()
