"""`harmonia recount BUNDLE.zip`: no account, no server, the same count again."""

import argparse
from pathlib import Path

from harmonia.cli.errors import BadInput


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the command."""
    parser.add_argument("bundle", type=Path, metavar="BUNDLE.zip", help="what was published of an open vote")


def run(arguments: argparse.Namespace) -> int:
    """Verify hashes, count again by the frozen rule, compare; exit 0 where all agrees, else 1."""
    from harmonia.science import choice

    try:
        bundle = choice.read_bundle(arguments.bundle.read_bytes())
        difference = choice.recount(bundle)
    except OSError as error:
        raise BadInput(f"{arguments.bundle} cannot be read: {error.strerror}.") from None
    except (choice.BundleError, choice.ElectionError) as error:
        raise BadInput(str(error)) from None
    if difference:
        print(difference)
        return 1
    rule, ballots = bundle.rule, len(bundle.election.ballots)
    print(f"The recount agrees: {ballots} ballots, {rule.name}.")
    print(f"Rule {choice.rule_hash(rule)}")
    return 0
