"""A power cut in the middle of a busy Saturday: nothing acknowledged is lost, nothing is booked twice."""

import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.serving import Site, clean_environment, harmonia, rows_of, served

RESIDENTS = 8
DROP_OFFS = 1000
CUT_AFTER = 300

PREPARE = """
from pathlib import Path
from harmonia.cli.habitat import open_habitat
open_habitat(Path({home!r}))
from harmonia.commons.ledger.actions import open_holder
from harmonia.commons.people.actions import enrol
open_holder("gate", "Gate", "point", where="By the well")
for number in range({residents}):
    enrol(email=f"r{{number}}@example.org", name=f"R{{number}}", password="warm-soil-22")
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    path = tmp_path / "home"
    done = harmonia("init", path, "--no-https")
    assert done.returncode == 0, done.stderr
    words = [sys.executable, "-c", PREPARE.format(home=str(path), residents=RESIDENTS)]
    subprocess.run(words, env=clean_environment(), check=True, timeout=60)
    return path


@contextmanager
def crowd(site: Site) -> Iterator[list["Resident"]]:
    residents = [Resident(site, number) for number in range(RESIDENTS)]
    try:
        yield residents
    finally:
        for resident in residents:
            resident.client.close()


class Resident:
    """A signed-in browser that sends drop-offs."""

    def __init__(self, site: Site, number: int) -> None:
        self.client = httpx.Client(base_url=site.address, timeout=30, follow_redirects=False)
        page = self.client.get("/sign-in/").text
        fields = {
            "csrfmiddlewaretoken": self.token(page),
            "username": f"r{number}@example.org",
            "password": "warm-soil-22",
        }
        assert self.client.post("/sign-in/", data=fields).status_code == 302
        page = self.client.get("/bring/").text
        scraps = re.search(r'name="substance" value="(\d+)"', page)
        point = re.search(r'name="point" value="(\d+)"', page)
        assert scraps
        assert point
        self.fields = {"csrfmiddlewaretoken": self.token(page), "point": point[1], "substance": scraps[1]}

    @staticmethod
    def token(page: str) -> str:
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert found
        return found[1]

    def bring(self, key: str) -> bool:
        try:
            answer = self.client.post(
                "/bring/weigh-in/", data={**self.fields, "kilograms": "1.5", "key": key}
            )
        except httpx.TransportError:
            return False
        return answer.status_code == 302


def booked(home: Path) -> list[str]:
    rows = rows_of(home, "SELECT key FROM ledger_movement WHERE action = 'dropoff'")
    return [str(row[0]).partition(":")[2] for row in rows]


def test_no_acknowledged_drop_off_is_lost_and_none_is_booked_twice(home: Path) -> None:
    acknowledged: set[str] = set()
    enough = threading.Event()
    lock = threading.Lock()

    def send(resident: Resident, key: str) -> bool:
        done = resident.bring(key)
        if done:
            with lock:
                acknowledged.add(key)
                if len(acknowledged) >= CUT_AFTER:
                    enough.set()
        return done

    site = Site(home, worker=False)
    site.wait()
    with crowd(site) as residents, ThreadPoolExecutor(RESIDENTS) as pool:
        for index in range(DROP_OFFS):
            pool.submit(send, residents[index % RESIDENTS], f"k{index}")
        assert enough.wait(timeout=90)
        site.kill()
    before = set(acknowledged)

    assert CUT_AFTER <= len(before) < DROP_OFFS
    assert before <= set(booked(home))

    with (
        served(home, worker=False) as again,
        crowd(again) as residents,
        ThreadPoolExecutor(RESIDENTS) as pool,
    ):
        answers = list(pool.map(lambda i: send(residents[i % RESIDENTS], f"k{i}"), range(DROP_OFFS)))

    assert all(answers)
    assert sorted(booked(home)) == sorted(f"k{index}" for index in range(DROP_OFFS))
    checked = harmonia("ledger", "check", "--home", home)
    assert checked.returncode == 0, checked.stdout
