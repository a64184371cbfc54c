"""Start stands, phones on real sockets, and a Redis that comes and goes."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from harmonia.live import sign
from tests.live.stand import KEY, ROOM
from tests.serving import free_port


class Stand:
    """One process that serves the room on a file."""

    def __init__(self, file: Path, redis_url: str = "", *, port: int | None = None) -> None:
        self.port = port or free_port()
        self.host = f"127.0.0.1:{self.port}"
        self.log = file.with_suffix(f".{self.port}.log")
        words = [
            "--port", str(self.port), "--ws", "websockets-sansio", "--http", "httptools", "--log-level", "warning",
            "--ws-max-size", "16384", "--ws-per-message-deflate", "false", "--timeout-graceful-shutdown", "1",
        ]  # fmt: skip
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "uvicorn", "tests.live.stand:application", *words],
                env={**os.environ, "HARMONIA_STAND": str(file), "REDIS_URL": redis_url},
                stdout=log,
                stderr=log,
            )
        until(lambda: self.refused() is not None)

    def refused(self) -> dict[str, int] | None:
        """Return what was refused so far, by reason; None while it does not answer."""
        with contextlib.suppress(httpx.TransportError):
            found: dict[str, int] = httpx.get(f"http://{self.host}/refused", timeout=5).json()
            return found
        return None

    def phone(
        self, who: str = "lyra", *, token: str = "", origin: str = "", since: int | None = None
    ) -> ClientConnection:
        """Enter the room; raises websockets' InvalidStatus where it is refused."""
        return connect(
            f"ws://{self.host}/live/rooms/{ROOM}" + ("" if since is None else f"?since={since}"),
            origin=Origin(origin or f"http://{self.host}"),
            subprotocols=[Subprotocol("harmonia.room.1"), Subprotocol(token or sign(KEY, ROOM, who))],
            compression=None,
            open_timeout=10,
            max_queue=None,
        )

    def end(self, how: int = signal.SIGTERM) -> None:
        """End the process."""
        if self.process.poll() is None:
            self.process.send_signal(how)
            self.process.wait(20)


class Redis:
    """A real redis-server that a test starts and ends."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Come."""
        program = shutil.which("redis-server")
        if program is None:
            pytest.skip("no redis-server on PATH; on Debian: sudo apt install redis-server")
        words = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", str(self.folder)]
        self.process = subprocess.Popen([program, *words], stdout=subprocess.DEVNULL)

    def end(self) -> None:
        """Go, as a power cut does."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None


def until(look: Any, seconds: float = 30) -> None:
    """Wait until something is so."""
    deadline = time.monotonic() + seconds
    while not look():
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.02)


def say(phone: ClientConnection, key: str, words: str) -> None:
    """Send one input."""
    phone.send(json.dumps({"t": "say", "id": key, "kind": "note", "data": {"words": words}}))


def hear(phone: ClientConnection, *kinds: str) -> dict[str, Any]:
    """Return the next message of these kinds."""
    while True:
        message: dict[str, Any] = json.loads(phone.recv(timeout=20))
        if message["t"] in kinds:
            return message


@contextlib.contextmanager
def standing(file: Path, redis_url: str = "") -> Iterator[Stand]:
    """Serve for the length of a block."""
    stand = Stand(file, redis_url)
    try:
        yield stand
    finally:
        stand.end()
