"""`harmonia recount BUNDLE.zip`: no account, no server, the same count again."""

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from harmonia.cli.errors import BadInput
from harmonia.cli.files import read_text

if TYPE_CHECKING:
    from harmonia.science.choice import Bundle
    from harmonia.science.choice.transparency import Verifier


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the command."""
    parser.add_argument("bundle", type=Path, metavar="BUNDLE.zip", help="what was published of a vote")
    parser.add_argument(
        "--key",
        action="append",
        default=[],
        metavar="KEY",
        help="a public key line you trust (the log's or a witness'); it must have signed. May be given again",
    )
    parser.add_argument(
        "--receipt", type=Path, metavar="FILE", help="also check that this receipt's ballot counts"
    )


def run(arguments: argparse.Namespace) -> int:
    """Verify hashes, proofs and signatures, count again by the frozen rule, compare; exit 0 where all agrees."""
    from harmonia.science import choice

    try:
        bundle = choice.read_bundle(arguments.bundle.read_bytes())
        trusted = _keys(arguments.key)
        difference = (
            choice.recount(bundle) or _mistrust(bundle, trusted) or _receipt(bundle, arguments.receipt)
        )
    except OSError as error:
        raise BadInput(f"{arguments.bundle} cannot be read: {error.strerror}.") from None
    except ValueError as error:  # bundles, elections and keys all say in one sentence what is wrong
        raise BadInput(str(error)) from None
    if difference:
        print(difference)
        return 1
    for line in _agreed(bundle):
        print(line)
    if arguments.receipt:
        print("The ballot of the receipt stands in the log.")
    return 0


def _keys(lines: list[str]) -> "list[Verifier]":
    from harmonia.science.choice.transparency import verifier_from_text

    return [verifier_from_text(line) for line in lines]


def _mistrust(bundle: "Bundle", trusted: "list[Verifier]") -> str | None:
    if trusted and bundle.sealed is None:
        return "This vote was open: nobody signed a log of it."
    for key in trusted:
        if bundle.sealed and not bundle.sealed.closing.signed_by([key]):
            return f"The key of {key.name!r} did not sign this log."
    return None


def _receipt(bundle: "Bundle", path: Path | None) -> str | None:
    from harmonia.science.choice.transparency import receipt_from_json, standing

    if path is None:
        return None
    given = receipt_from_json(read_text(path, most_mb=1))
    if bundle.sealed is None:
        return "This vote was open: it has no receipts."
    refusal = given.refusal(bundle.sealed.keys[0])
    if refusal:
        return refusal
    if given.seal not in standing(bundle.sealed.entries, given.what):
        return "The ballot of the receipt was taken back, and another may have replaced it."
    return None


def _agreed(bundle: "Bundle") -> list[str]:
    from harmonia.science import choice

    rule, sealed = bundle.rule, bundle.sealed
    lines = []
    if bundle.election is not None:
        lines.append(f"The recount agrees: {len(bundle.election.ballots)} ballots, {rule.name}.")
        if sealed is not None and sealed.salts is None:
            lines.append(
                "They are the ballots that the signed log binds. That each is what its voter sealed, sworn "
                "recounters check: they hold the salts, with which a receipt would show a ballot."
            )
    elif sealed is not None:
        lines.append(
            f"The log of {sealed.ballots} ballots is whole and closes with the published decision; "
            "the ballots of so few people go to sworn recounters only."
        )
    lines.append(f"Rule {choice.rule_hash(rule)}")
    if sealed is not None:
        own, seen = sealed.keys[0].as_text(), ", ".join(sealed.witnesses()) or "nobody"
        lines.append(f"Log of {len(sealed.entries)} entries, signed by {own}, witnessed by {seen}.")
    if bundle.operation is not None:
        lines.append(
            f"Operating design {json.dumps(bundle.operation['chosen'])}, by Nash welfare, agrees too."
        )
    return lines
