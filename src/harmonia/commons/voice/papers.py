"""Ballot keys: what a voter holds instead of a name.

A key is 24 letters and digits: 80 random bits, and 40 bits by which the site knows its own papers and a slip of the
pen is found. The database keeps only the key's SHA-256. Nobody, the site included, can find a key from a person.
"""

import base64
import hashlib
import hmac
import secrets

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from harmonia.commons.voice.errors import Refused

NONCE_BYTES, CHECK_BYTES = 10, 5
LETTERS, GROUP = 24, 4


def mint(upgrade: int) -> str:
    """Return a fresh key for a vote: six groups of four letters and digits."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    text = base64.b32encode(nonce + _check(upgrade, nonce)).decode()
    return "-".join(text[at : at + GROUP] for at in range(0, LETTERS, GROUP))


def paper_of(upgrade: int, key: str) -> str:
    """Return what the database knows a key by [SHA-256, hex]; raise Refused for what is no key of this vote."""
    raw = _decode(key)
    if raw is None or not hmac.compare_digest(raw[NONCE_BYTES:], _check(upgrade, raw[:NONCE_BYTES])):
        raise Refused(_("That is no ballot key of this vote. Check the letters; nothing was changed."))
    return hashlib.sha256(b"harmonia-paper/1\n%d\n" % upgrade + raw).hexdigest()


def seal(key: str, content: str) -> str:
    """Return the seal of a paper ballot's first reading; without the sheet's key nobody can open or compare it."""
    raw = _decode(key) or b""
    return hmac.new(b"harmonia-sheet/1\n" + raw, content.encode(), hashlib.sha256).hexdigest()


def drawer(upgrade: int, voter: str) -> str:
    """Return the name of the cookie in which this voter's own browser keeps the key of this vote."""
    mark = salted_hmac("harmonia.voice.drawer", f"{upgrade}:{voter}", algorithm="sha256").hexdigest()
    return f"ballot-{upgrade}-{mark[:12]}"


def _decode(key: str) -> bytes | None:
    # O and I are how people read 0 and 1 in this alphabet, which has neither digit.
    text = "".join(key.upper().split()).replace("-", "").replace("0", "O").replace("1", "I")
    if len(text) != LETTERS:
        return None
    try:
        return base64.b32decode(text)
    except ValueError:
        return None


def _check(upgrade: int, nonce: bytes) -> bytes:
    made = salted_hmac("harmonia.voice.paper", f"{upgrade}:{nonce.hex()}", algorithm="sha256")
    return made.digest()[:CHECK_BYTES]
