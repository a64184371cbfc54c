"""`harmonia ledger check`: verify the books again from their lines."""

import argparse
import json

from harmonia.cli.habitat import add_home, open_habitat


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_home(parser)
    parser.add_argument("what", choices=["check"])
    parser.add_argument("--json", action="store_true", help="print one object for scripts")


def run(arguments: argparse.Namespace) -> int:
    """Return 0 when every movement is whole, else 1, naming the first that is not."""
    open_habitat(arguments.home)
    from harmonia.commons.ledger.checks import check

    verdict = check()
    if arguments.json:
        findings = [finding.sentence for finding in verdict.findings]
        print(json.dumps({"movements": verdict.movements, "sha256": verdict.sha256, "findings": findings}))
    elif verdict.findings:
        print(f"Broken: {verdict.findings[0].sentence} ({len(verdict.findings)} findings in all).")
    else:
        print(f"{verdict.movements} movements, every gram accounted for. Books: sha256 {verdict.sha256}")
    return 1 if verdict.findings else 0
