"""The bundle of a vote: everything needed to recount it, in one deterministic zip.

| file | what it is | in |
|---|---|---|
| decision.json | the published decision | every bundle |
| rule.json | the frozen rule | every bundle |
| election.pb | projects, budget, ballots without names | all but a small vote's public one |
| frozen.json | what was frozen at opening; `open` in the log is its SHA-256 | sealed votes |
| log.txt, opening.txt, checkpoint.txt, keys.txt | the log, its signed checkpoints, the public keys | sealed votes |
| orders.txt | each order of outcomes, sorted, apart from the ballots | with election.pb, where they are sealed |
| salts.txt, order-salts.txt | the salt of each ballot of election.pb, of each order, in order | sworn recounters |
| operation.json | priorities and the front on which the operating design was chosen | where one was |
| SHA256SUMS | the hash of every other file | every bundle |
"""

import hashlib
import io
import json
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from harmonia.science.choice.decision import Decision, decision_to_dict
from harmonia.science.choice.election import Election, ElectionError
from harmonia.science.choice.pabulib import read_pb, write_pb
from harmonia.science.choice.rule import Rule, canonical_json, rule_from_dict, rule_to_dict
from harmonia.science.choice.sealed import ORDER_SALTS, ORDERS, SALTS, SealedVote

SUMS = "SHA256SUMS"
PLAIN = frozenset({"decision.json", "election.pb", "rule.json"})
SEALED = frozenset({"checkpoint.txt", "frozen.json", "keys.txt", "log.txt", "opening.txt"})
KINDS = (
    PLAIN,
    (PLAIN - {"election.pb"}) | SEALED,  # anybody's, of a small vote
    PLAIN | SEALED | {ORDERS},  # anybody's, of a large one
    PLAIN | SEALED | {ORDERS, SALTS, ORDER_SALTS},  # sworn recounters'
    PLAIN | SEALED | {SALTS},  # theirs, where orders were not sealed
)
OPERATION = "operation.json"
LARGEST = 64 * 2**20  # [bytes] one file unpacked; the largest Pabulib election is under 20 MB


class BundleError(ValueError):
    """A bundle that cannot be trusted or read; the message is one sentence for the reader."""


@dataclass(frozen=True)
class Bundle:
    """What a bundle holds once its hashes are right; `decision` is the published one, as data.

    `election` is missing from the public bundle of a small electorate, `sealed` from an open vote, `operation`
    where nobody chose how to run what was bought. `files` are the raw contents.
    """

    election: Election | None
    rule: Rule
    decision: Mapping[str, object]
    sealed: SealedVote | None
    operation: Mapping[str, object] | None
    files: Mapping[str, bytes]


def write_bundle(
    election: Election,
    rule: Rule,
    decision: Decision | Mapping[str, object],
    sealed: SealedVote | None = None,
    operation: Mapping[str, object] | None = None,
    *,
    public: bool = False,
) -> bytes:
    """Return the zip bytes; the same vote always gives the same bytes.

    Parameters
    ----------
    sealed
        The log of a vote by sealed ballots; its salts belong to the ballots of `election`, in order. Without salts
        it is for anybody: with them, whoever shows a receipt shows their ballot.
    public
        Without ballots too, for an electorate so small that they would tell who voted how.
    """
    told = decision_to_dict(decision) if isinstance(decision, Decision) else decision
    files = {"decision.json": json_bytes(told), "rule.json": json_bytes(rule_to_dict(rule))}
    if not public:
        files["election.pb"] = write_pb(election).encode()
    if sealed is not None:
        files |= sealed.as_files(ballots=not public)
    if operation is not None:
        files[OPERATION] = json_bytes(operation)
    return _zipped(files)


def json_bytes(data: Mapping[str, object]) -> bytes:
    """Return data as it stands in a bundle: canonical JSON and a line end."""
    return (canonical_json(data) + "\n").encode()


def _zipped(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, content in sorted({**files, SUMS: _sums(files)}.items()):
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return out.getvalue()


def _sums(files: Mapping[str, bytes]) -> bytes:
    lines = (f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))
    return "".join(lines).encode()


def read_bundle(data: bytes) -> Bundle:
    """Return what a bundle holds.

    Raises
    ------
    BundleError
        It is no zip, holds other files than it must, is too large, a hash differs, or a byte outside the files
        is not as Harmonia writes it.
    """
    files = _unpack(data)
    sums = files.pop(SUMS)
    _check_sums(files, sums)
    bundle = _read(files)
    if _zipped(files) != data:
        raise BundleError("The files are as published, but the archive around them was changed.")
    return bundle


def _read(files: Mapping[str, bytes]) -> Bundle:
    try:
        rule = rule_from_dict(_json(files["rule.json"], "rule.json"))
        election = read_pb(files["election.pb"].decode()) if "election.pb" in files else None
        sealed = SealedVote.from_files(files) if "log.txt" in files else None
    except UnicodeDecodeError:
        raise BundleError("The bundle cannot be counted: a file is not UTF-8 text.") from None
    except (ElectionError, ValueError) as error:
        raise BundleError(f"The bundle cannot be counted: {error}") from None
    operation = _json(files[OPERATION], OPERATION) if OPERATION in files else None
    return Bundle(election, rule, _json(files["decision.json"], "decision.json"), sealed, operation, files)


def _unpack(data: bytes) -> dict[str, bytes]:
    """Return file name -> content, never trusting a size or path the archive states."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            if (odd := _odd_one(names)) is not None:
                raise BundleError(
                    f"A bundle holds exactly {', '.join(sorted(PLAIN | {SUMS}))} and, of a sealed vote, its log; "
                    f"differs: {odd!r}."
                )
            return {name: _take(archive, name) for name in names}
    except BundleError:
        raise
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        RuntimeError,
        OSError,
        ValueError,
        struct.error,
    ) as error:
        # ValueError: what zipfile says of a member that would begin before the file does.
        raise BundleError(f"The file is no readable zip: {error}.") from None


def _odd_one(names: list[str]) -> str | None:
    """Return a file that is missing or too many, or None where the files make a bundle."""
    held = set(names) - {OPERATION}
    kinds = [kind | {SUMS} for kind in KINDS]
    if held in kinds and len(names) == len(set(names)):
        return None
    nearest = min(kinds, key=lambda kind: (len(held ^ kind), sorted(kind)))
    return min(held ^ nearest, default="one file twice")


def _take(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as stream:
        content = stream.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise BundleError(f"{name} unpacks to more than {LARGEST // 2**20} MB.")
    return content


def _check_sums(files: Mapping[str, bytes], stated: bytes) -> None:
    expected = _sums(files)
    if stated == expected:
        return
    lines = stated.decode("ascii", errors="replace").splitlines()
    for name, line in zip(sorted(files), expected.decode().splitlines(), strict=True):
        if line not in lines:
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
