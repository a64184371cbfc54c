"""What stands on a ballot, as one canonical text."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from harmonia.commons.voice.errors import Refused
from harmonia.commons.voice.models import BallotKind, Option, Upgrade
from harmonia.commons.voice.priorities import is_order

if TYPE_CHECKING:
    from harmonia.science.choice import Ballot as Choice

POINTS = 5
"""The most points an option gets on a ballot with points."""


@dataclass(frozen=True)
class Content:
    """Points for each option (1 where it is approved) and the outcomes in order, the most important first."""

    points: Mapping[str, int]
    priorities: tuple[str, ...] = ()
    scored: bool = False

    @property
    def choice(self) -> "Choice":
        """The ballot as the count takes it; options without points are left out."""
        given = {code: points for code, points in self.points.items() if points > 0}
        return given if self.scored else frozenset(given)

    @property
    def canonical(self) -> str:
        """The one text of what it chooses, as it is sealed."""
        from harmonia.science.choice import ballot_text

        return ballot_text(self.choice)

    @property
    def order(self) -> str:
        """The order of outcomes as JSON."""
        return json.dumps(list(self.priorities), separators=(",", ":"))


def read(text: str, order: str = "[]") -> Content:
    """Return what a canonical text and an order of outcomes say."""
    kind, _space, words = text.partition(" ")
    given = json.loads(words)
    points = {code: int(number) for code, number in given} if kind == "score" else dict.fromkeys(given, 1)
    return Content(points, tuple(json.loads(order)), scored=kind == "score")


def approving(codes: Collection[str], priorities: Sequence[str] = ()) -> Content:
    """Return a ballot that approves these options."""
    return Content(dict.fromkeys(sorted(codes), 1), tuple(priorities))


def check(upgrade: Upgrade, said: Content) -> None:
    """Raise Refused for what nobody could put on a ballot of this vote."""
    known = {option.code for option in Option.objects.filter(upgrade=upgrade) if option.is_on_ballot}
    if not set(said.points) <= known:
        raise Refused(_("That is no option of this vote. Your ballot stays as it was."))
    scored = upgrade.ballot_kind == BallotKind.SCORE
    most = POINTS if scored else 1
    if said.scored != scored or not all(0 <= points <= most for points in said.points.values()):
        raise Refused(_("An option gets 0 to %(most)s points. Your ballot stays as it was.") % {"most": most})
    if not is_order(said.priorities):
        raise Refused(_("Put each outcome in one place only. Your ballot stays as it was."))
