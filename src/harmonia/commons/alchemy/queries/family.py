"""Read the whole family of a thing: what it came from, what became of it, and their kin."""

from dataclasses import dataclass

from django.db.models import Q

from harmonia.commons.alchemy.models import Artifact, Kinship

MOST_KIN = 120


@dataclass(frozen=True)
class Kin:
    """One thing of a family: its generation (0 the oldest) and its place in it; no title where it is hidden."""

    code: str
    title: str
    generation: int
    place: int
    is_here: bool


@dataclass(frozen=True)
class Tie:
    """Parent and child, by code, and how one came from the other."""

    parent: Kin
    child: Kin
    kind: str
    label: str


@dataclass(frozen=True)
class Family:
    """A family, oldest first; `cut` where it is larger than a page can show."""

    kin: tuple[Kin, ...]
    ties: tuple[Tie, ...]
    cut: bool

    @property
    def generations(self) -> int:
        """How many generations there are."""
        return max((kin.generation for kin in self.kin), default=-1) + 1

    @property
    def widest(self) -> int:
        """How many things stand side by side in the largest generation."""
        return max((kin.place for kin in self.kin), default=-1) + 1


def family(code: str) -> Family:
    """Return the family of a thing; empty when it has none."""
    start = Artifact.objects.get(code=code)
    members, rows = {start.pk}, {}
    frontier = {start.pk}
    while frontier and len(members) < MOST_KIN:
        touching = Kinship.objects.filter(Q(parent__in=frontier) | Q(child__in=frontier))
        new = {row.pk: row for row in touching}
        rows.update(new)
        frontier = {pk for row in new.values() for pk in (row.parent_id, row.child_id)} - members
        members |= set(sorted(frontier)[: MOST_KIN - len(members)])
        frontier &= members
    ties = [r for _pk, r in sorted(rows.items()) if r.parent_id in members and r.child_id in members]
    if not ties:
        return Family((), (), cut=False)
    return _laid_out(start, members, ties, cut=len(ties) < len(rows))


def _laid_out(start: Artifact, members: set[int], ties: list[Kinship], *, cut: bool) -> Family:
    # A child has a larger number than its parents, so one pass in that order finds the longest way to each.
    generation = dict.fromkeys(sorted(members), 0)
    for tie in sorted(ties, key=lambda tie: tie.child_id):
        generation[tie.child_id] = max(generation[tie.child_id], generation[tie.parent_id] + 1)
    things = Artifact.objects.in_bulk(members)
    counts: dict[int, int] = {}
    kin: dict[int, Kin] = {}
    for pk in sorted(members, key=lambda pk: (generation[pk], pk)):
        level, thing = generation[pk], things[pk]
        place = counts[level] = counts.get(level, -1) + 1
        title = thing.title if thing.state == "shown" else ""
        kin[pk] = Kin(thing.code, title, level, place, pk == start.pk)
    tied = [Tie(kin[tie.parent_id], kin[tie.child_id], tie.kind, str(tie.get_kind_display())) for tie in ties]
    return Family(tuple(kin.values()), tuple(tied), cut)
