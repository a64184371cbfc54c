"""Whose thread is whose: every story and reply that was ever woven, in the order of the cloth."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from harmonia.commons.alchemy import queries as alchemy
from harmonia.commons.alchemy.queries import StoryView
from harmonia.commons.people.models import Person
from harmonia.commons.tapestry.models import Reply
from harmonia.science.weaving import Thread, structure_of

# The weaver's words for what our substances are called by another name.
HANDS = {"appliances": "electronics", "fog": "food", "coffee_grounds": "food"}
REPLY_HAND = "paper"  # a letter: plain weave
REPLY_COLOUR = (236, 221, 190)


@dataclass(frozen=True)
class Woven:
    """One place of the cloth: what lies there and where it leads; `told` is False once it is gone."""

    thread: Thread
    at: datetime
    href: str
    told: bool

    @property
    def code(self) -> str:
        """The code of the thing or the reply it tells of."""
        return self.thread.seed


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


def woven_ever() -> list[Woven]:
    """Return every place of the cloth, oldest first; of what is gone nothing but its place."""
    stories = [
        Woven(thread_of(told.story), told.told_at, reverse("artifact", args=[told.code]), told=True)
        if told.story
        else _gone(told.code, told.told_at)
        for told in alchemy.told_ever()
    ]
    ever = Reply.objects.filter(woven_at__isnull=False).select_related("stop")
    return sorted([*stories, *map(_reply, ever)], key=lambda woven: woven.at)


def woven() -> list[Woven]:
    """Return what is told in the cloth today, oldest first."""
    return [place for place in woven_ever() if place.told]


def threads() -> list[ThreadView]:
    """Return the stories of the cloth as people read them, oldest first."""
    return [
        ThreadView(story, story_name(story), structure_of(hand(story)).name) for story in alchemy.stories()
    ]


def threads_of(person: Person) -> set[str]:
    """Return the codes of a person's own threads."""
    return {story.code for story in alchemy.stories_of(person)}


def weaves(shown: Iterable[ThreadView]) -> dict[str, str]:
    """Return which weave stands for which material (code), for the materials in these threads."""
    return {thread.story.material: thread.weave for thread in shown}


def thread_of(story: StoryView) -> Thread:
    """Return a story as the cloth knows it."""
    day, name = day_of(story.told_at), story_name(story)
    return Thread(story.code, hand(story), story.colour, day, name, story.palette)


def hand(story: StoryView) -> str:
    """Return the weaver's word for what a thing is made of."""
    return HANDS.get(story.material, story.material)


def day_of(at: datetime) -> int:
    """Return the day of the habitat's calendar, as an ordinal."""
    return timezone.localtime(at).date().toordinal()


def story_name(story: StoryView) -> str:
    """Return the sentence that names a story's thread."""
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


def reply_name(reply: Reply) -> str:
    """Return the sentence that names a reply's thread."""
    values = {"place": reply.stop.place, "name": reply.name}
    if not reply.name:
        return _("A visitor's reply from %(place)s") % values
    return _("Reply from %(place)s by %(name)s") % values


def _reply(reply: Reply) -> Woven:
    at = reply.woven_at or reply.sent_at
    if reply.state != "woven":
        return _gone(reply.code, at)
    thread = Thread(reply.code, REPLY_HAND, REPLY_COLOUR, day_of(at), reply_name(reply))
    return Woven(
        thread, at, f"{reverse('tapestry_stop', args=[reply.stop.code])}#reply-{reply.code}", told=True
    )


def _gone(seed: str, at: datetime) -> Woven:
    return Woven(Thread(seed, "", (0, 0, 0), day_of(at), ""), at, "", told=False)
