"""A name for a thing that no other thing has, here or anywhere, and that sorts by when it was made."""

import secrets
from datetime import UTC, datetime
from uuid import UUID


def new_identity(at: datetime | None = None) -> UUID:
    """Return a UUID version 7 (RFC 9562, section 5.7): 48 bits of Unix time [ms], 74 random bits."""
    milliseconds = int((at or datetime.now(UTC)).timestamp() * 1000) & (2**48 - 1)
    drawn = secrets.randbits(74)
    return UUID(int=milliseconds << 80 | 0x7 << 76 | (drawn >> 62) << 64 | 0b10 << 62 | drawn & (2**62 - 1))
