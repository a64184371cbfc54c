"""What stands on a ballot, as one canonical text."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from harmonia.commons.voice.errors import Refused
from harmonia.commons.voice.models import BallotKind, Option, Upgrade
from harmonia.commons.voice.priorities import is_order

POINTS = 5
"""The most points an option gets on a ballot with points."""


@dataclass(frozen=True)
class Content:
    """Points for each option (1 where it is approved) and the outcomes in order, the most important first."""

    points: Mapping[str, int]
    priorities: tuple[str, ...] = ()

    @property
    def canonical(self) -> str:
        """The one text of this content: sorted keys, no spaces, options without points left out."""
        data = {"points": {c: n for c, n in self.points.items() if n}, "priorities": list(self.priorities)}
        return json.dumps(data, sort_keys=True, separators=(",", ":"))

    @property
    def supports(self) -> frozenset[str]:
        """The codes of the options that got any point."""
        return frozenset(code for code, points in self.points.items() if points)


def read(text: str) -> Content:
    """Return what a canonical text says."""
    data: dict[str, Any] = json.loads(text)
    return Content(data["points"], tuple(data["priorities"]))


def approving(codes: Collection[str], priorities: Sequence[str] = ()) -> Content:
    """Return a ballot that approves these options."""
    return Content(dict.fromkeys(sorted(codes), 1), tuple(priorities))


def check(upgrade: Upgrade, content: Content) -> None:
    """Raise Refused for what nobody could put on a ballot of this vote."""
    known = {option.code for option in Option.objects.filter(upgrade=upgrade) if option.is_on_ballot}
    if not set(content.points) <= known:
        raise Refused(_("That is no option of this vote. Your ballot stays as it was."))
    most = POINTS if upgrade.ballot_kind == BallotKind.SCORE else 1
    if not all(isinstance(n, int) and 0 <= n <= most for n in content.points.values()):
        raise Refused(_("An option gets 0 to %(most)s points. Your ballot stays as it was.") % {"most": most})
    if not is_order(content.priorities):
        raise Refused(_("Put each outcome in one place only. Your ballot stays as it was."))
