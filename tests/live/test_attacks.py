"""Hostile input on real sockets: refused, counted, logged, and the room goes on unharmed."""

import json
import random
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection

from harmonia.live import sign
from harmonia.live.hub import VISITS_EACH
from tests.live.serving import Stand, hear, say, standing, until
from tests.live.stand import KEY, ROOM

FRAMES = 10_000
PIECES = [
    '{"t":"say"',
    '"id":',
    "[" * 3000,
    '"\\ud800"',
    "NaN",
    '"\\u0000"',
    '{"t":"hold","on":1}',
    "9" * 3900,
    "",
    "null",
    "é",
]


@pytest.fixture(scope="module")
def stand(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stand]:
    with standing(tmp_path_factory.mktemp("stand") / "room.sqlite3") as one:
        yield one


def unharmed(stand: Stand) -> bool:
    """Whether somebody who behaves still enters, speaks and is heard."""
    with stand.phone("witness") as witness:
        hear(witness, "state")
        say(witness, f"witness-{time.monotonic_ns()}", "still here")
        return bool(hear(witness, "ack"))


def total(stand: Stand, why: str) -> int:
    return (stand.refused() or {}).get(why, 0)


def test_ten_thousand_malformed_frames_are_refused_and_their_senders_put_out(stand: Stand) -> None:
    draw = random.Random(7)
    sent = put_out = 0
    with stand.phone("bystander") as bystander:
        hear(bystander, "state")
        while sent < FRAMES:
            with stand.phone(f"attacker-{sent}") as attacker:
                try:
                    for _ in range(500):
                        attacker.send("".join(draw.choices(PIECES, k=draw.randint(1, 3))))
                        sent += 1
                    hear(attacker, "never")
                except ConnectionClosed as closed:
                    put_out += closed.rcvd is not None and closed.rcvd.code == 1008
        say(bystander, "bystander-1", "I heard nothing of it")
        heard = hear(bystander, "ack", "event")

    assert heard["t"] in ("ack", "event")
    assert sent >= FRAMES
    assert put_out >= 20
    assert total(stand, "malformed frame") >= 20 * 40
    assert unharmed(stand)


def test_frames_longer_than_a_sentence_or_not_text_are_refused(stand: Stand) -> None:
    with stand.phone("long") as phone:
        phone.send("x" * 20_000)
        with pytest.raises(ConnectionClosed):
            hear(phone, "never")
    before = total(stand, "malformed frame")
    with stand.phone("binary") as phone:
        phone.send(b"\x00\xff" * 100)
        until(lambda: total(stand, "malformed frame") > before)

    assert unharmed(stand)


def test_a_token_opens_one_door_once(stand: Stand) -> None:
    token = sign(KEY, ROOM, "lyra")
    with stand.phone(token=token):
        pass
    for bad in (
        token,
        token[:-2],
        sign(b"another key", ROOM, "lyra"),
        sign(KEY, "ritual-2", "lyra"),
        "x.y",
        "x",
    ):
        with pytest.raises(InvalidStatus) as refused, stand.phone(token=bad):
            pass
        assert refused.value.response.status_code == 403
    with pytest.raises(InvalidStatus), stand.phone(token=sign(KEY, ROOM, "lyra", now=time.time() - 3600)):
        pass

    assert total(stand, "bad or used token") >= 7
    assert unharmed(stand)


@pytest.mark.parametrize(
    "origin",
    ["https://elsewhere.example", "http://127.0.0.1:1", "null", "file://", "http://127.0.0.1.evil.example"],
)
def test_a_foreign_page_opens_nothing(stand: Stand, origin: str) -> None:
    with pytest.raises(InvalidStatus) as refused, stand.phone(origin=origin):
        pass

    assert refused.value.response.status_code == 403
    assert unharmed(stand)


def flood(phone: ClientConnection) -> None:
    for number in range(2_000):
        say(phone, f"flood-{number:06}", "a")
    while True:
        phone.recv(timeout=20)


def test_a_flood_of_well_formed_frames_is_slowed_and_then_put_out(stand: Stand) -> None:
    with stand.phone("flood") as phone, pytest.raises(ConnectionClosed) as closed:
        flood(phone)
    refusals = []
    with stand.phone("flood") as again:  # whoever comes back has not been forgiven yet
        say(again, "flood-again", "b")
        refusals.append(hear(again, "no", "ack"))

    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 1008
    assert refusals[0].get("why") == "too-fast"
    assert unharmed(stand)


def test_one_person_holds_a_few_connections_only(stand: Stand) -> None:
    with ExitStack() as held:
        for _ in range(VISITS_EACH):
            hear(held.enter_context(stand.phone("many")), "state")
        with pytest.raises(InvalidStatus), stand.phone("many"):
            pass

    assert unharmed(stand)


def test_half_a_handshake_and_bytes_that_are_no_http_harm_nobody(stand: Stand) -> None:
    openings = [
        b"GET /live/rooms/ritual-1 HTTP/1.1\r\nUpgrade: websocket\r\n",
        b"\x16\x03\x01" * 500,
        b"GET /live/" + b"\xff" * 50,
    ]
    held = []
    for opening in openings * 10:
        held.append(socket.create_connection(("127.0.0.1", stand.port), 5))
        held[-1].sendall(opening)

    assert unharmed(stand)
    for one in held:
        one.close()


def test_what_was_refused_stands_in_the_log_in_few_lines(stand: Stand) -> None:
    log = stand.log.read_text()

    assert "refused:" in log
    assert "Traceback" not in log
    assert len(log.splitlines()) < 100


def test_a_phone_that_reads_nothing_holds_nobody_up(stand: Stand) -> None:
    deaf = socket.create_connection(("127.0.0.1", stand.port), 5)
    deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
    token = sign(KEY, ROOM, "deaf")
    deaf.sendall(
        f"GET /live/rooms/{ROOM} HTTP/1.1\r\nHost: {stand.host}\r\nOrigin: http://{stand.host}\r\nUpgrade: websocket\r\n"
        f"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
        f"Sec-WebSocket-Protocol: harmonia.room.1, {token}\r\n\r\n".encode()
    )
    with stand.phone("brisk") as brisk:
        number = hear(brisk, "state")["n"]
        for step in range(10):
            say(brisk, f"brisk-{step:04}", json.dumps("long " * 500))
            while (event := hear(brisk, "event"))["n"] <= number:
                pass
            number = event["n"]
    deaf.close()

    assert unharmed(stand)
