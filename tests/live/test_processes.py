"""One room in two processes: Redis makes news quick, the disk makes them true."""

import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from harmonia.live import sign
from tests.live.serving import Redis, Stand, hear, say, standing
from tests.live.stand import KEY, ROOM, Disk


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[Redis]:
    server = Redis(tmp_path)
    server.start()
    yield server
    server.end()


def heard_words(stand: Stand, since: int | None = None) -> list[str]:
    with stand.phone("reader", since=since) as phone:
        found: list[str] = hear(phone, "state")["state"]["said"]
        return found


def test_a_redis_that_goes_and_comes_loses_nothing_that_was_acknowledged(
    tmp_path: Path, redis: Redis
) -> None:
    file = tmp_path / "room.sqlite3"
    acknowledged, seen = [], []
    with standing(file, redis.url) as one, standing(file, redis.url) as other:
        with one.phone("speaker") as speaker, other.phone("listener") as listener:
            hear(listener, "state")
            for number in range(18):
                if number == 6:
                    redis.end()
                if number == 12:
                    redis.start()
                say(speaker, f"note-{number:04}", f"sentence {number}")
                assert hear(speaker, "ack", "no")["t"] == "ack"
                acknowledged.append(f"sentence {number}")
                seen.append(hear(listener, "event"))
        there = heard_words(one), heard_words(other)

    assert there == (acknowledged, acknowledged)
    assert [event["n"] for event in seen] == list(range(1, 19))
    assert [event["data"]["words"] for event in seen] == acknowledged


def test_a_feed_in_the_other_process_catches_up_while_redis_is_away(tmp_path: Path, redis: Redis) -> None:
    file = tmp_path / "room.sqlite3"
    with standing(file, redis.url) as one, standing(file, redis.url) as other:
        redis.end()
        with httpx.stream("GET", f"http://{other.host}/live/nexus", timeout=20) as feed, one.phone() as phone:
            lines = feed.iter_lines()
            next(lines)
            say(phone, "note-0001", "hello")
            hear(phone, "ack")
            heard = next(line for line in lines if line.startswith("id:"))

    assert heard == "id: 1"


def test_a_token_used_in_one_process_is_refused_by_the_other(tmp_path: Path, redis: Redis) -> None:
    file = tmp_path / "room.sqlite3"
    token = sign(KEY, ROOM, "lyra")
    with standing(file, redis.url) as one, standing(file, redis.url) as other:
        with one.phone(token=token):
            pass
        with pytest.raises(InvalidStatus), other.phone(token=token):
            pass


def test_a_process_that_is_killed_has_kept_all_it_acknowledged_and_what_is_sent_again_counts_once(
    tmp_path: Path,
) -> None:
    file = tmp_path / "room.sqlite3"
    sent = [f"note-{number:05}" for number in range(400)]
    acknowledged: list[str] = []
    stand = Stand(file)

    def end_it() -> None:
        while len(acknowledged) < 12:
            pass
        stand.end(signal.SIGKILL)

    killer = threading.Thread(target=end_it)
    killer.start()
    try:
        with stand.phone() as phone:
            for key in sent:
                say(phone, key, key)
                acknowledged.append(hear(phone, "ack")["id"])
    except ConnectionClosed:
        pass
    killer.join()
    kept = [fact.data["words"] for fact in Disk(str(file)).since("ritual-1", 0)]
    with standing(file) as again, again.phone() as phone:
        for key in sent[:16]:
            say(phone, key, key)
            hear(phone, "ack")
        after = heard_words(again)

    assert 12 <= len(acknowledged) < 400
    assert kept[: len(acknowledged)] == acknowledged
    assert len(after) == len(set(after)) == max(len(kept), 16)
