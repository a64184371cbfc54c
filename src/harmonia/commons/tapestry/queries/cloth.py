"""Weave the cloth from the stories that are told, as drawings."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from harmonia.commons.alchemy import queries as alchemy
from harmonia.commons.tapestry.keeping import kept
from harmonia.commons.tapestry.queries.woven import thread_of, woven, woven_ever
from harmonia.science.weaving import Thread, cloth_svg, strip_svg, weave_patch, write_wif

WIDTH = 960  # [px], six lanes
NEWEST = 12
PATCH = 160  # [px], the side of one story in the weaver's drawing
GONE = "gone:"
MINE = "#ffd58a"


def cloth(link: Callable[[str], str] | None = None, mine: Iterable[str] = ()) -> SafeString:
    """Return the whole cloth as SVG, each thread a link with a name; empty before the first story.

    `link` makes a whole address from a path; threads of the codes in `mine` get a bright edge and an id.
    """
    ever = woven_ever()
    if not any(place.told for place in ever):
        return SafeString("")
    whole = link or str
    addresses = {place.code: whole(place.href) if place.told else f"{GONE}{place.code}" for place in ever}
    title = _("The tapestry: %(count)d stories, oldest first") % {"count": sum(place.told for place in ever)}
    threads = [place.thread for place in ever]

    def weave() -> str:
        svg = cloth_svg(
            threads, width=WIDTH, link=lambda t: addresses[t.seed], title=title, since=threads[0].day
        )
        return _unpicked(svg)

    what = f"{'file' if link else 'cloth'}-{get_language()}"
    svg = kept(what, (threads, addresses, title), weave)
    return SafeString(_marked(svg, {code: addresses[code] for code in mine if code in addresses}))


def strip() -> SafeString:
    """Return the strip under every page's header, of the newest stories; empty before the first."""
    newest_first = [place.thread for place in woven()]
    return SafeString(strip_svg(newest_first) if newest_first else "")


def newest() -> SafeString:
    """Return a small cloth of the newest stories; empty before the first."""
    shown = woven()[-NEWEST:]
    if not shown:
        return SafeString("")
    title = _("The newest stories, woven")
    addresses = {place.code: place.href for place in shown}
    # One day for all: a small cloth has no room for quiet times.
    together: list[Thread] = [replace(place.thread, day=0) for place in shown]

    def weave() -> str:
        return cloth_svg(
            together, width=WIDTH, link=lambda t: addresses[t.seed], title=title, prefix="newest"
        )

    return SafeString(kept(f"newest-{get_language()}", (together, addresses, title), weave))


def draft(code: str, address: str) -> str | None:
    """Return a thread's draft as WIF 1.1, for a loom or a weaving program; None when it is no thread."""
    story = next((story for story in alchemy.stories() if story.code == code), None)
    if story is None:
        return None
    return write_wif(weave_patch(thread_of(story)), {"Story": address, "Material": story.material})


def _unpicked(svg: str) -> str:
    """Put bare ground where a story is gone, so that all others keep their place."""
    pattern = rf'<a href="{GONE}[^"]*".*?translate\((\d+) (\d+)\).*?</a>'
    bare = rf'<path d="M\1 \2h{PATCH}v{PATCH}h-{PATCH}z" fill="url(#cloth-ground)"/>'
    return re.sub(pattern, bare, svg, flags=re.DOTALL)


def _marked(svg: str, mine: dict[str, str]) -> str:
    """Give one's own threads a bright edge, and an id to jump to."""
    for code, address in mine.items():
        pattern = rf'<a (href="{re.escape(address)}".*?<rect class="thread-edge")'
        svg = re.sub(pattern, rf'<a id="mine-{code}" \1 stroke="{MINE}"', svg, count=1, flags=re.DOTALL)
    return svg
