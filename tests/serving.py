"""Start a real site in its own process, on loopback, and stop it again."""

import os
import signal
import socket
import sqlite3
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import httpx
import psycopg

COMMAND = [sys.executable, "-m", "harmonia.cli"]


def harmonia(*words: str | Path, timeout: float = 180) -> subprocess.CompletedProcess[str]:
    """Run one command to its end, away from this process's settings."""
    return subprocess.run(
        [*COMMAND, *map(str, words)],
        env=clean_environment(),
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )


def clean_environment() -> dict[str, str]:
    """Return the environment without what would point a command at another home.

    With HARMONIA_SITES_ON=postgres://… the sites of a run keep their rows there: an empty database, and only tests
    that share one home (`-n0 tests/browser/test_offline.py`, say), as all homes would share it.
    """
    dropped = ("HARMONIA_HOME", "DJANGO_SETTINGS_MODULE", "DATABASE_URL", "REDIS_URL")
    kept = {name: value for name, value in os.environ.items() if name not in dropped}
    elsewhere = os.environ.get("HARMONIA_SITES_ON")
    return kept | {"DATABASE_URL": elsewhere} if elsewhere else kept


def rows_of(home: Path, question: str) -> list[tuple[Any, ...]]:
    """Return what the database of a site answers, past the site."""
    if elsewhere := os.environ.get("HARMONIA_SITES_ON"):
        with psycopg.connect(elsewhere) as database:
            return database.execute(question.encode()).fetchall()
    with closing(sqlite3.connect(home / "harmonia.sqlite3")) as database:
        return database.execute(question).fetchall()


def free_port() -> int:
    """Return a port nobody uses right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Site:
    """A served habitat."""

    def __init__(
        self,
        home: Path,
        *,
        worker: bool = True,
        port: int | None = None,
        tls: tuple[Path, Path, ssl.SSLContext] | None = None,
    ) -> None:
        self.home = home
        self.port = port or free_port()
        self.address = f"{'https' if tls else 'http'}://127.0.0.1:{self.port}"
        self.trusted = tls[2] if tls else True
        words = ["serve", "--home", str(home), "--port", str(self.port)]
        words += ["--tls-cert", str(tls[0]), "--tls-key", str(tls[1])] if tls else []
        self.log = (home / "serve.log").open("ab")
        self.process = subprocess.Popen(
            [*COMMAND, *words, *([] if worker else ["--no-worker"])],
            env=clean_environment(),
            stdout=self.log,
            stderr=self.log,
            start_new_session=True,
        )

    def wait(self, seconds: float = 60) -> None:
        """Return once pages are served; raise AssertionError with the log if that never happens."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                if httpx.get(f"{self.address}/health/", timeout=5, verify=self.trusted).status_code == 200:
                    return
            except httpx.TransportError:
                time.sleep(0.05)
        raise AssertionError(f"the site did not come up: {(self.home / 'serve.log').read_text()[-2000:]}")

    def kill(self) -> None:
        """End the server as a power cut does."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.log.close()

    def stop(self) -> None:
        """End the server as an operator does."""
        self.process.terminate()
        try:
            self.process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self.log.close()


@contextmanager
def served(home: Path, *, worker: bool = True) -> Iterator[Site]:
    """Serve a home for the length of a block."""
    site = Site(home, worker=worker)
    try:
        site.wait()
        yield site
    finally:
        if site.process.poll() is None:
            site.stop()
