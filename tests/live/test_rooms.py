"""Rooms: everybody sees the same, in order; what is acknowledged is kept; nobody holds up the others."""

import asyncio
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harmonia.live import hub as hub_module
from harmonia.live import outlet as outlet_module
from harmonia.live.outlet import BACKLOG
from harmonia.live.room import REMEMBERED
from tests.live.scene import ROOM, Phone, Story, hub_of, run


def replay(messages: list[dict[str, Any]]) -> tuple[int, list[str]]:
    """Do what `web/room.ts` does: take a state, then events that come next; skip what is known."""
    number, said = -1, []
    for message in messages:
        if message["t"] == "state" and message["n"] >= number:
            number, said = message["n"], list(message["state"]["said"])
        elif message["t"] == "event" and message["n"] > number:
            assert message["n"] == number + 1, "an event is missing"
            number, said = message["n"], [*said, message["data"]["words"]]
    return number, said


def drained(phone: Phone) -> list[dict[str, Any]]:
    return [phone.heard.get_nowait() for _ in range(phone.heard.qsize())]


def test_what_one_says_all_hear_and_the_speaker_gets_it_acknowledged() -> None:
    async def scene() -> tuple[Any, ...]:
        source = Story()
        hub = hub_of(source)
        bus = hub.start()
        lyra, kiran = Phone(hub), Phone(hub, "kiran")
        await lyra.next("state")
        await kiran.next("state")
        lyra.say("note-0001", "we begin")
        acknowledged = await lyra.next("ack")
        bus.announce(ROOM, 1)
        heard = await kiran.next("event")
        await hub.stop()
        return acknowledged["id"], heard["n"], heard["data"]

    assert run(scene()) == ("note-0001", 1, {"words": "we begin"})


def test_what_is_sent_again_is_taken_once_and_answered_the_same() -> None:
    async def scene() -> tuple[Any, ...]:
        source = Story()
        hub = hub_of(source)
        hub.start()
        phone = Phone(hub)
        phone.say("note-0001", "once")
        first = await phone.next("ack")
        await phone.close()
        again = Phone(hub)
        again.say("note-0001", "once")
        second = await again.next("ack")
        await hub.stop()
        return first == second, len(source.facts)

    assert run(scene()) == (True, 1)


def test_what_could_not_be_kept_is_not_acknowledged_and_can_be_sent_again() -> None:
    async def scene() -> tuple[Any, ...]:
        source = Story()
        source.fails = 1
        hub = hub_of(source)
        hub.start()
        phone = Phone(hub)
        phone.say("note-0001", "hold on")
        refused = await phone.next("ack", "no")
        phone.say("note-0001", "hold on")
        taken = await phone.next("ack", "no")
        await hub.stop()
        return refused["t"], refused["why"], taken["t"]

    assert run(scene()) == ("no", "try-again", "ack")


def test_a_crowd_that_speaks_at_once_costs_few_commits() -> None:
    async def scene() -> tuple[int, int]:
        source = Story()
        source.disk.clear()
        hub = hub_of(source)
        hub.start()
        phones = [Phone(hub, f"p{n}") for n in range(200)]
        for number, phone in enumerate(phones):
            phone.say(f"note-{number:04}", "now")
        while sum(source.batches) + hub._inbox._waiting.qsize() < 200:
            await asyncio.sleep(0.01)
        source.disk.set()
        for phone in phones:
            await phone.next("ack")
        await hub.stop()
        return len(source.facts), len(source.batches)

    said, commits = run(scene())

    assert said == 200
    assert commits <= 3


@pytest.mark.parametrize("missed", [0, 3, REMEMBERED + 5])
def test_who_comes_back_is_told_what_was_missed(missed: int) -> None:
    async def scene() -> tuple[Any, ...]:
        source = Story()
        hub = hub_of(source)
        bus = hub.start()
        stays, leaves = Phone(hub, "stays"), Phone(hub, "leaves")
        await stays.next("state")
        before = replay([await leaves.next("state")])
        await leaves.close()
        for number in range(missed):
            bus.announce(ROOM, source.happen(f"sentence {number}"))
        await asyncio.sleep(0.05)
        back = Phone(hub, "leaves", since=before[0])
        bus.announce(ROOM, source.happen("the last"))
        while (await stays.next("event"))["n"] < missed + 1:
            pass
        heard: list[dict[str, Any]] = []
        while not heard or heard[-1]["n"] <= missed:
            heard += [said for said in drained(back) if said["t"] != "light"]
            await asyncio.sleep(0)
        await hub.stop()
        state = [] if heard[0]["t"] == "state" else [{"t": "state", "n": 0, "state": {"said": []}}]
        return replay([*state, *heard]), [f.data["words"] for f in source.facts], heard[0]["t"]

    (number, said), truth, first = run(scene())

    assert (number, said) == (missed + 1, truth)
    assert first == ("state" if missed > REMEMBERED else "event")


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(["happens", "enters", "returns", "announces"]), max_size=25))
def test_old_state_and_events_give_the_new_state_whenever_one_enters(steps: list[str]) -> None:
    async def scene() -> list[tuple[int, list[str]]]:
        source = Story()
        hub = hub_of(source)
        bus = hub.start()
        phones = [Phone(hub, "first")]
        for number, step in enumerate(steps):
            if step == "happens":
                source.happen(f"{number}")
            elif step == "announces":
                bus.announce(ROOM, len(source.facts))
            else:
                phones.append(Phone(hub, f"p{number}", since=1 if step == "returns" else None))
            await asyncio.sleep(0)
        bus.announce(ROOM, source.happen("the end"))
        for phone in phones:
            while ROOM not in hub.rooms or phone.heard.empty() or hub.rooms[ROOM].known != len(source.facts):
                await asyncio.sleep(0.001)
        await asyncio.sleep(0.01)
        heard = [drained(phone) for phone in phones]
        await hub.stop()
        starts = [{"t": "state", "n": 1, "state": {"said": [f.data["words"] for f in source.facts[:1]]}}]
        ends = [replay(each if each[0]["t"] == "state" else [*starts, *each]) for each in heard]
        return [*ends, (len(source.facts), [f.data["words"] for f in source.facts])]

    ends = run(scene())

    assert all(end == ends[-1] for end in ends)


