"""What was drawn is kept for less than a minute: a story that is taken back is gone from every cache by then."""

from collections.abc import Callable
from hashlib import sha256
from typing import TypeVar

from django.core.cache import cache

KEPT_S = 45  # other processes keep their own copies; none outlives this
_FRESH = "tapestry-kept"
Drawn = TypeVar("Drawn")


def kept(what: str, ingredients: object, draw: Callable[[], Drawn]) -> Drawn:
    """Return what was drawn from the same ingredients a moment ago, or draw it."""
    digest = sha256(repr(ingredients).encode()).hexdigest()
    key = f"tapestry-{what}"
    found: tuple[str, Drawn] | None = cache.get(key)
    if found is None or found[0] != digest:
        found = (digest, draw())
        cache.set(key, found, KEPT_S)
        cache.set(_FRESH, cache.get(_FRESH, frozenset()) | {key}, KEPT_S)
    return found[1]


def forget() -> None:
    """Drop all that this process has drawn."""
    cache.delete_many([*cache.get(_FRESH, ()), _FRESH])
