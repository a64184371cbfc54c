"""`harmonia twin run`: follow a plant's own log one day ahead and report how well that went."""

import argparse
import csv
import json
import math
from pathlib import Path
from typing import TYPE_CHECKING

from harmonia.cli.engines import add_engine, engine_of, progress_bar
from harmonia.cli.errors import BadInput
from harmonia.cli.files import read_text

if TYPE_CHECKING:
    from harmonia.science.metabolism.plant_log import PlantLog, Rejected
    from harmonia.science.metabolism.twin import TwinOutcome

RULES = ("persistence", "mean7", "feed_regression", "digester")
EXAMPLE = "example: harmonia twin run --log daily.csv --map plant.toml --out results"


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare `run`."""
    parser.epilog = EXAMPLE
    modes = parser.add_subparsers(dest="mode", required=True, metavar="MODE")
    run_parser = modes.add_parser("run", help="follow a daily log one to seven days ahead", epilog=EXAMPLE)
    run_parser.add_argument("--log", type=Path, required=True, help="CSV, one row a day, any columns")
    run_parser.add_argument("--map", type=Path, required=True, help="TOML that maps columns and units")
    run_parser.add_argument("--out", type=Path, required=True, help="folder for the four result files")
    run_parser.add_argument("--json", action="store_true", help="print the summary as one JSON object")
    run_parser.add_argument(
        "--members", type=int, default=48, help="digesters kept beside the plant (8 to 1000)"
    )
    add_engine(run_parser)
    from harmonia.cli import twin_warn

    twin_warn.configure(
        modes.add_parser("warn", help="say when a log gave cause to fear souring", epilog=twin_warn.EXAMPLE)
    )


def run(arguments: argparse.Namespace) -> int:
    """Warn, or write rejected.csv, forecast.csv, summary.json and plot.png and print the summary.

    Raises:
        BadInput: a file cannot be read or written, or the log cannot be followed.
    """
    if arguments.mode == "warn":
        from harmonia.cli import twin_warn

        return twin_warn.run(arguments)
    from harmonia.cli.twin_warn import as_object
    from harmonia.cli.twin_words import as_text, summarise
    from harmonia.science.metabolism.plant_log import LogError, read_log, read_map
    from harmonia.science.metabolism.plant_watch import watch_log
    from harmonia.science.metabolism.twin import follow_log, foreseen_ph

    if not 8 <= arguments.members <= 1000:
        raise BadInput("--members must be from 8 to 1000; nothing was written.")
    text, map_text = read_text(arguments.log), read_text(arguments.map)
    try:
        log_map = read_map(map_text)
        log = read_log(text, log_map)
        with engine_of(arguments) as executor:
            outcome = follow_log(log, log_map, executor, progress_bar("days"), arguments.members)
    except (LogError, csv.Error) as error:
        raise BadInput(f"{error}; nothing was written.") from None
    warned = as_object(log, watch_log(log, log_map, foreseen_ph(outcome, len(log.days))))
    summary = summarise(log, log_map, outcome, len(unused_readings(log, outcome))) | {"warnings": warned}
    _write(arguments.out, log, outcome, summary)
    print(json.dumps(summary) if arguments.json else as_text(summary, arguments.out / "rejected.csv"))
    return 0


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
    day, week = outcome.ahead[0], outcome.ahead[-1]
    series = (
        outcome.gas,
        *(day.points["twin"], *day.bands["twin"].T),
        *(day.points[name] for name in RULES),
        *(week.points["twin"], *week.bands["twin"].T),
        outcome.open_loop,
    )
    names = ("gas", "twin", "twin_low", "twin_high", *RULES, "week", "week_low", "week_high", "model_alone")
    header = ["day", *(f"{name}_m3_d" for name in names), "scored"]
    rows = [
        [
            date.isoformat(),
            *(_cell(float(values[place])) for values in series),
            str(int(day.scored[place])),
        ]
        for place, date in enumerate(log.days[outcome.start :])
    ]
    return [header, *rows]


def _cell(value: float) -> str:
    return f"{value:.6g}" if math.isfinite(value) else ""
