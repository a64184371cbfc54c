"""Read the conversation: what waits for a stance, what all agree on, what looks alike, what was hidden and why."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from harmonia.commons.people.actions import token_of
from harmonia.commons.people.queries import people_behind
from harmonia.commons.voice import likeness
from harmonia.commons.voice.models import Moderation, Reaction, Stance, Statement, Upgrade

FEWEST = 5
"""No count under five people is told."""


@dataclass(frozen=True)
class Heard:
    """A statement and how many agree, disagree and pass; None where telling would point at few people."""

    statement: Statement
    people: int
    agree: int
    disagree: int

    @property
    def is_told(self) -> bool:
        """Whether enough people took a stance."""
        return self.people >= FEWEST

    @property
    def agree_percent(self) -> int:
        """The share that agrees, of all who took a stance [%], in steps of ten while few did."""
        share = 100 * self.agree / self.people
        return round(share) if self.people >= 50 else round(share / 10) * 10


def reactions(upgrade: Upgrade) -> list[tuple[int, Any, int]]:
    """Return (statement, pseudonym, stance) of what is not hidden."""
    found = Reaction.objects.filter(statement__upgrade=upgrade, statement__hidden=False)
    return list(found.order_by("id").values_list("statement_id", "token", "stance"))


def heard(upgrade: Upgrade) -> list[Heard]:
    """Return every statement that is not hidden, with its counts."""
    agree: Counter[int] = Counter()
    disagree: Counter[int] = Counter()
    people: Counter[int] = Counter()
    for statement, _token, stance in reactions(upgrade):
        people[statement] += 1
        agree[statement] += stance == Stance.AGREE
        disagree[statement] += stance == Stance.DISAGREE
    shown = Statement.objects.filter(upgrade=upgrade, hidden=False)
    return [Heard(s, people[s.pk], agree[s.pk], disagree[s.pk]) for s in shown]


def mine(person: Any, upgrade: Upgrade) -> dict[int, int]:
    """Return statement -> the stance somebody took."""
    if not person.is_authenticated:
        return {}
    found = Reaction.objects.filter(statement__upgrade=upgrade, token=token_of(person))
    return dict(found.values_list("statement_id", "stance"))


def alike(upgrade: Upgrade, text: str) -> list[Statement]:
    """Return the statements that say nearly the same, the most alike first."""
    said = {s.pk: s for s in Statement.objects.filter(upgrade=upgrade, hidden=False)}
    return [said[pk] for pk in likeness.nearest(text, {pk: s.text for pk, s in said.items()})]


@dataclass(frozen=True)
class Noted:
    """One line of the moderation log."""

    moderation: Moderation
    name: str


def moderation_log(upgrade: Upgrade) -> list[Noted]:
    """Return what was hidden or shown again, by whom and why, the newest first."""
    found = list(Moderation.objects.filter(statement__upgrade=upgrade).select_related("statement"))
    here = people_behind(noted.by for noted in found)
    return [Noted(noted, here[noted.by].name if noted.by in here else "") for noted in found]
