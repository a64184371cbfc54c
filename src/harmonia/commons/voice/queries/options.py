"""Read one option: its words, its authors, its history, the hands that would help."""

from dataclasses import dataclass
from typing import Any

from harmonia.commons.people.actions import token_of
from harmonia.commons.people.models import Person
from harmonia.commons.people.queries import people_behind
from harmonia.commons.voice.models import Author, Hand, Option, Revision, Upgrade


@dataclass(frozen=True)
class Change:
    """One change of an option's words: by whom (members read it), when, and which fields."""

    revision: Revision
    name: str
    fields: tuple[str, ...]


def option_for(upgrade: Upgrade, number: int) -> Option | None:
    """Return one option of an upgrade."""
    return upgrade.options.filter(pk=number).first()


def authors(option: Option) -> list[str]:
    """Return the names of who writes an option, first who proposed it; who left is not named."""
    found = list(Author.objects.filter(option=option))
    here = people_behind(author.token for author in found)
    return [here[author.token].name for author in found if author.token in here]


def hands(option: Option) -> tuple[int, list[tuple[str, int]]]:
    """Return the hours lent [h] and who lends how many."""
    found = list(Hand.objects.filter(option=option))
    here = people_behind(hand.token for hand in found)
    named = [(here[hand.token].name, hand.hours) for hand in found if hand.token in here]
    return sum(hand.hours for hand in found), named


def my_hours(person: Any, option: Option) -> int:
    """Return how many hours somebody lends to an option [h]."""
    if not person.is_authenticated:
        return 0
    mine = Hand.objects.filter(option=option, token=token_of(person)).first()
    return mine.hours if mine else 0


def history(option: Option) -> list[Change]:
    """Return the changes of an option's words, newest first; the first one proposed it."""
    found = list(Revision.objects.filter(option=option).order_by("number"))
    here = people_behind(revision.by for revision in found)
    told = []
    for former, revision in zip([None, *found], found, strict=False):
        before = former.words if former else {}
        fields = tuple(name for name, value in revision.words.items() if before.get(name) != value)
        name = here[revision.by].name if revision.by in here else ""
        told.append(Change(revision, name, fields if former else ()))
    return told[::-1]


def written_by(person: Person) -> list[Option]:
    """Return the options somebody writes, the newest first."""
    found = Option.objects.filter(authors__token=token_of(person)).select_related("upgrade")
    return list(found.order_by("-pk"))


def vetoed_by(option: Option) -> str:
    """Return the name of the licence holder who vetoed an option, "" once they have left."""
    if option.vetoed_by is None:
        return ""
    found = people_behind([option.vetoed_by])
    return found[option.vetoed_by].name if found else ""


def titles(upgrade: Upgrade) -> dict[str, str]:
    """Return code -> title of an upgrade's options."""
    return dict(upgrade.options.values_list("code", "title"))


def export(person: Person) -> dict[str, Any]:
    """Return what this app knows about a person. What they voted is not in it: nothing here knows."""
    from harmonia.commons.voice.models import Reaction, Recounter, Statement, Voter

    token = token_of(person)
    reactions = Reaction.objects.filter(token=token).select_related("statement").order_by("id")
    return {
        "on_the_roll": [
            {"upgrade": place.upgrade.title, "has_a_ballot_in": place.voted}
            for place in Voter.objects.filter(voter__in=[token, person.home])
            .select_related("upgrade")
            .order_by("upgrade_id")
        ],
        "options": list(
            Author.objects.filter(token=token).order_by("id").values_list("option__title", flat=True)
        ),
        "hours_lent": [
            {"option": hand.option.title, "hours": hand.hours}
            for hand in Hand.objects.filter(token=token).select_related("option").order_by("id")
        ],
        "statements": [
            {"text": said.text, "at": said.at.isoformat()}
            for said in Statement.objects.filter(by=token).order_by("id")
        ],
        "reactions": [{"statement": r.statement.text, "stance": r.stance} for r in reactions],
        "recounts": list(
            Recounter.objects.filter(token=token).order_by("id").values_list("upgrade__title", flat=True)
        ),
    }
