"""The rule of a vote as data, so that it can be frozen and hashed before voting opens."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from harmonia.science.choice.election import ElectionError

METHODS = {"equal-shares": "Method of Equal Shares", "greedy": "Greedy", "phragmen": "Sequential Phragmén"}
UTILITIES = ("cost", "approval", "points")
COMPLETIONS = ("none", "add1", "greedy")
STOPS = ("exhaustive", "overshoot")
TIES = ("name", "cost", "votes", "lot")
COMPARISONS = ("none", "greedy")


@dataclass(frozen=True, slots=True)
class Rule:
    """How ballots become a decision; every word of it is part of the hash.

    `ties` is a list of `name`, `cost` (cheaper first), `votes` (more first) and `lot` (by hash of
    `seed` and id, so `lot` needs a seed), the first deciding first; `name` always comes last. With `comparison`
    greedy, equal shares gives way to greedy where more voters gain more from that.
    """

    method: str = "equal-shares"
    utility: str = "cost"
    completion: str = "none"
    stop: str = "exhaustive"
    ties: str = "name"
    seed: str = ""
    comparison: str = "none"

    def __post_init__(self) -> None:
        _one_of(self.method, tuple(METHODS), "rule")
        _one_of(self.utility, UTILITIES, "utility")
        _one_of(self.completion, COMPLETIONS, "completion")
        _one_of(self.stop, STOPS, "stop rule")
        _one_of(self.comparison, COMPARISONS, "comparison")
        for part in self.ties.split(","):
            _one_of(part, TIES, "tie rule")
        if "lot" in self.ties.split(",") and not self.seed:
            raise ElectionError("Ties by lot need a seed, drawn once before the vote opens.")

    @property
    def name(self) -> str:
        """Return the full name of the rule, as a result page prints it."""
        parts = [METHODS[self.method]]
        if self.method != "phragmen":
            parts.append(f"{self.utility} utility")
        if self.method == "equal-shares":
            parts.append(f"completion {self.completion}")
            if self.completion == "add1":
                parts.append(f"stop {self.stop}")
            if self.comparison != "none":
                parts.append(f"compared with {self.comparison}")
        return ", ".join([*parts, f"ties by {self.ties.replace(',', ', then ')}"])


def _one_of(value: str, choices: tuple[str, ...], what: str) -> None:
    if value not in choices:
        raise ElectionError(f"{value!r} is no {what}; choose one of {', '.join(choices)}.")


def rule_to_dict(rule: Rule) -> dict[str, str]:
    """Return the canonical dict of a rule; without a comparison it is silent about it, as it always was."""
    words = asdict(rule)
    if rule.comparison == "none":
        del words["comparison"]
    return {"format": "harmonia-rule/1", **words}


def rule_from_dict(data: Mapping[str, object]) -> Rule:
    """Return the rule a canonical dict describes; raise ElectionError on anything else."""
    if data.get("format") != "harmonia-rule/1":
        raise ElectionError("The rule is not in the format harmonia-rule/1.")
    fields = {key: value for key, value in data.items() if key != "format"}
    known = set(Rule.__dataclass_fields__)
    if set(fields) not in (known, known - {"comparison"}) or not all(
        isinstance(v, str) for v in fields.values()
    ):
        raise ElectionError("The rule has missing, unknown or ill-typed fields.")
    return Rule(**{key: str(value) for key, value in fields.items()})


def canonical_json(data: Mapping[str, object]) -> str:
    """Return JSON with sorted keys and no spaces: one text for one content."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def rule_hash(rule: Rule) -> str:
    """Return the SHA-256 of the canonical rule, in hexadecimal."""
    return hashlib.sha256(canonical_json(rule_to_dict(rule)).encode()).hexdigest()
