"""The strip of the community's own cloth, kept until a story changes it."""

from django.core.cache import cache
from django.utils.safestring import SafeString

from harmonia.commons.journal.queries import last_sequence
from harmonia.commons.tapestry import queries as tapestry

KEPT_S = 45  # what shows a story is kept for less than a minute


def strip() -> SafeString:
    """Return the strip as SVG; nothing before the first story."""
    key = f"strip-{last_sequence('tapestry')}"
    svg: SafeString | None = cache.get(key)
    if svg is None:
        svg = tapestry.strip()
        cache.set(key, svg, KEPT_S)
    return svg