def test_a_backlog_is_replaced_by_the_newest_state() -> None:
    async def scene() -> tuple[Any, ...]:
        source = Story()
        hub = hub_of(source)
        bus = hub.start()
        stuck, brisk = Phone(hub, "stuck"), Phone(hub, "brisk")
        await stuck.next("state")
        await brisk.next("state")
        stuck.free.clear()
        for number in range(BACKLOG * 2):
            bus.announce(ROOM, source.happen(str(number)))
            await brisk.next("event")
        waiting = next(v for v in hub.rooms[ROOM].visits if v.who.who == "stuck").outlet.pending
        bounded = len(waiting) <= BACKLOG
        stuck.free.set()
        fresh = await stuck.next("state")
        await hub.stop()
        return bounded, fresh["n"], len(fresh["state"]["said"])

    assert run(scene()) == (True, BACKLOG * 2, BACKLOG * 2)


def test_a_client_that_takes_nothing_is_dropped_and_the_others_hear_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(outlet_module, "SLOW_S", 0.05)
    monkeypatch.setattr(hub_module, "SLOW_CHECK_S", 0.02)

    async def scene() -> tuple[Any, ...]:
        source = Story()
        hub = hub_of(source)
        bus = hub.start()
        stuck, brisk = Phone(hub, "stuck"), Phone(hub, "brisk")
        await stuck.next("state")
        await brisk.next("state")
        stuck.free.clear()
        bus.announce(ROOM, source.happen("news"))
        heard = await brisk.next("event")
        await asyncio.wait_for(stuck.task, 5)
        inside = len(hub.rooms[ROOM].visits)
        await hub.stop()
        return heard["n"], inside, hub.refusals.total["slow client dropped"]

    assert run(scene()) == (1, 1, 1)


def test_a_client_that_answers_no_ping_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub_module, "PING_S", 0.05)
    monkeypatch.setattr(hub_module, "SLOW_CHECK_S", 0.02)

    async def scene() -> tuple[Any, ...]:
        hub = hub_of(Story())
        hub.start()
        silent, polite = Phone(hub, "silent"), Phone(hub, "polite")
        for _ in range(6):
            await polite.next("ping")
            polite.frame('{"t":"here"}')
        await asyncio.wait_for(silent.task, 5)
        there = [visit.who.who for visit in hub.rooms[ROOM].visits]
        await hub.stop()
        return there, hub.refusals.total["silent client dropped"]

    assert run(scene()) == (["polite"], 1)


def test_the_light_follows_who_holds() -> None:
    async def scene() -> list[tuple[int, int]]:
        hub = hub_of(Story())
        hub.start()
        lyra, kiran = Phone(hub, "lyra"), Phone(hub, "kiran")
        seen = []
        while (light := await lyra.next("light"))["here"] < 2:
            pass
        seen.append((light["here"], light["held"]))
        kiran.frame('{"t":"hold","on":true}')
        light = await lyra.next("light")
        seen.append((light["here"], light["held"]))
        await kiran.close()
        light = await lyra.next("light")
        await hub.stop()
        return [*seen, (light["here"], light["held"])]

    assert run(scene()) == [(2, 0), (2, 1), (1, 0)]


def test_who_only_listens_is_not_heard_and_a_room_that_is_none_is_closed() -> None:
    async def scene() -> tuple[Any, ...]:
        source = Story()
        hub = hub_of(source)
        hub.start()
        guest, lost = Phone(hub, "guest", speaks=False), Phone(hub, room="ritual-9")
        guest.say("note-0001", "I only listen")
        answer = await guest.next("no", "ack")
        code = await asyncio.wait_for(lost.closed, 5)
        rooms = list(hub.rooms)
        await hub.stop()
        return answer["why"], source.facts, code, lost.accepted, rooms

    assert run(scene()) == ("only-listens", [], 1008, False, [ROOM])
