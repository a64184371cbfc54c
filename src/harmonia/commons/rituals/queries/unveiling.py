"""What the twin foresees for the chosen design, in everyday units and with its range."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from harmonia.commons.rituals.models import Ritual
from harmonia.commons.voice import queries as voice
from harmonia.commons.voice.models import Option

DAYS_A_WEEK = 7
CAN_KG = 10.0  # [kg] of digestate in a watering can of ten litres


@dataclass(frozen=True)
class Quantity:
    """One thing people would notice: now, then, the range of then, and the end of its scale."""

    label: str
    unit: str
    before: float
    after: float
    low: float
    high: float
    digits: int = 0

    @property
    def full(self) -> float:
        """The end of the scale: a little above all there is to show."""
        return 1.08 * max(self.before, self.after, self.high) or 1.0

    def share(self, value: float) -> int:
        """Return a value as thousandths of the scale, for a drawing."""
        return round(1000 * max(value, 0.0) / self.full)

    @property
    def shares(self) -> dict[str, int]:
        """Before, after, low and high as thousandths of the scale, and how wide the range is."""
        names = ("before", "after", "low", "high")
        found = {name: self.share(getattr(self, name)) for name in names}
        return found | {"width": max(found["high"] - found["low"], 4)}

    @property
    def is_same(self) -> bool:
        """Whether nobody would notice a difference."""
        return self.now == self.then

    def _number(self, value: float) -> str:
        return str(number_format(round(value, self.digits), self.digits, use_l10n=True))

    @property
    def now(self) -> str:
        """How it is."""
        return self._number(self.before)

    @property
    def then(self) -> str:
        """How it would be."""
        return self._number(self.after)

    @property
    def interval(self) -> str:
        """The range of then, "" where it is too narrow to tell."""
        if self._number(self.low) == self._number(self.high):
            return ""
        return _("%(low)s to %(high)s") % {"low": self._number(self.low), "high": self._number(self.high)}


@dataclass(frozen=True)
class Unveiled:
    """One design and what people would notice of it."""

    title: str
    chosen: bool
    quantities: tuple[Quantity, ...]
    engine: str
    seed: int | None
    days: int


def unveiled(ritual: Ritual) -> list[Unveiled]:
    """Return what was chosen, or while nothing is decided every option, with what the twin foresees for it."""
    if ritual.upgrade is None:
        return []
    won = voice.winners(ritual.upgrade)
    options: list[Option] = won or list(ritual.upgrade.options.all())
    return [_unveil(option, chosen=bool(won)) for option in options if option.foreseen]


def _unveil(option: Option, *, chosen: bool) -> Unveiled:
    foreseen: Mapping[str, Any] = option.foreseen
    quantities = tuple(quantities_of(foreseen["before"], foreseen["after"]))
    return Unveiled(
        option.title,
        chosen,
        quantities,
        foreseen.get("engine", ""),
        foreseen.get("seed"),
        foreseen.get("days", 0),
    )


def quantities_of(before: Mapping[str, float], after: Mapping[str, float]) -> list[Quantity]:
    """Return what people would notice; the range of gas carries over to what is cooked with it."""
    gas = after["gas_m3_d"]
    spread = [after[bound] / gas if gas else 1.0 for bound in ("gas_low", "gas_high")]
    flame = [DAYS_A_WEEK * side["cooking_hours_d"] for side in (before, after)]
    cans = [DAYS_A_WEEK * side["digestate_kg_d"] / CAN_KG for side in (before, after)]
    return [
        Quantity(
            _("Cooking on our own gas"),
            _("hours a week"),
            flame[0],
            flame[1],
            flame[1] * spread[0],
            flame[1] * spread[1],
        ),
        Quantity(
            _("Gas"), _("m³ a day"), before["gas_m3_d"], gas, after["gas_low"], after["gas_high"], digits=2
        ),
        # Nothing is lost on the way but gas, which weighs little beside the slurry: no range worth drawing.
        Quantity(_("Watering cans of fertiliser"), _("a week"), cans[0], cans[1], cans[1], cans[1]),
    ]
