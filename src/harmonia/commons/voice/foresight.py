"""What the twin foresees for an option, in everyday units."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

DAYS_A_WEEK = 7


@dataclass(frozen=True)
class Outlook:
    """One thing people would notice: now, then, and the range of then where the twin gives one."""

    label: str
    unit: str
    before: float
    after: float
    low: float | None = None
    high: float | None = None
    digits: int = 1

    @property
    def is_same(self) -> bool:
        """Whether nobody would notice a difference."""
        return round(self.before, self.digits) == round(self.after, self.digits)

    def words(self, value: float) -> str:
        """Return a number of it with its unit."""
        return f"{self._number(value)} {self.unit}".strip()

    def _number(self, value: float) -> str:
        # Django cuts digits off; rounding is up to us.
        return str(number_format(round(value, self.digits), self.digits, use_l10n=True))

    @property
    def now(self) -> str:
        """How it is."""
        return self.words(self.before)

    @property
    def then(self) -> str:
        """How it would be."""
        return self.words(self.after)

    @property
    def interval(self) -> str:
        """The range, "" where the twin gives none."""
        if self.low is None or self.high is None:
            return ""
        return _("%(low)s to %(high)s") % {"low": self._number(self.low), "high": self._number(self.high)}


def outlooks(foreseen: Mapping[str, Any]) -> list[Outlook]:
    """Return what people would notice, from what `nexus.actions.foresee` returned."""
    if not foreseen:
        return []
    before, after = foreseen["before"], foreseen["after"]
    spread = [
        after[bound] / after["gas_m3_d"] if after["gas_m3_d"] else 1.0 for bound in ("gas_low", "gas_high")
    ]
    now, then = (DAYS_A_WEEK * side["cooking_hours_d"] for side in (before, after))
    return [
        Outlook(_("Cooking"), _("hours a week"), now, then, low=then * spread[0], high=then * spread[1]),
        Outlook(
            _("Gas"),
            _("m³ a day"),
            before["gas_m3_d"],
            after["gas_m3_d"],
            low=after["gas_low"],
            high=after["gas_high"],
            digits=2,
        ),
        Outlook(_("Time in the digester"), _("days"), before["retention_d"], after["retention_d"], digits=0),
        Outlook(
            _("Acids over buffer, calm below 0.30"), "", before["acid_ratio"], after["acid_ratio"], digits=2
        ),
        Outlook(
            _("Fertiliser"),
            _("kg a week"),
            DAYS_A_WEEK * before["digestate_kg_d"],
            DAYS_A_WEEK * after["digestate_kg_d"],
            digits=0,
        ),
    ]
