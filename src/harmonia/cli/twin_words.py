"""What a followed log comes to: the summary as a table, and in sentences that say where the twin fails."""

import math
from collections.abc import Mapping
from dataclasses import asdict
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from harmonia.science.metabolism.plant_log import LogMap, PlantLog
    from harmonia.science.metabolism.twin import Horizon, TwinOutcome

VOLUME_GIVEN = "given by the map"
VOLUME_FOUND = "not in the log: many volumes run side by side, weighed by their past errors only"
ISSUED = (
    "end of day d-1 (d-7 a week ahead), from readings up to then, with the logged feed of the coming days known; "
    "`feed_not_known` has the same with the usual feed instead"
)
GROUPS = {
    "the last reading": ("persistence",),
    "the seven-day mean": ("mean7",),
    "the feed alone": ("feed_regression", "feed_and_last"),
    "the digester model": ("digester", "digester_and_last", "unread", "unread_and_last"),
}
"""The rules a twin blends, by what does the work."""


def summarise(log: "PlantLog", log_map: "LogMap", outcome: "TwinOutcome", left_out: int) -> dict[str, object]:
    """Return the summary: scores over the same days for every rule, days, volume, and what they mean in words."""
    from harmonia.science.metabolism.following import ENGINE
    from harmonia.science.metabolism.twin import BURN_IN_DAYS

    day, week = outcome.ahead[0], outcome.ahead[-1]
    with_gas = sum(math.isfinite(value) for value in outcome.gas)
    low, middle, high = outcome.assimilated.liquid_m3
    return {
        "plant": log_map.plant.get("name", ""),
        "mae": _each(day, "mae"),
        "mae_seven_days_ahead": _each(week, "mae"),
        "crps": _each(day, "crps"),
        "crps_seven_days_ahead": _each(week, "crps"),
        "unit": "m3/d",
        "days": {
            "used": with_gas,
            "rejected": len(log.days) - with_gas,
            "scored": int(day.scored.sum()),
            "scored_seven_days_ahead": int(week.scored.sum()),
            "burn_in": BURN_IN_DAYS,
        },
        "values_rejected": left_out,
        "band_80_coverage": day.scores["twin"].coverage,
        "bands_80": {
            "one_day_ahead": _bands(day),
            "seven_days_ahead": _bands(week),
        },
        "blend": {"one_day_ahead": day.shares, "seven_days_ahead": week.shares},
        "feed_not_known": {
            "mae": _each(outcome.usual[0], "mae"),
            "mae_seven_days_ahead": _each(outcome.usual[-1], "mae"),
        },
        "volume": {
            "known": outcome.volume_known,
            "m3_low": low,
            "m3_middle": middle,
            "m3_high": high,
            "how": VOLUME_GIVEN if outcome.volume_known else VOLUME_FOUND,
        },
        "outlook": outlook(log, outcome),
        "doubted": doubted(log, outcome),
        "issued": ISSUED,
        "statement": statement(outcome),
        "engine": ENGINE,
    }


def _each(horizon: "Horizon", field: str) -> dict[str, float]:
    return {name: float(getattr(score, field)) for name, score in horizon.scores.items()}


def _bands(horizon: "Horizon") -> dict[str, dict[str, float]]:
    """Return coverage, width and interval score of the conformal bands around the twin and around persistence."""
    kept = ("coverage", "width", "interval")
    return {
        name: {field: asdict(horizon.scores[name])[field] for field in kept}
        for name in ("twin", "persistence")
    }


def outlook(log: "PlantLog", outcome: "TwinOutcome") -> list[dict[str, object]]:
    """Return the week after the log's end, fed as in its last week: gas with its band and that band's past coverage."""
    end = len(log.days) - outcome.start
    days = []
    for horizon in outcome.usual:
        place = end + horizon.days_ahead - 1
        low, high = horizon.bands["twin"][place]
        days.append(
            {
                "day": (log.days[-1] + timedelta(days=horizon.days_ahead)).isoformat(),
                "gas_m3_d": float(horizon.points["twin"][place]),
                "low": float(low),
                "high": float(high),
                "past_coverage": horizon.scores["twin"].coverage,
            }
        )
    return days


def doubted(log: "PlantLog", outcome: "TwinOutcome") -> list[dict[str, object]]:
    """Return the readings that no digester of the ensemble explains; they counted, but little."""
    return [
        {
            "day": log.days[outcome.start + doubt.day].isoformat(),
            "reading": doubt.reading,
            "read": doubt.read,
            "expected": doubt.expected,
        }
        for doubt in outcome.assimilated.doubts
    ]


