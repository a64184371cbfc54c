"""`harmonia decide FILE.pb`: count a participatory budget and say why."""

import argparse
import json
from pathlib import Path

from harmonia.cli.errors import BadInput
from harmonia.cli.files import read_text, write


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the command."""
    parser.add_argument("file", type=Path, metavar="FILE.pb", help="the election, in Pabulib's format")
    parser.add_argument("--rule", default="equal-shares", choices=("equal-shares", "greedy", "phragmen"))
    parser.add_argument("--utility", default="cost", choices=("cost", "approval", "points"))
    parser.add_argument("--completion", default="none", choices=("none", "add1", "greedy"))
    parser.add_argument("--stop", default="exhaustive", choices=("exhaustive", "overshoot"))
    parser.add_argument(
        "--comparison",
        default="none",
        choices=("none", "greedy"),
        help="let greedy decide where more voters gain more from it",
    )
    parser.add_argument("--ties", default="name", help="name, cost, votes, lot; several by comma")
    parser.add_argument("--seed", default="", help="what the lot is drawn with, for --ties lot")
    parser.add_argument("--json", action="store_true", help="print the decision as JSON")
    parser.add_argument("--bundle", type=Path, metavar="OUT.zip", help="also write what a recount needs")


def run(arguments: argparse.Namespace) -> int:
    """Print the decision; exit 0."""
    from harmonia.science import choice

    try:
        election = choice.read_pb(read_text(arguments.file))
        rule = choice.Rule(
            arguments.rule,
            arguments.utility,
            arguments.completion,
            arguments.stop,
            arguments.ties,
            arguments.seed,
            arguments.comparison,
        )
        decision = choice.decide(election, rule)
    except choice.ElectionError as error:
        raise BadInput(f"{arguments.file}: {error}") from None
    if arguments.bundle:
        write(arguments.bundle, choice.write_bundle(election, rule, decision))
    if arguments.json:
        print(json.dumps(choice.decision_to_dict(decision), indent=2, ensure_ascii=False))
        return 0
    names = {project.id: project.name for project in election.projects}
    print(decision.rule)
    if decision.comparison:
        print(decision.comparison)
    print(f"{len(decision.winners)} of {len(names)} projects for {decision.cost} of {decision.budget}")
    losers = [name for name in names if name not in set(decision.winners)]
    for name in (*decision.winners, *losers):
        print(f"  {name}  {names[name]}\n      {decision.reasons[name]}")
    return 0
