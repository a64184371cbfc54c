"""`harmonia passport verify FILE`: was this passport changed, and who signed it; without network, site or Django."""

import argparse
import json
from pathlib import Path
from typing import Any

from harmonia.cli.errors import BadInput
from harmonia.cli.files import read_text

EPILOG = "example: harmonia passport verify K7QX-3M.passport.json --key did:key:z6Mk…"
TYPE = "ArtifactPassport"


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.epilog = EPILOG
    actions = parser.add_subparsers(dest="action", required=True, metavar="verify|key")
    verify = actions.add_parser("verify", help="check a passport; exit 1 if anything was changed")
    verify.add_argument("file", type=Path, metavar="FILE.json")
    verify.add_argument("--key", default="", metavar="did:key:…", help="the key it must be signed with")
    verify.add_argument("--json", action="store_true", help="print one object for scripts")
    key = actions.add_parser("key", help="print the public key with which this site signs")
    from harmonia.cli.habitat import add_home

    add_home(key)


def run(arguments: argparse.Namespace) -> int:
    """Verify a passport, or print this site's key."""
    return _key(arguments.home) if arguments.action == "key" else _verify(arguments)


def _key(home: Path) -> int:
    from harmonia.credentials import did_key, site_key

    if not (home / "harmonia.toml").is_file():
        raise BadInput(f"there is no habitat in {home}; make one with: harmonia init {home}")
    print(did_key(site_key(home)))
    return 0


def _verify(arguments: argparse.Namespace) -> int:
    from harmonia.credentials import ProofError, verify

    signed = read_passport(arguments.file)
    try:
        proved = verify(signed)
    except ProofError as error:
        raise BadInput(f"{arguments.file}: {error}") from None
    subject, issuer = signed["credentialSubject"], signed["issuer"]
    if issuer.get("id") != proved.key:
        raise BadInput(f"{arguments.file}: it says that it is from another than who signed it.")
    if arguments.key and arguments.key != proved.key:
        raise BadInput(f"{arguments.file}: it was signed by {proved.key}, not by the key you named.")
    said = {"name": subject.get("name"), "identifier": subject.get("identifier"), "id": subject.get("id"),
            "issuer": issuer.get("name"), "key": proved.key, "signed": proved.created}  # fmt: skip
    if arguments.json:
        print(json.dumps(said, ensure_ascii=False))
        return 0
    print(f"Unchanged since it was signed: {_plain(said['name'])} ({_plain(said['identifier'])}).")
    print(f"Signed {_plain(said['signed'])} by {proved.key}, which calls itself {_plain(said['issuer'])}.")
    if not arguments.key:
        print(
            "Whose key that is, this file alone cannot prove: compare it with `harmonia passport key` there."
        )
    print("It repeats what was written down there, and claims no conformity with any law.")
    return 0


def _plain(value: object) -> str:
    # What a stranger wrote must not steer the terminal.
    return "".join(letter if letter.isprintable() else "�" for letter in str(value))[:200]


def read_passport(path: Path) -> dict[str, Any]:
    """Return a passport's document.

    Raises BadInput where it is no JSON, says a name twice, or is no passport of a thing.
    """
    try:
        found = json.loads(read_text(path, most_mb=1), object_pairs_hook=_once, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise BadInput(f"{path} is no passport: {error}.") from None
    if not isinstance(found, dict) or TYPE not in _listed(found.get("type")):
        raise BadInput(f"{path} is no passport of a thing.")
    if not isinstance(found.get("credentialSubject"), dict) or not isinstance(found.get("issuer"), dict):
        raise BadInput(f"{path} is no passport of a thing: it says neither whose nor what.")
    return found


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name stands in it twice")
    return found


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no number of JSON")
