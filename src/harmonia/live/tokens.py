"""Who may enter a room: a token signed by the site, short-lived, good for one handshake."""

import base64
import binascii
import hashlib
import hmac
import json
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass

LIFETIME_S = 60
LONGEST = 512


@dataclass(frozen=True, slots=True)
class Pass:
    """One person in one room: `who` is a pseudonym of the room, `speaks` whether input is taken from them."""

    room: str
    who: str
    speaks: bool
    expires: int
    nonce: str


def sign(key: bytes, room: str, who: str, *, speaks: bool = True, now: float | None = None) -> str:
    """Return a token for one handshake within a minute: URL-safe text, HMAC-SHA256 (RFC 2104)."""
    expires = int(time.time() if now is None else now) + LIFETIME_S
    claims = [room, who, int(speaks), expires, secrets.token_urlsafe(12)]
    body = _text(json.dumps(claims, separators=(",", ":"), ensure_ascii=True).encode())
    return f"{body}.{_text(_seal(key, body))}"


def read(key: bytes, token: str, now: float | None = None) -> Pass | None:
    """Return whom a token names; None for one that is forged, malformed or too old."""
    body, _, seal = token.partition(".")
    if len(token) > LONGEST or not token.isascii() or not hmac.compare_digest(_text(_seal(key, body)), seal):
        return None
    try:
        room, who, speaks, expires, nonce = json.loads(
            base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))
        )
    except (ValueError, binascii.Error):
        return None
    if expires < (time.time() if now is None else now):
        return None
    return Pass(room, who, bool(speaks), expires, nonce)


class Gate:
    """Reads tokens and remembers, until they expire, which were used."""

    def __init__(self, key: bytes, clock: Callable[[], float] = time.time) -> None:
        self._key, self._clock = key, clock
        self._used: dict[str, int] = {}

    def admit(self, token: str) -> Pass | None:
        """Return the pass of a token nobody used here before; None for every other."""
        now = self._clock()
        found = read(self._key, token, now)
        if found is None or found.nonce in self._used:
            return None
        self._forget(now)
        self._used[found.nonce] = found.expires
        return found

    def _forget(self, now: float) -> None:
        # Nonces expire in about the order in which they came.
        while self._used and next(iter(self._used.values())) < now:
            del self._used[next(iter(self._used))]


def _seal(key: bytes, body: str) -> bytes:
    return hmac.new(key, b"harmonia.live.room:" + body.encode(), hashlib.sha256).digest()


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
