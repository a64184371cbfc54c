"""What people take home to check a vote: the public bundle for anybody, the full one for who may see every ballot."""

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping

from harmonia.commons.voice import logbook
from harmonia.commons.voice.count import Counted
from harmonia.commons.voice.models import Upgrade

ABOUT = """Harmonia: what the public can check of a vote

vote.json        what was frozen before the vote opened; its SHA-256 is the first entry of the log
log.txt          the log: one line an entry, in order, never a ballot
checkpoint.txt   size and root of the log, signed by the site and co-signed by its witnesses
log-key.txt      the site's key of this log
result.json      turn-out, support, what each camp got; no figure is about one to four people
decision.json    what was chosen and why, without the figures that would tell who

With `harmonia recount` you check hashes, log and signatures. Below 100 ballots the ballots themselves are for sworn
recounters only; their findings are on the vote's page.
"""


def full(_upgrade: Upgrade, counted: Counted) -> bytes:
    """Return the bundle with every ballot, as `harmonia recount` reads it."""
    from harmonia.science.choice import write_bundle

    return write_bundle(counted.election, counted.rule, counted.decision)


def public(upgrade: Upgrade) -> bytes:
    """Return the bundle for anybody: frozen text, log, checkpoint and tallies, but no ballot."""
    from harmonia.science.choice.transparency import write_log

    newest = logbook.newest(upgrade)
    decision = upgrade.decision or {}
    told = {name: decision.get(name) for name in ("rule", "rule_hash", "winners", "cost", "budget")}
    files = {
        "README.txt": ABOUT,
        "vote.json": upgrade.frozen,
        "log.txt": write_log(logbook.entries(upgrade)),
        "checkpoint.txt": logbook.note(newest) if newest else "",
        "log-key.txt": logbook.verifier(upgrade).as_text() + "\n",
        "result.json": _json(upgrade.result or {}),
        "decision.json": _json(told),
    }
    return _zip({name: text.encode() for name, text in files.items()})


def _json(data: Mapping[str, object]) -> str:
    return json.dumps(data, sort_keys=True, indent=1, ensure_ascii=False) + "\n"


def _zip(files: Mapping[str, bytes]) -> bytes:
    sums = "".join(f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, content in sorted({**files, "SHA256SUMS": sums.encode()}.items()):
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return out.getvalue()
