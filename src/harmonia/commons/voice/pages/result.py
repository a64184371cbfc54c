"""The result as people read it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from harmonia.commons.voice import cells, queries
from harmonia.commons.voice.models import Upgrade
from harmonia.commons.voice.priorities import OUTCOMES


@dataclass(frozen=True)
class Camp:
    """What the supporters of one option got: their part of the people, their part of the money, in percent."""

    title: str
    people: int
    money_percent: int
    share_percent: int
    options: str
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
        "influence": _influence(result.get("influence")),
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
    return Camp(
        titles.get(camp["option"], camp["option"]),
        camp["people"],
        round(100 * camp["money"]),
        round(100 * camp["share"]),
        str(number_format(camp["options"], 1, use_l10n=True)),
        camp["nothing"],
    )


def _influence(influence: Mapping[str, Any] | None) -> list[tuple[str, str]]:
    if influence is None:
        return []
    return [(_moved(int(n)), people) for n, people in influence["changed"].items()]


def _moved(options: int) -> str:
    if not options:
        return _("would have changed nothing")
    text = ngettext("would have changed %(n)s option", "would have changed %(n)s options", options)
    return text % {"n": options}
