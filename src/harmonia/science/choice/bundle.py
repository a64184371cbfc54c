"""The bundle of an open vote: everything needed to recount it, in one deterministic zip."""

import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from harmonia.science.choice.count import decide
from harmonia.science.choice.decision import Decision, decision_to_dict
from harmonia.science.choice.election import Election, ElectionError
from harmonia.science.choice.pabulib import read_pb, write_pb
from harmonia.science.choice.rule import Rule, canonical_json, rule_from_dict, rule_hash, rule_to_dict

FILES = ("decision.json", "election.pb", "rule.json")
SUMS = "SHA256SUMS"
LARGEST = 64 * 2**20  # [bytes] one file unpacked; the largest Pabulib election is under 20 MB


class BundleError(ValueError):
    """A bundle that cannot be trusted or read; the message is one sentence for the reader."""


@dataclass(frozen=True)
class Bundle:
    """What a bundle holds once its hashes are right; `decision` is the published one, as data."""

    election: Election
    rule: Rule
    decision: Mapping[str, object]


def write_bundle(election: Election, rule: Rule, decision: Decision) -> bytes:
    """Return the zip bytes; the same vote always gives the same bytes."""
    files = {
        "decision.json": (canonical_json(decision_to_dict(decision)) + "\n").encode(),
        "election.pb": write_pb(election).encode(),
        "rule.json": (canonical_json(rule_to_dict(rule)) + "\n").encode(),
    }
    sums = "".join(f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in FILES)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, content in sorted({**files, SUMS: sums.encode()}.items()):
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return out.getvalue()


def read_bundle(data: bytes) -> Bundle:
    """Return what a bundle holds.

    Raises
    ------
    BundleError
        It is no zip, holds other files than it must, is too large, or a hash differs.
    """
    files = _unpack(data)
    _check_sums(files)
    try:
        rule = rule_from_dict(_json(files["rule.json"], "rule.json"))
        election = read_pb(files["election.pb"].decode())
    except (ElectionError, UnicodeDecodeError) as error:
        raise BundleError(f"The bundle cannot be counted: {error}") from None
    return Bundle(election, rule, _json(files["decision.json"], "decision.json"))


def _unpack(data: bytes) -> dict[str, bytes]:
    """Return file name -> content, never trusting a size or path the archive states."""
    expected = {*FILES, SUMS}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            if sorted(names) != sorted(expected):
                odd = sorted(set(names) ^ expected) or ["one file twice"]
                raise BundleError(
                    f"A bundle holds exactly {', '.join(sorted(expected))}; differs: {odd[0]!r}."
                )
            return {name: _take(archive, name) for name in names}
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, OSError, UnicodeError) as error:
        raise BundleError(f"The file is no readable zip: {error}.") from None


def _take(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as stream:
        content = stream.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise BundleError(f"{name} unpacks to more than {LARGEST // 2**20} MB.")
    return content


def _check_sums(files: Mapping[str, bytes]) -> None:
    expected = "".join(f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in FILES)
    stated = files[SUMS].decode("ascii", errors="replace")
    if stated == expected:
        return
    for name, line in zip(FILES, expected.splitlines(), strict=True):
        if line not in stated.splitlines():
            raise BundleError(f"{name} is not the file that was published: its SHA-256 differs.")
    raise BundleError(f"{SUMS} lists more than the files of the bundle.")


def _json(content: bytes, name: str) -> dict[str, object]:
    try:
        data = json.loads(content)
    except (ValueError, RecursionError):
        raise BundleError(f"{name} is no JSON.") from None
    if not isinstance(data, dict):
        raise BundleError(f"{name} is not a JSON object.")
    return data


def recount(bundle: Bundle) -> str | None:
    """Count again by the frozen rule; return None, or the first difference in a sentence."""
    published = bundle.decision
    if published.get("rule_hash") != rule_hash(bundle.rule):
        return "The published decision was made by another rule than the frozen one."
    counted = json.loads(canonical_json(decision_to_dict(decide(bundle.election, bundle.rule))))
    if published.get("winners") != counted["winners"]:
        return _first_winner(published.get("winners"), counted["winners"])
    for key, value in counted.items():
        if published.get(key) != value:
            return f"The published {key} is {_short(published.get(key))}, the recount gives {_short(value)}."
    surplus = sorted(set(published) - set(counted))
    return f"The published decision holds {surplus[0]!r}, which a count does not." if surplus else None


def _first_winner(published: object, counted: list[str]) -> str:
    stated = published if isinstance(published, list) else []
    place = next((i for i, (a, b) in enumerate(zip(stated, counted, strict=False)) if a != b), None)
    if place is None:
        return f"The published decision names {len(stated)} winners, the recount {len(counted)}."
    return f"Winner {place + 1} is {stated[place]!r} as published, but {counted[place]!r} in the recount."


def _short(value: object) -> str:
    text = canonical_json({"": value})[4:-1]
    return text if len(text) <= 120 else text[:117] + "…"
