"""Read what lies free to be made into something."""

from dataclasses import dataclass

from django.db.models import Q

from harmonia.commons.alchemy.models import Artifact
from harmonia.commons.ledger import queries as ledger
from harmonia.commons.ledger.models import Holder, Substance
from harmonia.commons.people.actions import token_of
from harmonia.commons.people.models import Person
from harmonia.commons.people.queries import person_behind


@dataclass(frozen=True)
class Source:
    """Grams [g] of a substance that lie somewhere, free to be made into something; `title` of an older thing."""

    holder: Holder
    substance: Substance
    grams: int
    title: str = ""


USABLE = {Substance.Use.MAKES: 0, Substance.Use.ROTS: 1}


def sources(person: Person | None = None) -> list[Source]:
    """Return what lies at workshops and collection points, what is made into things first; then one's own things."""
    found = [
        Source(holder, substance, grams)
        for kind in (Holder.Kind.WORKSHOP, Holder.Kind.POINT)
        for holder in ledger.holders(kind)
        for substance, grams in ledger.stock(holder).items()
        if substance.use in USABLE
    ]
    ordered = sorted(
        found, key=lambda s: (USABLE[Substance.Use(s.substance.use)], s.holder.kind != Holder.Kind.WORKSHOP)
    )
    return [*ordered, *_own_things(person)] if person else ordered


def _own_things(person: Person) -> list[Source]:
    token = token_of(person)
    mine = Q(maker=token) | Q(credits__token=token, credits__state="named")
    things = Artifact.objects.filter(mine, state="shown").select_related("holder").distinct()
    return [
        Source(thing.holder, substance, grams, thing.title)
        for thing in things
        for substance, grams in ledger.stock(thing.holder).items()
        if grams > 0
    ]


def sources_in(artifact: Artifact) -> list[Source]:
    """Return what an older thing holds, to be made into another."""
    held = ledger.stock(artifact.holder).items()
    return [
        Source(artifact.holder, substance, grams, artifact.title) for substance, grams in held if grams > 0
    ]


def may_remake(person: Person, artifact: Artifact) -> bool:
    """Whether a person may make something new of a thing: its makers, facilitators, anybody once its maker left."""
    token = token_of(person)
    mine = artifact.maker == token or artifact.credits.filter(token=token, state="named").exists()
    return mine or person.has_perm("alchemy.moderate") or person_behind(artifact.maker) is None
