"""`harmonia cycle DIR --out REPORT`: a whole cycle without a server, foreseen, chosen and accounted for."""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from harmonia.cli.cycle_files import read_cycle, read_readings
from harmonia.cli.engines import add_engine, engine_of, progress_bar
from harmonia.cli.errors import BadInput
from harmonia.cli.files import write

if TYPE_CHECKING:
    from harmonia.science.join import Cycle

EXAMPLE = """examples:
  harmonia cycle examples/cycle --out report
  harmonia cycle examples/cycle --out report --members 20 --engine processes
  harmonia recount report/recount.zip"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the command."""
    parser.epilog = EXAMPLE
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument(
        "folder",
        type=Path,
        metavar="DIR",
        help="plant.toml, feed.csv, site.toml (with a budget), options/*.toml and ballots.csv; and, if there are, "
        "priorities.csv, pledges.csv, jars/*.csv, rule.toml, regimes.toml, ambient.csv, readings.csv",
    )
    parser.add_argument("--out", type=Path, required=True, metavar="REPORT", help="the folder to write into")
    parser.add_argument("--members", type=int, default=100, help="drawn years, 10 to 2000 (default 100)")
    parser.add_argument("--seed", type=int, default=1, help="what the years are drawn with (default 1)")
    parser.add_argument("--json", action="store_true", help="print decision.json instead of a summary")
    add_engine(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write report.html, decision.json and recount.zip; exit 0.

    Raises:
        BadInput: the folder cannot be used; nothing was written.
    """
    from harmonia.cli.cycle_report import as_html
    from harmonia.science.choice import json_bytes, operation_to_dict, write_bundle
    from harmonia.science.join import PRIORITIES, cycle_to_dict, front_values

    cycle = _cycle(arguments)
    choice, election = cycle.choice, cycle.foresight.election
    decision = cycle_to_dict(cycle)
    operation = operation_to_dict(
        front_values(choice.regimes), PRIORITIES, cycle.case.priorities, choice.operation.chosen
    )
    try:
        arguments.out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadInput(f"{arguments.out} cannot be made: {error.strerror}.") from None
    write(arguments.out / "decision.json", json_bytes(decision))
    write(
        arguments.out / "recount.zip",
        write_bundle(election, cycle.case.rule, choice.decision, operation=operation),
    )
    write(arguments.out / "report.html", as_html(cycle).encode())
    if arguments.json:
        print(json.dumps(decision, ensure_ascii=False))
    else:
        print("\n".join(_summary(cycle, arguments.out)))
    return 0


def _cycle(arguments: argparse.Namespace) -> "Cycle":
    from harmonia.science.choice import ElectionError, PriorityError
    from harmonia.science.join import run_cycle
    from harmonia.science.metabolism import FeedstockError, PlantError
    from harmonia.science.metabolism.designs import DesignError

    case = read_cycle(arguments.folder, arguments.members, arguments.seed)
    measured = read_readings(arguments.folder)
    try:
        with engine_of(arguments) as executor:
            return run_cycle(case, executor, progress_bar("drawn years"), measured)
    except (DesignError, PlantError, FeedstockError, ElectionError, PriorityError) as error:
        raise BadInput(str(error)) from None


def _summary(cycle: "Cycle", out: Path) -> Iterator[str]:
    """Yield what a person wants to know first."""
    choice, election = cycle.choice, cycle.foresight.election
    names = {project.id: project.name for project in election.projects}
    bought = ", ".join(names[code] for code in choice.decision.winners) or "nothing"
    yield f"Bought: {bought}, for {choice.decision.cost} of {choice.decision.budget}"
    yield f"  by {choice.decision.rule}, {len(election.ballots)} ballots"
    yield f"Run: {choice.operation.chosen}"
    yield f"  by Nash welfare among {len(choice.operation.welfare)} ways nobody can better in everything"
    for name, why in choice.decision.reasons.items():
        yield f"  {names[name]}: {why}"
    for code, why in cycle.foresight.shut.items():
        yield f"  {code}: off the ballot, {why}"
    yield f"Written: {out / 'report.html'}, {out / 'decision.json'}, {out / 'recount.zip'}"
