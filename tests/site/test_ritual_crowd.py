"""A crowd goes through a whole ritual on loopback; a server that is killed in any phase goes on where it was."""

import asyncio
import shutil
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from harmonia.commons.rituals.present import Present
from tests.serving import Site
from tests.site.ritual_crowd import Leader, Phone, come_in, gathered, megabytes, new_home

FEW = 12
WAY = ("announced", "gathering", "sharing", "unveiling", "choosing", "activating", "celebrating", "closed")


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return new_home(tmp_path_factory.mktemp("empty"))


@pytest.fixture
def home(empty: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(empty, tmp_path / "home"))


@pytest.fixture
def leader(home: Path) -> Iterator[Leader]:
    one = Leader(home)
    yield one
    one.end()


def run(scene: Any) -> Any:
    """Run a scene in a thread of its own: the browser of other tests keeps a loop in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, scene).result()


def onwards(leader: Leader, state: str) -> None:
    """Take the step that leads to a state, as the people who lead do."""
    if state == "activating":
        assert leader("decide") == "decided"
        assert leader("let_press") == state
    elif state == "celebrating":
        assert leader("act") == state
    else:
        assert leader("advance") == state


def stands_at(state: str) -> Callable[[Phone], bool]:
    return lambda phone: phone.present["state"] == state


def same(phones: Sequence[Phone], wanted: Present) -> bool:
    return all(phone.present == wanted for phone in phones)


@pytest.mark.parametrize("guests", [200, pytest.param(5_000, marks=pytest.mark.scale)])
def test_a_crowd_goes_through_a_whole_ritual_and_nothing_is_lost(
    home: Path, leader: Leader, guests: int
) -> None:
    room = leader("set_up", guests)
    site = Site(home, worker=False)
    site.wait()
    try:
        kept, phones, memory = run(whole_ritual(site, room, leader, guests))
    finally:
        site.stop()

    assert sorted(kept["offerings"]) == sorted(f"what {n} brought" for n in range(guests))
    assert kept["presses"] == guests
    assert kept["present"]["state"] == "closed"
    assert (kept["present"]["offered"], kept["present"]["pressed"]) == (guests, guests)
    assert [phone.who for phone in phones if phone.unsent or phone.refused] == []
    assert {phone.number for phone in phones} == {kept["sequence"]}
    assert same(phones, kept["present"])
    # Flat: what the second half of the evening added is small beside what the crowd's connections take.
    assert memory["end"] - memory["full"] < 20 + 0.01 * guests, memory


async def whole_ritual(
    site: Site, room: str, leader: Leader, guests: int
) -> tuple[Any, list[Phone], dict[str, float]]:
    phones = [Phone(who) for who, _token in await asyncio.to_thread(leader, "tokens")]
    await come_in(phones, site, room, leader)
    memory = {}
    for state in WAY[1:]:
        await asyncio.to_thread(onwards, leader, state)
        await gathered([phone.until(stands_at(state)) for phone in phones])
        if state == "gathering":
            await gathered([phone.hold(True) for phone in phones])
        elif state == "sharing":
            await speak(phones, site, room, leader)
            memory["full"] = megabytes(site)
        elif state == "activating":
            await gathered([phone.say(f"press-{phone.who[:12]}", "press") for phone in phones])
            await gathered([phone.until(lambda p: not p.unsent) for phone in phones])
    kept = await asyncio.to_thread(leader, "present")
    await gathered([phone.until(lambda p: p.number == kept["sequence"]) for phone in phones])
    memory["end"] = megabytes(site)
    await gathered([phone.leave() for phone in phones])
    return kept, phones, memory


async def speak(phones: Sequence[Phone], site: Site, room: str, leader: Leader) -> None:
    """Everybody offers one thing; each tenth loses the network before the answer, comes back and sends it again."""
    offers = [
        phone.say(f"offer-{n:06}", "offer", kind="story", words=f"what {n} brought")
        for n, phone in enumerate(phones)
    ]
    await gathered(offers)
    lost = phones[::10]
    await gathered([phone.leave() for phone in lost])
    for phone in lost:
        # Whether the answer came or not: what is sent again under its key counts once.
        n = phones.index(phone)
        frame = {"kind": "story", "words": f"what {n} brought"}
        await phone.say(f"offer-{n:06}", "offer", **frame)
    await come_in(lost, site, room, leader)
    await gathered([phone.until(lambda p: not p.unsent) for phone in phones])


def test_a_server_killed_in_every_phase_goes_on_where_it_was(home: Path, leader: Leader) -> None:
    room = leader("set_up", FEW)
    kept, phones = run(killed_in_every_phase(home, room, leader))
    open_phases = WAY[: WAY.index("closed")]

    assert list(kept) == list(WAY)
    assert [found["present"]["state"] for found in kept.values()] == list(WAY)
    assert sorted(kept["closed"]["offerings"]) == sorted(
        brought(n, s) for s in open_phases for n in range(FEW)
    )
    assert kept["closed"]["presses"] == FEW
    # What is said after the end is refused, and told so: not lost in silence.
    assert {key for phone in phones for key in phone.refused} == {f"closed-{n:06}" for n in range(FEW)}


def brought(n: int, state: str) -> str:
    return f"what {n} brought while {state}"


async def killed_in_every_phase(home: Path, room: str, leader: Leader) -> tuple[dict[str, Any], list[Phone]]:
    """Lead one crowd from phase to phase; in each, the power goes while everybody speaks, and comes back."""
    phones = [Phone(who) for who, _token in await asyncio.to_thread(leader, "tokens")]
    site = Site(home, worker=False)
    kept = {}
    try:
        await asyncio.to_thread(site.wait)
        await come_in(phones, site, room, leader)
        for state in WAY:
            if state != WAY[0]:
                await asyncio.to_thread(onwards, leader, state)
            await gathered([phone.until(stands_at(state)) for phone in phones])
            await all_speak(phones, state)
            site = await killed(site, phones)
            await come_in(phones, site, room, leader)
            kept[state] = await all_agree(phones, leader)
        await gathered([phone.leave() for phone in phones])
    finally:
        await asyncio.to_thread(site.stop)
    return kept, phones


async def all_speak(phones: Sequence[Phone], state: str) -> None:
    """Return when one at least is answered; others are on their way."""
    for n, phone in enumerate(phones):
        await phone.say(f"{state}-{n:06}", "offer", kind="story", words=brought(n, state))
        if state == "activating":
            await phone.say(f"press-{n:06}", "press")
    await phones[0].until(lambda p: not p.unsent)


async def killed(site: Site, phones: Sequence[Phone]) -> Site:
    """End the server as a power cut does; return the one that comes back at the same address."""
    await asyncio.to_thread(site.kill)
    for phone in phones:
        await phone.leave()
    again = Site(site.home, worker=False, port=site.port)
    await asyncio.to_thread(again.wait)
    return again


async def all_agree(phones: Sequence[Phone], leader: Leader) -> Any:
    """Wait until everything said is answered and every phone stands where the books do; return what those hold."""
    await gathered([phone.until(lambda p: not p.unsent) for phone in phones])
    kept = await asyncio.to_thread(leader, "present")
    await gathered([phone.until(lambda p: p.number == kept["sequence"]) for phone in phones])

    assert same(phones, kept["present"])
    return kept
