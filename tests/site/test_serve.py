"""One command keeps a site open: pages and a worker, together and no longer."""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin

from tests.serving import Site, harmonia

pytestmark = pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="needs /proc to see children")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    path = tmp_path / "home"
    assert harmonia("init", path, "--no-https").returncode == 0
    return path


def threads_children(pid: int) -> list[int]:
    """Children of every thread: the keeper's own thread starts the worker."""
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return [int(word) for task in tasks for word in (task / "children").read_text().split()]


def eventually(look: Callable[[], object], seconds: float = 30) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if look():
            return True
        time.sleep(0.05)
    return False


def alive(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False


def test_a_worker_that_dies_is_started_again_and_ends_with_the_server(home: Path) -> None:
    site = Site(home)
    site.wait()
    assert eventually(lambda: threads_children(site.process.pid))
    first = threads_children(site.process.pid)[0]
    os.kill(first, signal.SIGKILL)

    assert eventually(lambda: [pid for pid in threads_children(site.process.pid) if pid != first])
    second = threads_children(site.process.pid)[0]
    site.stop()
    assert eventually(lambda: not alive(second))


def test_a_worker_does_not_outlive_a_server_that_was_killed(home: Path) -> None:
    site = Site(home)
    site.wait()
    assert eventually(lambda: threads_children(site.process.pid))
    worker = threads_children(site.process.pid)[0]
    os.kill(site.process.pid, signal.SIGKILL)  # the server alone, as the kernel does when memory runs out
    site.process.wait()
    site.log.close()

    assert eventually(lambda: not alive(worker))


def test_a_taken_port_is_said_in_one_sentence(home: Path) -> None:
    site = Site(home, worker=False)
    site.wait()
    done = harmonia("serve", "--home", home, "--port", str(site.port))
    site.stop()

    assert done.returncode == 1
    assert "is taken" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_served_site_opens_feeds_to_anybody_and_rooms_to_no_stranger(home: Path) -> None:
    site = Site(home, worker=False)
    site.wait()
    room = f"ws://127.0.0.1:{site.port}/live/rooms/ritual-1"
    with httpx.stream("GET", f"{site.address}/live/nexus", timeout=20) as feed:
        first = next(feed.iter_lines())
    with pytest.raises(InvalidStatus) as refused, connect(room, origin=Origin(site.address)):
        pass
    site.stop()

    assert first.startswith("retry:")
    assert refused.value.response.status_code == 403
