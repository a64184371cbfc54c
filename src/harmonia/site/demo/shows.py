"""Where the demonstration's cloth hangs, what a visitor wrote back, and the evening that is planned."""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from harmonia.commons.alchemy import queries as alchemy
from harmonia.commons.festival import actions as festival
from harmonia.commons.people.models import Person
from harmonia.commons.tapestry import actions as tapestry

# Where, from which day to which (0 is today), and what visitors find there.
STOPS = (
    ("Laundry at Linden yard", -34, -20, "Between the machines and the folding table."),
    ("Bakery at Market gate, in the window", -6, 15, "The screen is on until nine, and the bench stays dry."),
    ("School library", 24, 52, "Ask at the desk for the stool that makes you tall enough."),
)
HANGS = STOPS[1][0]
WOVEN = (
    "My father had that radio. I stood in front of the bakery until it had played the waltz twice.",
    "A neighbour from Mill street",
    "en",
)
WAITING = ("¿Puedo llevar mi paraguas roto el martes? Tiene mango de cerezo.", "Inés, la del tercero", "es")

IN_DAYS = 16
DRESSED = "A quilt of work shirts"
# What its teller wrote for those who cannot see it turn.
SIDES = {
    "front": "Squares of striped, checked and plain shirt cloth, blue, teal, coral and amber; one has kept its pocket.",
    "back": "One plain sheet, with a name in red thread behind each stripe that Wanda remembered.",
}
ANSWERS = {"Theo": True, "Lyra": None}  # who is asked for their story, and what they have said so far


def hang(people: dict[str, Person], say: Callable[[str], None]) -> None:
    """Send the cloth on tour; a reply is woven in, another waits for the facilitator."""
    today = timezone.localdate()
    stops = {
        place: tapestry.plan_stop(
            people["Amara"],
            place=place,
            first_day=today + timedelta(days=first),
            last_day=today + timedelta(days=last),
            words=words,
        )
        for place, first, last, words in STOPS
    }
    for text, name, language in (WOVEN, WAITING):
        reply, _word = tapestry.reply(stops[HANGS], text=text, name=name, language=language)
        if text == WOVEN[0]:
            tapestry.weave_in(people["Theo"], reply)
    say("  the cloth hangs in the bakery's window, and a visitor's reply waits to be read")


def plan_evening(people: dict[str, Person], say: Callable[[str], None]) -> None:
    """Plan an evening: its artist offers her own stories, one teller said yes, another was asked."""
    amara, stories = people["Amara"], alchemy.stories()
    festival.dress(amara, next(s.code for s in stories if s.title == DRESSED), sides=SIDES)
    begins = timezone.localtime(timezone.now() + timedelta(days=IN_DAYS))
    evening = festival.plan_evening(
        amara,
        title="Lanterns, and what was thrown away",
        place="Old laundry, Linden yard",
        at=begins.replace(hour=20, minute=0, second=0, microsecond=0),
    )
    for story in stories:
        if story.teller == "Amara":
            festival.ask(amara, evening, story.code, seconds=60)
    for name, yes in ANSWERS.items():
        turn = festival.ask(amara, evening, next(s.code for s in stories if s.teller == name), seconds=75)
        if yes is not None:
            festival.answer(people[name], turn, yes=yes)
    say("  an evening of stories is planned, and Lyra is asked for hers")
