"""A vote by sealed ballots, as its bundle keeps it: what was frozen, the log, its checkpoints, keys and salts."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from harmonia.science.choice.election import Election, Project, ballot_text
from harmonia.science.choice.pabulib import LINKS, write_pb
from harmonia.science.choice.rule import Rule, rule_to_dict
from harmonia.science.choice.transparency import (
    LOG,
    WITNESS,
    Entry,
    SignedCheckpoint,
    TransparencyError,
    Verifier,
    bound,
    consistency_proof,
    leaf_hash,
    miscounted,
    read_checkpoint,
    read_log,
    root_hash,
    standing,
    verifier_from_text,
    verify_consistency,
    write_log,
)

ORDERS, SALTS, ORDER_SALTS = "orders.txt", "salts.txt", "order-salts.txt"


@dataclass(frozen=True)
class SealedVote:
    """`frozen`: bytes whose SHA-256 opens the log; `opening` and `closing`: signed checkpoints of the log.

    `frozen` is JSON with `rule`, `budget` and `options`, each with `code`, `title`, `cost` and, where it has them,
    `needs`, `excludes`, `substitutes`, `mandatory`; with `orders: sealed` each order of outcomes is sealed too.
    `keys`: the log's own key first, then the witnesses'. `orders`: JSON lists of outcomes, the most important first,
    sorted, so that they stand apart from the ballots. `salts`, `order_salts`: of each ballot in the election's order
    and of each order; only sworn recounters get them, None in what anybody gets.
    """

    frozen: bytes
    entries: tuple[Entry, ...]
    opening: SignedCheckpoint
    closing: SignedCheckpoint
    keys: tuple[Verifier, ...]
    salts: tuple[bytes, ...] | None = None
    orders: tuple[str, ...] | None = None
    order_salts: tuple[bytes, ...] | None = None

    def as_files(self, *, ballots: bool) -> dict[str, bytes]:
        """Return file name -> content; without `ballots` nothing of what they say, nor a salt."""
        files = {
            "frozen.json": self.frozen,
            "log.txt": write_log(self.entries).encode(),
            "opening.txt": self.opening.as_text().encode(),
            "checkpoint.txt": self.closing.as_text().encode(),
            "keys.txt": "".join(f"{key.as_text()}\n" for key in self.keys).encode(),
        }
        return files | (self._said() if ballots else {})

    def _said(self) -> dict[str, bytes]:
        said = {} if self.orders is None else {ORDERS: _lines(self.orders)}
        salted = {SALTS: self.salts, ORDER_SALTS: self.order_salts}
        return said | {
            name: _lines(salt.hex() for salt in salts) for name, salts in salted.items() if salts is not None
        }

    @classmethod
    def from_files(cls, files: Mapping[str, bytes]) -> "SealedVote":
        """Return the sealed vote of a bundle; raise ValueError where a file says what cannot be."""
        return cls(
            files["frozen.json"],
            read_log(files["log.txt"].decode()),
            read_checkpoint(files["opening.txt"].decode()),
            read_checkpoint(files["checkpoint.txt"].decode()),
            tuple(verifier_from_text(line) for line in files["keys.txt"].decode().splitlines()),
            _salts(files, SALTS),
            tuple(files[ORDERS].decode().splitlines()) if ORDERS in files else None,
            _salts(files, ORDER_SALTS),
        )

    @property
    def ballots(self) -> int:
        """How many ballots stand in the log."""
        return len(standing(self.entries))

    def witnesses(self) -> tuple[str, ...]:
        """Return the names of the witnesses that truly signed the closing checkpoint."""
        return tuple(key.name for key in self.closing.signed_by(self.keys) if key.kind == WITNESS)

    def difference(
        self, rule: Rule, files: Mapping[str, bytes], election: Election | None = None
    ) -> str | None:
        """Return what does not hold, in a sentence, or None: signatures, growth, opening, closing, ballots, orders.

        `files` are the raw contents of the bundle: the log binds bytes.
        """
        try:
            return (
                self._unsigned()
                or self._regrown()
                or self._unbound(rule, files["decision.json"])
                or (self._other_vote(election, files) if election else None)
            )
        except TransparencyError as error:
            return str(error)

    def _unsigned(self) -> str | None:
        own = [key for key in self.keys if key.kind == LOG]
        if len(own) != 1 or self.keys[0] != own[0]:
            return "The keys must name the log's own key once, first."
        for name, signed in (("opening", self.opening), ("closing", self.closing)):
            holding = signed.signed_by(self.keys)
            if own[0] not in holding:
                return f"The {name} checkpoint is not signed by the log's key."
            odd = [
                s.name
                for s in signed.signatures
                if (s.name, s.key_id) not in {(k.name, k.id) for k in holding}
            ]
            if odd:
                return f"The signature of {odd[0]!r} on the {name} checkpoint does not hold."
        return None

    def _regrown(self) -> str | None:
        leaves = [leaf_hash(entry.as_bytes()) for entry in self.entries]
        old, new = self.opening.checkpoint, self.closing.checkpoint
        if old.origin != new.origin or new.size != len(leaves) or new.root != root_hash(leaves):
            return "The log is not the one whose closing checkpoint was signed."
        if old.size > new.size:
            return "The log was longer at opening than at closing."
        if not verify_consistency(
            old.size, new.size, old.root, new.root, consistency_proof(leaves, old.size)
        ):
            return "The log at closing did not grow out of the one at opening."
        return None

    def _unbound(self, rule: Rule, decision: bytes) -> str | None:
        standing(self.entries)
        if self.entries[0].digest != hashlib.sha256(self.frozen).hexdigest():
            return "What was frozen is not what the log was opened with."
        last = self.entries[-1]
        if (last.what, last.digest) != ("close", hashlib.sha256(decision).hexdigest()):
            return "The log does not close with the published decision."
        if self._frozen().get("rule") != rule_to_dict(rule):
            return "The rule is not the one that was frozen."
        return None

    def _other_vote(self, election: Election, files: Mapping[str, bytes]) -> str | None:
        return (
            self._other_options(election) or self._other_ballots(election, files) or self._other_orders(files)
        )

    def _other_options(self, election: Election) -> str | None:
        frozen = self._frozen()
        stated = frozen.get("options")
        options = [_option(o) for o in stated if isinstance(o, dict)] if isinstance(stated, list) else []
        told = [_option(_told(project)) for project in election.projects]
        if sorted(options, key=repr) != sorted(told, key=repr) or frozen.get("budget") != election.budget:
            return "The options, costs or budget are not those that were frozen."
        return None

    def _other_ballots(self, election: Election, files: Mapping[str, bytes]) -> str | None:
        if self.salts is None and len(election.ballots) != self.ballots:
            return f"{self.ballots} ballots stand in the log, but {len(election.ballots)} were counted."
        texts = [ballot_text(ballot) for ballot in election.ballots]
        unsealed = miscounted(self.entries, texts, self.salts) if self.salts is not None else None
        return unsealed or self._other_text("tally", files["election.pb"], salted=self.salts is not None)

    def _other_orders(self, files: Mapping[str, bytes]) -> str | None:
        if self.orders is None:
            sealed = self._frozen().get("orders") == "sealed"
            return "The orders of outcomes were sealed, but are missing here." if sealed else None
        salted = self.order_salts is not None
        if not salted and len(self.orders) != len(standing(self.entries, "rank")):
            return "There are more or fewer orders of outcomes than stand in the log."
        unsealed = miscounted(self.entries, self.orders, self.order_salts or (), "rank") if salted else None
        return unsealed or self._other_text("wishes", files[ORDERS], salted=salted)

    def _other_text(self, what: str, content: bytes, *, salted: bool) -> str | None:
        """Return how published ballots (`tally`) or orders (`wishes`) differ from what the log binds."""
        stated = bound(self.entries, what)
        if stated is None:
            return None if salted else "Ballots without salts stand here, but the log does not bind them."
        if stated != hashlib.sha256(content).hexdigest():
            return "The published ballots or orders of outcomes are not those that the log binds."
        return None

    def _frozen(self) -> Mapping[str, object]:
        try:
            data: object = json.loads(self.frozen)
        except (ValueError, RecursionError):
            data = None
        if not isinstance(data, dict):
            raise TransparencyError("What was frozen is no JSON object.")
        return data


def bindings(election: Election, orders: Iterable[str]) -> dict[str, bytes]:
    """Return what `tally` and `wishes` bind of a large vote: ballots and orders as the files of its bundle hold them."""
    return {"tally": write_pb(election).encode(), "wishes": _lines(orders)}


def _told(project: Project) -> dict[str, object]:
    """Return a project as it is frozen: an option with code, title, cost, and how it hangs together with others."""
    return {
        "code": project.id,
        "title": project.name,
        "cost": project.cost,
        "mandatory": project.mandatory,
        "needs": sorted(project.needs),
        "excludes": sorted(project.excludes),
        "substitutes": sorted(project.substitutes),
    }


def _option(frozen: Mapping[str, object]) -> tuple[object, ...]:
    """Return what a vote depends on of a frozen option; links it does not name are none."""
    named = (frozen.get(name) for name in LINKS)
    links = (tuple(sorted(map(str, ids))) if isinstance(ids, list) else () for ids in named)
    return (*(frozen.get(name) for name in ("code", "title", "cost")), bool(frozen.get("mandatory")), *links)


def _lines(words: Iterable[str]) -> bytes:
    return "".join(f"{word}\n" for word in words).encode()


def _salts(files: Mapping[str, bytes], name: str) -> tuple[bytes, ...] | None:
    return tuple(_salt(line) for line in files[name].decode().splitlines()) if name in files else None


def _salt(line: str) -> bytes:
    try:
        return bytes.fromhex(line)
    except ValueError:
        raise TransparencyError("A salt is no hexadecimal number.") from None
