"""After a roll-back: the plant is the former one at once, its microbes are not. What to do in which days."""

from dataclasses import dataclass

from harmonia.science.metabolism.ramp_guards import ACID_RATIO_LIMIT

CALM_ACID_RATIO = 0.3
SOUR_ACID_RATIO, SOUR_PH = 0.5, 6.8


@dataclass(frozen=True)
class RecoveryStage:
    """Some days of care: `feed_share` of the former feed [-], a reading each `read_every_d` days, and what ends it.

    It ends after `days` at the earliest and once acids over alkalinity are below `until_ratio`.
    """

    name: str
    days: int
    feed_share: float
    read_every_d: int
    until_ratio: float


def recovery(acid_ratio: float | None, ph: float | None) -> tuple[RecoveryStage, ...]:
    """Return the stages back to the former feed, by how sour the plant was read last.

    Resting a sour digester and coming back in steps is the custom (Drosg 2013, ISBN 978-1-910154-03-8); the numbers of days
    are ours. Without a reading the plant is taken for a sour one.
    """
    unknown = acid_ratio is None or ph is None
    sour = unknown or (acid_ratio or 0) > SOUR_ACID_RATIO or (ph or 0) < SOUR_PH
    if sour:
        return (
            RecoveryStage("rest", 3, 0.0, 1, ACID_RATIO_LIMIT),
            RecoveryStage("quarter", 5, 0.25, 1, CALM_ACID_RATIO),
            RecoveryStage("half", 7, 0.5, 2, CALM_ACID_RATIO),
            RecoveryStage("former", 14, 1.0, 3, CALM_ACID_RATIO),
        )
    if (acid_ratio or 0) > CALM_ACID_RATIO:
        return (
            RecoveryStage("half", 7, 0.5, 2, CALM_ACID_RATIO),
            RecoveryStage("former", 14, 1.0, 3, CALM_ACID_RATIO),
        )
    return (RecoveryStage("former", 14, 1.0, 3, CALM_ACID_RATIO),)
