"""`harmonia twin run`: follow a plant's own log one day ahead and report how well that went."""

import argparse
import csv
import json
import math
from pathlib import Path
from typing import TYPE_CHECKING

from harmonia.cli.engines import add_engine, engine_of, progress_bar
from harmonia.cli.errors import BadInput

if TYPE_CHECKING:
    from harmonia.science.metabolism.plant_log import LogMap, PlantLog, Rejected
    from harmonia.science.metabolism.twin import TwinOutcome

VOLUME_GIVEN = "given by the map"
VOLUME_FOUND = "not in the log: several volumes run side by side, weighed by their past errors only"
EXAMPLE = "example: harmonia twin run --log daily.csv --map plant.toml --out results"


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare `run`."""
    parser.epilog = EXAMPLE
    modes = parser.add_subparsers(dest="mode", required=True, metavar="MODE")
    run_parser = modes.add_parser("run", help="follow a daily log one day ahead", epilog=EXAMPLE)
    run_parser.add_argument("--log", type=Path, required=True, help="CSV, one row a day, any columns")
    run_parser.add_argument("--map", type=Path, required=True, help="TOML that maps columns and units")
    run_parser.add_argument("--out", type=Path, required=True, help="folder for the four result files")
    run_parser.add_argument("--json", action="store_true", help="print the summary as one JSON object")
    add_engine(run_parser)


def run(arguments: argparse.Namespace) -> int:
    """Write rejected.csv, forecast.csv, summary.json and plot.png; print the summary.

    Raises:
        BadInput: a file cannot be read or written, or the log cannot be followed.
    """
    from harmonia.science.metabolism.plant_log import LogError, read_log, read_map
    from harmonia.science.metabolism.twin import follow_log

    text, map_text = _read(arguments.log), _read(arguments.map)
    try:
        log_map = read_map(map_text)
        log = read_log(text, log_map)
        with engine_of(arguments) as executor:
            outcome = follow_log(log, log_map, executor, progress_bar("digesters"))
    except (LogError, csv.Error) as error:
        raise BadInput(f"{error}; nothing was written.") from None
    summary = summarise(log, log_map, outcome)
    _write(arguments.out, log, outcome, summary)
    print(json.dumps(summary) if arguments.json else as_text(summary, arguments.out))
    return 0


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{path} cannot be read ({type(error).__name__}).") from None


def unused_readings(log: "PlantLog", outcome: "TwinOutcome") -> tuple["Rejected", ...]:
    """Return every value that was not used: the cleaned ones, and gas before any feed was logged."""
    from harmonia.science.metabolism.plant_log import Rejected

    early = [
        Rejected(
            log.days[place].isoformat(),
            "gas",
            f"{value:.4g} m3/d",
            "no feed logged yet, so nothing to foresee from",
        )
        for place, value in enumerate(log.readings["gas"][: outcome.start])
        if math.isfinite(value)
    ]
    return (*log.rejected, *early)


def summarise(log: "PlantLog", log_map: "LogMap", outcome: "TwinOutcome") -> dict[str, object]:
    """Return the summary: errors over the same scored days, days, volume, and what they mean in words."""
    from harmonia.science.metabolism.following import ENGINE
    from harmonia.science.metabolism.twin import BURN_IN_DAYS

    with_gas = sum(math.isfinite(value) for value in outcome.gas)
    low, middle, high = outcome.volume_m3
    return {
        "plant": log_map.plant.get("name", ""),
        "mae": outcome.mae,
        "mae_seven_days_ahead": outcome.week_mae,
        "unit": "m3/d",
        "days": {
            "used": with_gas,
            "rejected": len(log.days) - with_gas,
            "scored": int(outcome.scored.sum()),
            "burn_in": BURN_IN_DAYS,
        },
        "values_rejected": len(unused_readings(log, outcome)),
        "band_80_coverage": outcome.coverage,
        "volume": {
            "known": outcome.volume_known,
            "m3_low": low,
            "m3_middle": middle,
            "m3_high": high,
            "how": VOLUME_GIVEN if outcome.volume_known else VOLUME_FOUND,
        },
        "issued": "end of day d-1, from readings up to d-1, with the logged feed of day d known",
        "statement": statement(outcome),
        "engine": ENGINE,
    }


def statement(outcome: "TwinOutcome") -> str:
    """Return in words whether the model helped, and where it did not."""
    better = 100 * (1 - outcome.mae["twin"] / outcome.mae["persistence"])
    beside_week = 100 * (1 - outcome.mae["twin"] / outcome.mae["mean7"])
    verdict = (
        f"The twin's error is {better:.1f} % below persistence"
        if better > 0
        else f"Persistence wins: the twin's error is {-better:.1f} % above it"
    )
    side = "below" if beside_week > 0 else "above"
    week = 100 * (1 - outcome.week_mae["twin"] / outcome.week_mae["persistence"])
    return (
        f"{verdict}, and {abs(beside_week):.0f} % {side} the seven-day mean, "
        f"over {int(outcome.scored.sum())} days. Most of the skill comes from the last reading: without any "
        f"reading the model alone is off by {outcome.open_loop_mae:.3f} m3/d. Seven days ahead, with the feed of "
        f"those days known, its error is {abs(week):.1f} % {'below' if week > 0 else 'above'} persistence."
    )


def _write(out: Path, log: "PlantLog", outcome: "TwinOutcome", summary: dict[str, object]) -> None:
    from harmonia.cli.twin_plot import draw

    try:
        out.mkdir(parents=True, exist_ok=True)
        with (out / "rejected.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(["day", "column", "value", "reason"])
            writer.writerows([r.day, r.column, r.value, r.reason] for r in unused_readings(log, outcome))
        with (out / "forecast.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(forecast_rows(log, outcome))
        (out / "summary.json").write_text(json.dumps(summary, indent=2) + "\n", encoding="utf-8")
        draw(out / "plot.png", log.days[outcome.start :], outcome, str(summary["plant"]))
    except OSError as error:
        raise BadInput(f"{out} cannot be written ({type(error).__name__}).") from None


def forecast_rows(log: "PlantLog", outcome: "TwinOutcome") -> list[list[str]]:
    """Return the forecast table, header first; an empty cell is a value that does not exist."""
    made = outcome.forecasts
    series = (outcome.gas, made.twin, made.low, made.high, made.persistence, made.mean7, outcome.open_loop)
    names = ("gas", "twin", "twin_low", "twin_high", "persistence", "mean7", "model_alone")
    header = ["day", *(f"{name}_m3_d" for name in names), "scored"]
    rows = [
        [
            day.isoformat(),
            *(_cell(float(values[place])) for values in series),
            str(int(outcome.scored[place])),
        ]
        for place, day in enumerate(log.days[outcome.start :])
    ]
    return [header, *rows]


def _cell(value: float) -> str:
    return f"{value:.6g}" if math.isfinite(value) else ""


def as_text(summary: dict[str, object], out: Path) -> str:
    """Return the summary as a few lines."""
    mae, days = summary["mae"], summary["days"]
    if not isinstance(mae, dict) or not isinstance(days, dict):
        raise TypeError("a summary holds its errors and days as tables")
    errors = ", ".join(f"{name} {value:.4f}" for name, value in mae.items())
    rejects = out / "rejected.csv"
    return (
        f"mean absolute error [m3/d] over {days['scored']} days: {errors}\n"
        f"{summary['statement']}\n"
        f"{days['used']} days used, {days['rejected']} not; what was left out, and why: {rejects}"
    )
