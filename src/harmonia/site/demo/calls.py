"""The ritual that the demonstration has announced, and what people have offered for it so far."""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from harmonia.commons.alchemy import queries as alchemy
from harmonia.commons.people.models import Person
from harmonia.commons.rituals import actions as rituals
from harmonia.commons.voice.models import Upgrade

IN_DAYS = 9  # after the vote may be closed, before anybody forgets it
CALL = "Bring one thing that once held something else, and tell what it holds now. What you offer opens the evening."
OFFERINGS = (
    (
        "Lyra",
        "The jar on my sill held plums for my grandmother. It holds the first bean of the street now.",
        True,
    ),
    ("Noor", "I carried our scraps past two streets for a year. I would like to carry them past one.", True),
    ("Bram", "My ladder had three rungs left. They are a shelf at the school now.", True),
    ("Sefa", "The bucket leaks, and that is how the nettles by the gate got so tall.", False),
)


def announce(people: dict[str, Person], say: Callable[[str], None]) -> None:
    """Announce the ritual of the open vote; some offerings are released, one waits for the facilitator."""
    theo = people["Theo"]
    begins = timezone.localtime(timezone.now() + timedelta(days=IN_DAYS)).replace(hour=18, minute=0, second=0)
    ritual = rituals.announce(
        theo,
        title="The next street comes in",
        place="Linden yard, under the tree",
        starts_at=begins,
        story="We look at what the plant could become, choose it, and switch it over by hand, while everybody is there.",
        call=CALL,
        question="What should the next street know about us?",
        upgrade=Upgrade.objects.filter(state="voting").first(),
        at=timezone.now() - timedelta(days=3),
    )
    for number, (name, words, released) in enumerate(OFFERINGS):
        who = rituals.join(ritual, people[name])
        kept = rituals.offer(ritual, who, key=f"demo-{number}", kind="story", words=words, name=name)
        if released:
            rituals.release(kept, by=theo)
    if stories := alchemy.stories():
        who = rituals.join(ritual, people["Amara"])
        thing = rituals.offer(
            ritual, who, key="demo-thing", kind="artifact", artifact=stories[-1].code, name="Amara"
        )
        rituals.release(thing, by=theo)
    say("  a ritual is announced, and its call has brought the first stories")
