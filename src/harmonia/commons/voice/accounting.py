"""What was foreseen for the options that were bought, beside what became of the plant."""

from typing import Any

from harmonia.commons.voice import compared, queries
from harmonia.commons.voice.models import Upgrade


def account(upgrade: Upgrade) -> dict[str, Any]:
    """Return the options bought, their cost and work, and each measure before, after, and as foreseen.

    `foreseen` is the answer of the twin for one bought option alone; with several it stays empty, because what they do
    together is in the comparison of sets, whose number is `comparison`.
    """
    bought = queries.bought(upgrade)
    newest = compared.newest(upgrade)
    alone = [option.foreseen.get("after", {}) for option in bought if option.foreseen]
    foreseen = alone[0] if len(alone) == 1 else {}
    return {
        "options": [option.code for option in bought],
        "cost": sum(option.cost for option in bought),
        "labour_h": sum(option.labour_h for option in bought),
        "comparison": newest.number if newest else None,
        "measures": [
            {
                "measure": change.measure,
                "before": change.before,
                "after": change.after,
                "low": change.low,
                "high": change.high,
                "foreseen": foreseen.get(change.measure),
            }
            for change in queries.before_after(upgrade)
        ],
    }
