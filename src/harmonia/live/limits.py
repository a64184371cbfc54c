"""How much one client may ask: token buckets, and how refusals are logged without filling the disk."""

import logging
import time
from collections import Counter
from collections.abc import Callable

RATE_S, BURST = 5.0, 20.0
"""Frames a client may send: five a second for long, twenty at once."""

PATIENCE = 40
"""Frames beyond that, or malformed ones, before the connection is closed; forgiven as the bucket refills."""

LOG_EVERY_S = 10.0
log = logging.getLogger("harmonia.live")


class Bucket:
    """Tokens that refill; what is taken beyond them is counted as misconduct."""

    __slots__ = ("_clock", "_filled", "_tokens", "offences")

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._tokens, self._filled, self.offences = BURST, clock(), 0

    def take(self) -> bool:
        """Return whether one more frame is within the limit."""
        now = self._clock()
        self._tokens = min(BURST, self._tokens + (now - self._filled) * RATE_S)
        self._filled = now
        if self._tokens < 1:
            self.offences += 1
            return False
        if self._tokens >= BURST:
            self.offences = 0
        self._tokens -= 1
        return True

    @property
    def is_exhausted(self) -> bool:
        """Whether patience with this client is over."""
        return self.offences > PATIENCE


class Refusals:
    """Counts what was refused, by reason, and logs the counts every ten seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self.total: Counter[str] = Counter()
        self._new: Counter[str] = Counter()
        self._logged = -LOG_EVERY_S

    def note(self, reason: str) -> None:
        """Count one refusal; log it where nothing was logged lately."""
        self.total[reason] += 1
        self._new[reason] += 1
        if self._clock() - self._logged >= LOG_EVERY_S:
            self.tell()

    def tell(self) -> None:
        """Log what came together."""
        if self._new:
            log.warning("refused: %s", ", ".join(f"{n} {why}" for why, n in sorted(self._new.items())))
            self._new.clear()
            self._logged = self._clock()
