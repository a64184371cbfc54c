"""What the residents of the demonstration made, and told."""

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
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
            techniques=TECHNIQUES[story.picture],
            at=_at(today, story.days_ago),
        )
    _have_families(people, today)
    say(f"  {len(STORIES)} stories are told")


# What hands did, by what the picture shows.
TECHNIQUES = {
    "bag": ["sewing"],
    "bench": ["joinery"],
    "birdhouse": ["joinery"],
    "bowl": ["papermaking"],
    "chime": ["metalwork", "assembling"],
    "clock": ["assembling"],
    "kite": ["sewing", "painting"],
    "lamp": ["electronics", "metalwork"],
    "lantern": ["glasswork"],
    "planter": ["metalwork"],
    "quilt": ["quilting", "sewing"],
    "radio": ["electronics", "repair"],
    "stool": ["joinery", "weaving"],
    "toy": ["carving"],
}


def _have_families(people: dict[str, Person], today: date) -> None:
    # A screen was parted into two shelves, and one of them met a bicycle's chain: a family to look at.
    workshop = books.holder("workshop")
    wood, metal = books.substance("wood"), books.substance("metal")
    screen = alchemy.make(
        people["Amara"],
        title="A folding screen",
        materials=[(workshop, wood, 2600)],
        techniques=["joinery"],
        care="Oil the hinges in spring. Each panel comes off with two screws.",
        story="It stood in the laundry until nobody needed to hide the buckets any more.",
        at=_at(today, 40),
        access="habitat",
    )
    shelf = alchemy.make(
        people["Amara"],
        title="A shelf from one panel",
        materials=[(screen.holder, wood, 1200)],
        techniques=["joinery"],
        at=_at(today, 25),
    )
    alchemy.make(
        people["Amara"],
        title="A shelf from the other",
        materials=[(screen.holder, wood, 1400)],
        at=_at(today, 24),
    )
    rack = alchemy.make(
        people["Amara"],
        title="A rack for wet gloves",
        materials=[(shelf.holder, wood, 1200), (workshop, metal, 200)],
        techniques=["metalwork", "assembling"],
        care="Hang it where the sun comes in. The hooks are **bent nails**: bend them back when they tire.",
        story="The hooks were a bicycle chain. It drips into the rain barrel.",
        place=(51.0, 10.0),
        place_name="The yard behind the workshop",
        at=_at(today, 6),
        access="habitat",
    )
    alchemy.ask(people["Amara"], rack, people["Lyra"], part="bent the hooks")
    alchemy.ask(people["Amara"], rack, people["Kofi"], part="lent the vice")
    alchemy.answer(people["Lyra"], rack, named=True)
    circle = alchemy.gather(people["Amara"], "The Tuesday menders")
    alchemy.let_in(people["Amara"], circle, people["Lyra"])


def _at(today: date, days_ago: int) -> datetime:
    return timezone.make_aware(datetime.combine(today - timedelta(days=days_ago), time(17)))


REPAIRS = (
    (
        "Kofi",
        "A transistor radio",
        "Portable radio",
        "Fixed",
        "",
        "A dry capacitor hummed louder than the news. Changed it for one out of a printer.",
    ),
    (
        "Lyra",
        "A kettle",
        "Kettle",
        "End of life",
        "No way to open product",
        "The base is glued shut. We tried a hair dryer and gave up before something broke.",
    ),
    (
        "Sefa",
        "A sewing machine",
        "Sewing machine",
        "Repairable",
        "",
        "The belt slips. We measured it and ordered one; come back next Tuesday.",
    ),
)


def mend(people: dict[str, Person]) -> None:
    """Let a few residents tell what they brought to be mended."""
    today = timezone.localdate()
    for number, (name, what, category, status, barrier, problem) in enumerate(REPAIRS):
        alchemy.record_repair(
            people[name],
            what=what,
            category=category,
            status=status,
            barrier=barrier,
            problem=problem,
            country="DEU",
            on=today - timedelta(days=7 * number + 3),
        )


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
