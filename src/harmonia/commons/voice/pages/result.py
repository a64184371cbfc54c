"""The result as people read it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from harmonia.commons.voice import cells, queries
from harmonia.commons.voice.models import Upgrade
from harmonia.commons.voice.priorities import OUTCOMES


@dataclass(frozen=True)
class Camp:
    """People who vote alike: what they want, their part of the people and of the money, in percent."""

    wants: str
    people: int
    fair_percent: int
    got_percent: int
    nothing: str


def shown_result(upgrade: Upgrade) -> dict[str, Any]:
    """Return what the page of a decided upgrade tells about the count."""
    result: Mapping[str, Any] = upgrade.result or {}
    titles = queries.titles(upgrade)
    ballots = result.get("ballots", 0)
    support = result.get("support", {})
    return {
        "verdicts": queries.verdicts(upgrade),
        "winners": queries.winners(upgrade),
        "bought": queries.bought(upgrade),
        "spent": queries.spent(upgrade),
        "result": result,
        "support": [(titles[c], n, _words(n)) for c, n in support.items() if c in titles],
        "camps": [_camp(camp, titles) for camp in result.get("camps", [])],
        "influence": _influence(result.get("influence") or []),
        "few": ballots < cells.SMALLEST,
        "priorities": [
            (OUTCOMES[name], _words(n))
            for name, n in result.get("priorities", {}).items()
            if name in OUTCOMES
        ],
    }


def _words(count: int | None) -> str:
    return _("hidden, because few would be told") if count is None else str(count)


def _camp(camp: Mapping[str, Any], titles: Mapping[str, str]) -> Camp:
    wants = [titles[code] for code in camp["wants"] if code in titles]
    return Camp(
        ", ".join(wants) or _("no option more than everybody else"),
        camp["people"],
        round(100 * camp["fair"]),
        round(100 * camp["got"]),
        camp["nothing"],
    )


def _influence(told: Sequence[Mapping[str, Any]]) -> list[tuple[str, int]]:
    return [(_moved(cell["above"], cell["up_to"]), cell["people"]) for cell in told]


def _moved(above: float | None, up_to: float) -> str:
    if up_to == 0:
        return _("would have moved no money")
    words = {"low": round(100 * (above or 0)), "high": round(100 * up_to)}
    return _("would have moved %(low)s to %(high)s %% of the money") % words
