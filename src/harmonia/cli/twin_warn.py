"""`harmonia twin warn`: when a log gave cause to fear souring, why, and how good such warnings were."""

import argparse
import csv
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from harmonia.cli.errors import BadInput
from harmonia.cli.files import read_text

if TYPE_CHECKING:
    from harmonia.science.metabolism.early_warning import Cause
    from harmonia.science.metabolism.feed_rise import FeedRise
    from harmonia.science.metabolism.plant_log import PlantLog
    from harmonia.science.metabolism.plant_watch import PlantWarnings
    from harmonia.science.metabolism.warning_scores import WarningScore

EXAMPLE = "example: harmonia twin warn daily.csv --map plant.toml --json"
Facts = Mapping[str, float]


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare `warn`."""
    parser.add_argument("log", type=Path, help="CSV, one row a day, any columns")
    parser.add_argument("--map", type=Path, required=True, help="TOML that maps columns and units")
    parser.add_argument("--no-lab", action="store_true", help="warn from feed, gas, pH and temperature alone")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(arguments: argparse.Namespace) -> int:
    """Print every alarm with its reason, and hits, misses, lead times and false alarms.

    Raises:
        BadInput: a file cannot be read, or the log cannot be used.
    """
    from harmonia.science.metabolism.plant_log import LogError, read_log, read_map
    from harmonia.science.metabolism.plant_watch import watch_log

    texts = [read_text(path) for path in (arguments.log, arguments.map)]
    try:
        log_map = read_map(texts[1])
        log = read_log(texts[0], log_map)
        found = watch_log(log, log_map, laboratory=not arguments.no_lab)
    except (LogError, csv.Error) as error:
        raise BadInput(f"{error}.") from None
    told = as_object(log, found)
    print(json.dumps(told) if arguments.json else as_text(log, found))
    return 0


def as_object(log: "PlantLog", found: "PlantWarnings") -> dict[str, object]:
    """Return alarms of the plant and its digesters, soured days and scores, ready for JSON."""
    return {
        "alarms": [
            {
                "from": log.days[alarm.first].isoformat(),
                "to": log.days[alarm.last].isoformat(),
                "causes": [asdict(cause) for cause in alarm.causes],
                "reason": reason(log.days, alarm.causes, rise),
            }
            for alarm, rise in zip(found.plant, found.rises, strict=True)
        ],
        "digesters": {
            name: [[log.days[alarm.first].isoformat(), log.days[alarm.last].isoformat()] for alarm in alarms]
            for name, alarms in found.digesters.items()
        },
        "soured": [log.days[day].isoformat() for day in found.soured],
        "score": asdict(found.score),
        "best_static_rule": None
        if found.static is None
        else {"limit": found.static[0]} | asdict(found.static[1]),
    }


def as_text(log: "PlantLog", found: "PlantWarnings") -> str:
    """Return the alarms, one a line, and what they were worth."""
    lines = [
        f"{log.days[alarm.first]} to {log.days[alarm.last]}: {reason(log.days, alarm.causes, rise)}"
        for alarm, rise in zip(found.plant, found.rises, strict=True)
    ]
    soured = ", ".join(log.days[day].isoformat() for day in found.soured) or "never"
    said = [
        *(lines or ["No cause to warn."]),
        f"Soured: {soured}.",
        f"These warnings: {_worth(found.score)}.",
    ]
    if found.static is not None:
        limit, score = found.static
        said.append(
            f"The best fixed limit seen afterwards, acids over alkalinity {limit:g}: {_worth(score)}."
        )
    return "\n".join(said)


def _worth(score: "WarningScore") -> str:
    leads = f", {', '.join(map(str, score.leads))} days ahead" if score.leads else ""
    return (
        f"{score.hits} of {score.hits + score.misses} warned of{leads}; {score.false_alarms} false alarms, "
        f"{score.false_alarms_per_year:.1f} a year"
    )


WORDS: Mapping[str, Callable[[Facts], str]] = {
    "acids_high": lambda f: (
        f"acids over alkalinity stand at {f['ratio']:.2f}, above 0.5 (usual here {f['usual']:.2f})"
    ),
    "acids_rising": lambda f: (
        f"acids over alkalinity stand at {f['ratio']:.2f} (usual here {f['usual']:.2f}) and rise by {f['a_week']:.2f} a week"
    ),
    "acids_rising_buffered": lambda f: (
        f"acids stand at {f['acids']:.2g} g/L (usual here {f['usual']:.2g}) and rise, while ammonia holds the pH"
    ),
    "alkalinity_sinking": lambda f: (
        f"alkalinity is down to {f['alkalinity']:.2g} g/L (usual here {f['usual']:.2g}) "
        f"and sinks by {-f['a_week']:.2g} a week"
    ),
    "ph_low": lambda f: f"pH is down to {f['ph']:.2f} (usual here {f['usual']:.2f})",
    "ph_foreseen": lambda f: (
        f"pH sinks ({f['ph']:.2f}) and the twin foresees {f['foreseen']:.2f} within a week"
    ),
    "gas_short": lambda f: (
        f"gas is {100 * f['gas_share']:.0f} % of what the feed should give" + _short_because(f)
    ),
}


def _short_because(facts: Facts) -> str:
    if "ph_a_week" in facts:
        return f" and pH sinks by {-facts['ph_a_week']:.2f} a week"
    if "fed_share" in facts:
        return f" after {facts['fed_share']:.1f} times the usual feed"
    return f" and it is {facts['usual_temperature'] - facts['temperature']:.0f} degrees colder than usual"


def reason(days: tuple[date, ...], causes: "tuple[Cause, ...]", rise: "FeedRise | None") -> str:
    """Return in plain words why an alarm was raised, what was fed more, and how long there is."""
    said = "; ".join(WORDS[cause.kind](cause.facts) for cause in causes)
    if rise is not None:
        since = days[rise.since]
        said += (
            f": more {rise.name} than the plant can follow since {since:%A} {since.isoformat()} "
            f"({rise.now_kg_d:.3g} kg of volatile solids a day, usual {rise.usual_kg_d:.3g})"
        )
    left = [cause.in_days for cause in causes if cause.in_days]
    return said + (f"; about {min(left):.0f} days until the limit" if left else "") + "."