def statement(outcome: "TwinOutcome") -> str:
    """Return in words whether the twin helped, where it did not, and what did the work."""
    day, week = outcome.ahead[0], outcome.ahead[-1]
    said = [
        f"One day ahead, over {int(day.scored.sum())} days with the day's feed known, the twin's error is "
        f"{_beside(day, 'persistence')}, {_beside(day, 'mean7')} and {_beside(day, 'feed_regression')}.",
        f"Seven days ahead it is {_beside(week, 'persistence')}.",
        _without_the_feed(outcome),
        f"What does the work: {_work(day)} one day ahead; {_work(week)} seven days ahead. The digester model "
        f"alone, without any reading, is off by {outcome.open_loop_mae:.3g} m3/d.",
        _band_words(day),
    ]
    return " ".join([*said, *failures(outcome)])


def _beside(horizon: "Horizon", rule: str) -> str:
    words = {
        "persistence": "persistence",
        "mean7": "the seven-day mean",
        "feed_regression": "a feed-only regression",
    }
    better = 100 * (1 - horizon.scores["twin"].mae / max(horizon.scores[rule].mae, 1e-12))
    return f"{abs(better):.1f} % {'below' if better > 0 else 'above'} {words[rule]}"


def _without_the_feed(outcome: "TwinOutcome") -> str:
    return (
        "Where the coming feed is not known and the usual one is taken, it is "
        f"{_beside(outcome.usual[0], 'persistence')} one day and {_beside(outcome.usual[-1], 'persistence')} seven "
        "days ahead."
    )


def _work(horizon: "Horizon") -> str:
    shares = horizon.shares
    parts = {words: sum(shares[rule] for rule in rules) for words, rules in GROUPS.items()}
    return ", ".join(f"{words} {100 * part:.0f} %" for words, part in parts.items())


def _band_words(horizon: "Horizon") -> str:
    twin, plain = horizon.scores["twin"], horizon.scores["persistence"]
    return (
        f"Its 80 % band held {100 * twin.coverage:.0f} % of the days and is {twin.width:.3g} m3/d wide; a band made the "
        f"same way around persistence held {100 * plain.coverage:.0f} % with {plain.width:.3g} (interval score "
        f"{twin.interval:.3g} against {plain.interval:.3g})."
    )


def failures(outcome: "TwinOutcome") -> list[str]:
    """Return a sentence for each thing the twin does not do better than a plain rule, with the likely reason."""
    day, week, blind = outcome.ahead[0], outcome.ahead[-1], outcome.usual[-1]
    found = []
    if _worse(day, "persistence"):
        found.append(
            "It fails one day ahead: the gas changes less from day to day than the feed log can explain."
        )
    if _worse(week, "persistence", 0.9):
        found.append(
            "It fails seven days ahead: the logged feed explains less than a tenth of what persistence misses."
        )
    if _worse(week, "feed_regression"):
        found.append("A regression on the feed alone would have been better seven days ahead.")
    if _worse(blind, "persistence", 0.95):
        found.append("Without the coming feed there is little skill a week ahead: the gas follows the feed.")
    if outcome.assimilated.stopped:
        found.append(f"{outcome.assimilated.stopped} model runs stopped early and repeat their last state.")
    return found


def _worse(horizon: "Horizon", rule: str, share: float = 1.0) -> bool:
    return horizon.scores["twin"].mae > share * horizon.scores[rule].mae


def as_text(summary: Mapping[str, object], rejects: object) -> str:
    """Return the summary as a few lines."""
    tables = {
        name: summary[name] for name in ("mae", "mae_seven_days_ahead", "crps", "crps_seven_days_ahead")
    }
    days = summary["days"]
    if not isinstance(days, dict) or not all(isinstance(table, dict) for table in tables.values()):
        raise TypeError("a summary holds its scores and days as tables")
    rules = list(tables["mae"]) if isinstance(tables["mae"], dict) else []
    lines = [f"{'[m3/d]':<17}{'MAE 1 d':>10}{'MAE 7 d':>10}{'CRPS 1 d':>10}{'CRPS 7 d':>10}"]
    for rule in rules:
        cells = [table[rule] for table in tables.values() if isinstance(table, dict)]
        lines.append(f"{rule:<17}" + "".join(f"{value:>10.4g}" for value in cells))
    return "\n".join(
        [
            *lines,
            f"over {days['scored']} days.",
            str(summary["statement"]),
            f"{days['used']} days used, {days['rejected']} not; what was left out, and why: {rejects}",
        ]
    )
