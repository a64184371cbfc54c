"""What the residents of the demonstration made, and told."""

import re
from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone

from harmonia.commons.alchemy import actions as alchemy
from harmonia.commons.covenants import actions as covenants
from harmonia.commons.ledger import actions as ledger
from harmonia.commons.ledger import queries as books
from harmonia.commons.ledger.models import Action, Holder, Substance
from harmonia.commons.people.models import Person
from harmonia.site.demo.pictures import draw
from harmonia.site.demo.stories import STORIES, DemoStory

PLEDGES = (
    ("Lyra", "food_waste", "1.5"),
    ("Noor", "food_waste", "1.2"),
    ("Sefa", "food_waste", "2"),
    ("Oskar", "leaves", "0.5"),
)


def carry_to_workshop(places: list[Holder], workshop: Holder, at: datetime) -> None:
    """Move what can be made into things from the collection points to the workshop."""
    for place in places:
        for substance, grams in books.stock(place).items():
            if substance.use == Substance.Use.MAKES:
                postings = [
                    ledger.Posting(place, substance, -grams),
                    ledger.Posting(workshop, substance, grams),
                ]
                ledger.book(Action.TRANSFER, postings, recorder=None, at=at)


def draw_all() -> list[tuple[DemoStory, bytes]]:
    """Return the stories, oldest first, each with its picture."""
    stories = sorted(STORIES, key=lambda story: -story.days_ago)
    return [(story, draw(story.picture, number)) for number, story in enumerate(stories)]


def tell(
    people: dict[str, Person], drawn: Sequence[tuple[DemoStory, bytes]], say: Callable[[str], None]
) -> None:
    """Make every thing of the stories from what the workshop holds."""
    workshop = books.holder("workshop")
    today = timezone.localdate()
    for story, picture in drawn:
        alchemy.make(
            people[story.maker],
            title=story.title,
            materials=[(workshop, books.substance(code), grams) for code, grams in story.materials],
            photo=picture,
            alt=story.alt,
            story=_unwrapped(story.text),
            access=story.access,
            language=story.language,
            at=timezone.make_aware(datetime.combine(today - timedelta(days=story.days_ago), time(17))),
        )
    say(f"  {len(STORIES)} stories are told")


def promise(people: dict[str, Person]) -> None:
    """Let a few residents promise what they bring each week."""
    today = timezone.localdate()
    began = timezone.now() - timedelta(days=35)
    for name, code, kilograms in PLEDGES:
        offered = covenants.offer(
            people[name],
            substance=books.substance(code),
            kg_week=Decimal(kilograms),
            since=began.date(),
            until=today + timedelta(days=90),
            at=began,
        )
        covenants.begin(people[name], offered, at=began)


def _unwrapped(text: str) -> str:
    # The source breaks its lines for us; a story keeps only its paragraphs and its lists.
    return re.sub(r"(?<!\n)\n(?!\n|- )", " ", text)
