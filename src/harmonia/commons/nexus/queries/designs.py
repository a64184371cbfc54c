"""Read comparisons of designs as small multiples: one panel a quantity, one row a set of options."""

from dataclasses import dataclass
from typing import Any

from harmonia.commons.nexus.design_words import QUANTITIES, Quantity, money, news, sentence, set_name
from harmonia.commons.nexus.models import DesignComparison, Surroundings

FULL = 100.0
_ROOM = 4.0  # [%] kept free at both ends of a panel's scale, so that a mark is never cut


@dataclass(frozen=True)
class Row:
    """A set of options in a panel: interval and middle as places [%] on the panel's scale, and in words."""

    number: int
    name: str
    low: float
    middle: float
    high: float
    value: str
    change: str
    on_front: bool


@dataclass(frozen=True)
class Panel:
    """One quantity: the news, its unit, where doing nothing stands [%], and all rows."""

    quantity: Quantity
    sentence: str
    base: float
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class DesignSet:
    """A set of options in the list of all: its number in the panels, name, cost, and whether none beats it."""

    number: int
    name: str
    cost: str
    on_front: bool


def design_sets(found: DesignComparison) -> list[DesignSet]:
    """Return the compared sets in the order of every panel; none before the comparison is done."""
    designs = found.outcome.get("designs", [])
    return [
        DesignSet(number, set_name(design), money(design["cost"], found.currency), design["on_front"])
        for number, design in enumerate(designs)
    ]


def budget_words(found: DesignComparison) -> str:
    """Return the budget with its currency."""
    return money(str(found.budget), found.currency)


def surroundings() -> Surroundings | None:
    """Return what stands around the plant, None while nobody has told."""
    return Surroundings.objects.first()


def comparisons(*, hidden: bool) -> list[DesignComparison]:
    """Return all comparisons, newest first; with `hidden` those too that are not shown to everybody."""
    found = DesignComparison.objects.select_related("version").defer("outcome")
    return list(found if hidden else found.filter(shown=True))


def comparison(number: int, *, hidden: bool) -> DesignComparison | None:
    """Return a comparison, None where there is none to see."""
    found = DesignComparison.objects.select_related("version").filter(pk=number)
    return (found if hidden else found.filter(shown=True)).first()


def newest_comparison(subject: str) -> DesignComparison | None:
    """Return the newest comparison a subject asked for."""
    return DesignComparison.objects.defer("outcome").filter(subject=subject).first()


def impossible_sets(number: int) -> dict[str, str]:
    """Return the sets ("bag+tank") of which a comparison found that they make no plant, and why; none before it is done."""
    found = DesignComparison.objects.get(pk=number)
    return dict(found.outcome.get("impossible", {}))


def headline(found: DesignComparison) -> str:
    """Return what a finished comparison says, in one sentence; "" before."""
    return news(found.outcome["designs"], found.currency) if found.state == "done" else ""


def panels(found: DesignComparison) -> list[Panel]:
    """Return one panel a quantity; none before the comparison is done."""
    if found.state != "done":
        return []
    return [_panel(quantity, found) for quantity in QUANTITIES]


def _panel(quantity: Quantity, found: DesignComparison) -> Panel:
    designs = found.outcome["designs"]
    told = [design["outcomes"][quantity.name] for design in designs]
    scale = _Scale(min(t["low"] for t in told), max(t["high"] for t in told))
    rows = tuple(_row(number, design, quantity, scale, told[0]) for number, design in enumerate(designs))
    words = sentence(quantity, designs, found.currency)
    return Panel(quantity, words, scale.place(told[0]["middle"]), rows)


def _row(
    number: int, design: dict[str, Any], quantity: Quantity, scale: "_Scale", base: dict[str, float]
) -> Row:
    told = design["outcomes"][quantity.name]
    return Row(
        number,
        set_name(design),
        scale.place(told["low"]),
        scale.place(told["middle"]),
        scale.place(told["high"]),
        quantity.span(told),
        quantity.change(design["differences"][quantity.name], base) if number else "",
        design["on_front"],
    )


class _Scale:
    """Where a value stands between the least and the most of a panel [%]."""

    def __init__(self, low: float, high: float) -> None:
        self.low, self.width = low, high - low

    def place(self, value: float) -> float:
        """Return the place of a value; the middle where all are equal."""
        share = (value - self.low) / self.width if self.width > 0 else 0.5
        return round(_ROOM + share * (FULL - 2 * _ROOM), 2)
