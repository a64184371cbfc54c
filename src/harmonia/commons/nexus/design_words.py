"""What a comparison of designs says, in the units of a kitchen and a garden."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from harmonia.commons.nexus.words import number

Told = Mapping[str, float]
Design = Mapping[str, Any]
_LEAST_TOLD = 3  # significant digits lie within this many decimals
_NOTICED = 0.005  # [-] of what the plant brings today: less is told as hardly any


@dataclass(frozen=True)
class Quantity:
    """A quantity people read: a measure of the science, times `scale`, with its unit.

    `more` and `less` say what a set (name) does, by how much (amount); `better` is +1 or -1.
    """

    name: str
    title: str | Promise
    unit: str | Promise
    scale: float
    better: int
    more: str | Promise
    less: str | Promise

    def span(self, told: Told) -> str:
        """Return a middle with its interval: "1.2 m³ (1.1 to 1.4)"."""
        low, middle, high = (self.scale * told[bound] for bound in ("low", "middle", "high"))
        # One digit more than a difference needs, so that two rows differ where their difference is told.
        digits = min(2, digits_for(low / 10, high / 10))
        words = {"value": number(middle, digits), "low": number(low, digits), "high": number(high, digits)}
        return _("%(value)s (%(low)s to %(high)s)") % words

    def change(self, told: Told, base: Told) -> str:
        """Return a difference with its interval and signs; in a word where nobody would notice it."""
        if told["low"] == told["high"] == 0:
            return _("the same")
        if _is_hardly_any(max(abs(told["low"]), abs(told["high"])), base):
            return _("hardly any")
        low, middle, high = (self.scale * told[bound] for bound in ("low", "middle", "high"))
        digits = digits_for(low, high)
        words = {"value": _signed(middle, digits), "low": _signed(low, digits), "high": _signed(high, digits)}
        return _("%(value)s (%(low)s to %(high)s)") % words


QUANTITIES = (
    Quantity(
        "cooking_min_d", gettext_lazy("Cooking"), gettext_lazy("minutes a day on one burner"), 1.0, 1,
        gettext_lazy("%(name)s would let you cook %(amount)s minutes longer a day"),
        gettext_lazy("%(name)s would cost you %(amount)s minutes of cooking a day"),
    ),
    Quantity(
        "gas_m3_d", gettext_lazy("Gas"), gettext_lazy("m³ a day"), 1.0, 1,
        gettext_lazy("%(name)s would make %(amount)s m³ more gas a day"),
        gettext_lazy("%(name)s would make %(amount)s m³ less gas a day"),
    ),
    Quantity(
        "net_kwh_d", gettext_lazy("Energy for people"), gettext_lazy("kWh a day, less what the plant takes"), 1.0, 1,
        gettext_lazy("%(name)s would leave %(amount)s kWh more a day for people"),
        gettext_lazy("%(name)s would leave %(amount)s kWh less a day for people"),
    ),
    Quantity(
        "accepted_kg_d", gettext_lazy("Scraps accepted"), gettext_lazy("kg a week"), 7.0, 1,
        gettext_lazy("%(name)s would take in %(amount)s kg more a week"),
        gettext_lazy("%(name)s would take in %(amount)s kg less a week"),
    ),
    Quantity(
        "garden_nitrogen_kg_y", gettext_lazy("Nitrogen for gardens"), gettext_lazy("kg a year"), 1.0, 1,
        gettext_lazy("%(name)s would bring gardens %(amount)s kg more nitrogen a year"),
        gettext_lazy("%(name)s would bring gardens %(amount)s kg less nitrogen a year"),
    ),
    Quantity(
        "unplaced_digestate_m3_y", gettext_lazy("Digestate without a place"), gettext_lazy("m³ a year"), 1.0, -1,
        gettext_lazy("%(name)s would leave %(amount)s m³ more digestate a year without a place"),
        gettext_lazy("%(name)s would find a place for %(amount)s m³ more digestate a year"),
    ),
    Quantity(
        "storage_months", gettext_lazy("Storage needed"),
        gettext_lazy("months of digestate; 12: no store is large enough"), 1.0, -1,
        gettext_lazy("%(name)s would need room for %(amount)s months more of digestate"),
        gettext_lazy("%(name)s would need room for %(amount)s months less of digestate"),
    ),
    Quantity(
        "sour_risk", gettext_lazy("Turning sour"), gettext_lazy("years in a hundred"), 100.0, -1,
        gettext_lazy("%(name)s would turn the plant sour in %(amount)s years more of a hundred"),
        gettext_lazy("%(name)s would turn the plant sour in %(amount)s years less of a hundred"),
    ),
    Quantity(
        "avoided_t_co2e_y", gettext_lazy("Greenhouse gas avoided"), gettext_lazy("t CO₂e a year"), 1.0, 1,
        gettext_lazy("%(name)s would keep %(amount)s t CO₂e more out of the air a year"),
        gettext_lazy("%(name)s would keep %(amount)s t CO₂e less out of the air a year"),
    ),
)  # fmt: skip


def _is_hardly_any(amount: float, base: Told) -> bool:
    return amount < _NOTICED * abs(base["middle"])


def digits_for(low: float, high: float) -> int:
    """Return how many decimals tell an interval apart without pretending to know more."""
    largest = max(abs(low), abs(high))
    if largest <= 0:
        return 0
    return min(_LEAST_TOLD, max(0, 1 - math.floor(math.log10(largest))))


def _signed(value: float, digits: int) -> str:
    text = number(abs(value), digits)
    if round(value, digits) == 0:
        return text
    return f"+{text}" if value > 0 else f"−{text}"


def news(designs: Sequence[Design], currency: str) -> str:
    """Return what matters most: the set that lengthens cooking most, or takes in most, or that none changes much."""
    for quantity in QUANTITIES:
        if quantity.better > 0 and _best(quantity, designs) is not None:
            return sentence(quantity, designs, currency)
    return _("No set of options would bring more than the plant brings today.")


def sentence(quantity: Quantity, designs: Sequence[Design], currency: str) -> str:
    """Return the news of a quantity: the best change there is, else the worst, else that none changes it."""
    found = _best(quantity, designs) or _worst(quantity, designs)
    if found is None:
        return _("No set of options surely changes this.")
    told = found["differences"][quantity.name]
    ends = sorted(abs(quantity.scale * told[bound]) for bound in ("low", "high"))
    digits = digits_for(*ends)
    does = quantity.more if told["middle"] > 0 else quantity.less
    amount = number(abs(quantity.scale * told["middle"]), digits)
    return _("%(does)s (%(low)s to %(high)s), for %(cost)s.") % {
        "does": str(does) % {"name": set_name(found), "amount": amount},
        "low": number(ends[0], digits),
        "high": number(ends[1], digits),
        "cost": money(found["cost"], currency),
    }


def set_name(design: Design) -> str:
    """Return the options of a set, or that it does nothing."""
    return design["name"] if design["codes"] else _("Do nothing")


def money(cost: str, currency: str) -> str:
    """Return an amount of money with its currency, if there is one."""
    value = float(cost)
    words = number_format(value, 0 if value == int(value) else 2, use_l10n=True, force_grouping=True)
    return f"{currency}\u00a0{words}" if currency else str(words)


def _sure(quantity: Quantity, design: Design, base: Design, sign: int) -> bool:
    """Return whether a design surely and noticeably changes a quantity: its whole interval lies on one side."""
    told = design["differences"][quantity.name]
    if _is_hardly_any(abs(told["middle"]), base["outcomes"][quantity.name]):
        return False
    return bool(min(sign * told["low"], sign * told["high"]) > 0)


def _best(quantity: Quantity, designs: Sequence[Design]) -> Design | None:
    """Return the set with the largest sure gain; of equal ones the cheapest, then the first."""
    sign = quantity.better
    gains = [design for design in designs[1:] if _sure(quantity, design, designs[0], sign)]
    return min(gains, key=lambda design: _rank(quantity, design, sign)) if gains else None


def _worst(quantity: Quantity, designs: Sequence[Design]) -> Design | None:
    sign = -quantity.better
    losses = [design for design in designs[1:] if _sure(quantity, design, designs[0], sign)]
    return min(losses, key=lambda design: _rank(quantity, design, sign)) if losses else None


def _rank(quantity: Quantity, design: Design, sign: int) -> tuple[float, float]:
    return -sign * float(design["differences"][quantity.name]["middle"]), float(design["cost"])
