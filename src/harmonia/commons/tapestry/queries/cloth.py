"""Weave the cloth from the stories that are told."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from hashlib import sha256

from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from harmonia.commons.alchemy import queries as alchemy
from harmonia.commons.alchemy.queries import StoryView, Told
from harmonia.commons.people.models import Person
from harmonia.science.weaving import Thread, cloth_svg, strip_svg, structure_of, weave_patch, write_wif

WIDTH = 960  # [px], six lanes
NEWEST = 12
KEPT_S = 3600
PATCH = 160  # [px], the side of one story in the weaver's drawing
GONE = "gone:"
MINE = "#ffd58a"
# The weaver's words for what our substances are called by another name.
HANDS = {"appliances": "electronics", "fog": "food", "coffee_grounds": "food"}
Draw = Callable[[], str]


@dataclass(frozen=True)
class ThreadView:
    """A thread as people read it: its number, its story, and the sentence that names it."""

    story: StoryView
    name: str
    weave: str

    @property
    def number(self) -> int:
        """Its place in the order of telling, for ever."""
        return self.story.number

    @property
    def code(self) -> str:
        """The code of the thing it tells of."""
        return self.story.code


def threads() -> list[ThreadView]:
    """Return the threads of the cloth as people read them, oldest first."""
    return [_thread_view(story) for story in alchemy.stories()]


def threads_of(person: Person) -> set[str]:
    """Return the codes of a person's own threads."""
    return {story.code for story in alchemy.stories_of(person)}


def cloth(link: Callable[[str], str] | None = None, mine: Iterable[str] = ()) -> SafeString:
    """Return the whole cloth as SVG, each thread a link with a name; empty before the first story.

    `link` makes an address from a thing's code; threads of the codes in `mine` get a bright edge and an id.
    """
    ever = alchemy.told_ever()
    if not any(told.story for told in ever):
        return SafeString("")
    address = link or _address
    addresses = {told.code: address(told.code) if told.story else f"{GONE}{told.code}" for told in ever}
    title = _("The tapestry: %(count)d stories, oldest first") % {"count": sum(bool(t.story) for t in ever)}
    woven = [_thread(told) for told in ever]

    def weave() -> str:
        whole = cloth_svg(
            woven, width=WIDTH, link=lambda t: addresses[t.seed], title=title, since=woven[0].day
        )
        return _unpicked(whole)

    svg = _kept("file" if link else "cloth", (woven, addresses, title), weave)
    return SafeString(_marked(svg, {code: addresses[code] for code in mine}))


def strip() -> SafeString:
    """Return the strip under every page's header, of the newest stories; empty before the first."""
    woven = [_thread_of(story) for story in alchemy.stories()]
    return SafeString(strip_svg(woven) if woven else "")


def newest() -> SafeString:
    """Return a small cloth of the newest stories; empty before the first."""
    stories = alchemy.stories()[-NEWEST:]
    woven = [_thread_of(story) for story in stories]
    if not woven:
        return SafeString("")
    title = _("The newest stories, woven")

    def weave() -> str:
        # One day for all: a small cloth has no room for quiet weeks.
        together = [replace(thread, day=0) for thread in woven]
        return cloth_svg(together, width=WIDTH, link=lambda t: _address(t.seed), title=title, prefix="newest")

    return SafeString(_kept("newest", (woven, title), weave))


def draft(code: str, address: str) -> str | None:
    """Return a thread's draft as WIF 1.1, for a loom or a weaving program; None when it is no thread."""
    story = next((story for story in alchemy.stories() if story.code == code), None)
    if story is None:
        return None
    return write_wif(weave_patch(_thread_of(story)), {"Story": address, "Material": story.material})


def weaves(shown: Iterable[ThreadView]) -> dict[str, str]:
    """Return which weave stands for which material (code), for the materials in these threads."""
    return {thread.story.material: thread.weave for thread in shown}


def _kept(what: str, ingredients: object, weave: Draw) -> str:
    # Valid while everything the drawing depends on is the same, names included; one a language.
    key, digest = f"tapestry-{what}-{get_language()}", sha256(repr(ingredients).encode()).hexdigest()
    kept: tuple[str, str] | None = cache.get(key)
    if kept is None or kept[0] != digest:
        kept = (digest, weave())
        cache.set(key, kept, KEPT_S)
    return kept[1]


def _address(code: str) -> str:
    return reverse("artifact", args=[code])


def _thread(told: Told) -> Thread:
    if told.story:
        return _thread_of(told.story)
    return Thread(told.code, "", (0, 0, 0), _day(told), "")


def _thread_of(story: StoryView) -> Thread:
    return Thread(story.code, _hand(story), story.colour, _day(story), _name(story))


def _thread_view(story: StoryView) -> ThreadView:
    return ThreadView(story, _name(story), structure_of(_hand(story)).name)


def _hand(story: StoryView) -> str:
    return HANDS.get(story.material, story.material)


def _day(told: Told | StoryView) -> int:
    return timezone.localtime(told.told_at).date().toordinal()


def _name(story: StoryView) -> str:
    values = {
        "number": story.number,
        "title": story.title,
        "month": date_format(timezone.localtime(story.told_at), "YEAR_MONTH_FORMAT"),
    }
    if story.teller is None:
        return _("Thread %(number)d: %(title)s, told in %(month)s") % values
    return _("Thread %(number)d: %(title)s, told by %(teller)s in %(month)s") % {
        **values,
        "teller": story.teller,
    }


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
