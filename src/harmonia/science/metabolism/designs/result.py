"""What a comparison says, design by design, and the same as plain values."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from harmonia.science.metabolism.designs.emissions import Factor
from harmonia.science.metabolism.designs.measures import MEASURES, Distribution


@dataclass(frozen=True)
class DesignResult:
    """One bundle or regime.

    `outcomes` and `differences` (against the first design, in the same drawn years) by measure; `draws` by
    measure, one value a member; `on_front`: no other design is at least as good in everything and better in
    something.
    """

    code: str
    codes: tuple[str, ...]
    name: str
    cost: Decimal
    labour_h_week: float
    power_kwh_d: float
    outcomes: Mapping[str, Distribution]
    differences: Mapping[str, Distribution]
    draws: Mapping[str, tuple[float, ...]]
    on_front: bool


@dataclass(frozen=True)
class Comparison:
    """All designs over one ensemble; the first is "do nothing", or the plant's own regime.

    `members` are the drawn years that count, `left_out` those in which a run stopped before the year's end;
    `impossible`: bundles that make no plant, and why; `notes`: what could not be counted, by a
    short code.
    """

    designs: tuple[DesignResult, ...]
    front: tuple[str, ...]
    members: int
    left_out: int
    days: int
    seed: int
    engine: str
    factors: tuple[Factor, ...]
    impossible: Mapping[str, str]
    notes: Mapping[str, str]

    def design(self, code: str) -> DesignResult:
        """Return a design by its code; raises KeyError where there is none."""
        for design in self.designs:
            if design.code == code:
                return design
        raise KeyError(code)


def as_plain(comparison: Comparison, *, draws: bool = False) -> dict[str, Any]:
    """Return a comparison as values JSON knows; with `draws`, each member's too. Costs stay exact, as text."""
    designs = []
    for design in comparison.designs:
        row = asdict(design) | {"cost": str(design.cost), "codes": list(design.codes)}
        if not draws:
            del row["draws"]
        designs.append(row)
    return asdict(comparison) | {
        "designs": designs,
        "front": list(comparison.front),
        "factors": [asdict(factor) for factor in comparison.factors],
        "units": {name: measure.unit for name, measure in MEASURES.items()},
        "better": {name: measure.better for name, measure in MEASURES.items()},
    }
