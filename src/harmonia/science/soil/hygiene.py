"""Whether a batch was hot enough for long enough, by a named and dated rule set.

The rules are data (`hygiene.toml`), each with its source. A record counts only what was measured: the time
between two readings counts when both are hot enough and they lie close enough together.
"""

import math
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from harmonia.science.sentences import Sentence, SentenceError

MATERIAL_CLASSES = ("welcome", "pasteuriser", "never")
_SLACK_H = 1e-6  # rounding of clock times never decides


class HygieneError(SentenceError, ValueError):
    """A rule set, a treatment or a record that cannot be; the message is one sentence."""


@dataclass(frozen=True)
class Treatment:
    """One accepted way: at least `min_c` [degC] for `hours` [h] without a break, particles up to
    `max_particle_mm` [mm] (infinite where the rule names none), turned `turns` times meanwhile with at least
    `turn_gap_h` [h] between; readings further apart than `longest_gap_h` [h] prove nothing.
    """

    code: str
    name: str
    process: str
    min_c: float
    hours: float
    longest_gap_h: float
    max_particle_mm: float = math.inf
    turns: int = 0
    turn_gap_h: float = 0.0


@dataclass(frozen=True)
class RuleSet:
    """A named, dated set: a batch is released when one of its treatments is proven.

    `materials`: feed code -> class, see MATERIAL_CLASSES; `tests`: whether laboratory results are asked for as
    well; `storage_days` [d] after treatment before release; `harvest_days` [d] between spreading and harvest.
    """

    code: str
    name: str
    edition: date
    source: str
    treatments: tuple[Treatment, ...]
    materials: Mapping[str, str]
    tests: bool = False
    storage_days: int = 0
    harvest_days: int = 0
    remark: str = ""

    def material_class(self, code: str) -> str:
        """Return how a material counts: welcome, pasteuriser or never."""
        return self.materials.get(code, "welcome")

    def treatment(self, code: str) -> Treatment:
        """Return one treatment; raises HygieneError when the set has no such one."""
        for treatment in self.treatments:
            if treatment.code == code:
                return treatment
        known = ", ".join(t.code for t in self.treatments) or Sentence("none")
        raise HygieneError(
            "%(name)s has no treatment %(code)r; it has %(known)s.", name=self.name, code=code, known=known
        )


@dataclass(frozen=True)
class HeatRecord:
    """What was measured of a batch: hours since any start [h] with temperatures [degC], hours of turns [h], and
    the largest particle [mm] (None where nobody measured it)."""

    hours: Sequence[float]
    celsius: Sequence[float]
    turns: Sequence[float] = ()
    particle_mm: float | None = None


@dataclass(frozen=True)
class Verdict:
    """Whether a treatment is proven; the longest proven time [h], the turns in it, and what is missing."""

    met: bool
    longest_h: float
    turns: int
    missing: tuple[str, ...]


@cache
def optional_materials() -> frozenset[str]:
    """Return the materials that no rule set takes until a site turns them on: manure and sludge."""
    return frozenset(_table()["optional"]["materials"])


@cache
def rule_sets() -> Mapping[str, RuleSet]:
    """Return every packaged rule set by code."""
    table = _table()
    usual = table["usual"]
    return MappingProxyType({c: _rule_set(c, found, usual) for c, found in table["rule_sets"].items()})


def _table() -> dict[str, Any]:
    return tomllib.loads((resources.files(__package__) / "hygiene.toml").read_text(encoding="utf-8"))


def rule_set(code: str) -> RuleSet:
    """Return one rule set; raises HygieneError when there is none of this code."""
    found = rule_sets().get(code)
    if found is None:
        raise HygieneError(
            "There is no rule set %(code)r; there are %(known)s.", code=code, known=", ".join(rule_sets())
        )
    return found


def _rule_set(code: str, table: Mapping[str, Any], usual: Mapping[str, str]) -> RuleSet:
    materials = {**usual, **table.get("materials", {})}
    wrong = sorted(m for m, found in materials.items() if found not in MATERIAL_CLASSES)
    if wrong:
        raise HygieneError(
            "%(code)s: %(wrong)s must be one of %(classes)s.",
            code=code,
            wrong=wrong[0],
            classes=", ".join(MATERIAL_CLASSES),
        )
    rest = {name: value for name, value in table.items() if name not in ("treatments", "materials")}
    treatments = tuple(Treatment(**found) for found in table["treatments"])
    return RuleSet(code=code, treatments=treatments, materials=MappingProxyType(materials), **rest)


def judge(treatment: Treatment, record: HeatRecord) -> Verdict:
    """Return whether a record proves a treatment; `missing` says in sentences what it lacks.

    Raises:
        HygieneError: hours and temperatures differ in number, or a number is not finite.
    """
    readings = _sorted_readings(record)
    stretches = _hot_stretches(treatment, readings)
    best = max(stretches, key=lambda s: (_turns_in(treatment, record, s), s[1] - s[0]), default=(0.0, 0.0))
    longest = max((end - start for start, end in stretches), default=0.0)
    enough = [s for s in stretches if s[1] - s[0] >= treatment.hours - _SLACK_H]
    turned = max((_turns_in(treatment, record, s) for s in enough or [best]), default=0)
    missing = tuple(_missing(treatment, record, longest, turned))
    return Verdict(not missing, longest, turned, missing)


def _missing(treatment: Treatment, record: HeatRecord, longest: float, turned: int) -> list[Sentence]:
    found = []
    if longest < treatment.hours - _SLACK_H:
        found.append(
            Sentence(
                "%(hours)g h at %(least)g °C or more are asked for; %(proven).3g h are proven.",
                hours=treatment.hours,
                least=treatment.min_c,
                proven=longest,
            )
        )
    if turned < treatment.turns:
        found.append(
            Sentence(
                "%(asked)d turns meanwhile are asked for; %(turned)d are recorded.",
                asked=treatment.turns,
                turned=turned,
            )
        )
    return [*found, *_too_large(treatment.max_particle_mm, record.particle_mm)]


def _too_large(most: float, largest: float | None) -> Iterator[Sentence]:
    if math.isfinite(most) and largest is None:
        yield Sentence("Pieces must be at most %(most)g mm; nobody measured them.", most=most)
    elif largest is not None and largest > most:
        yield Sentence(
            "Pieces must be at most %(most)g mm; they are %(largest)g mm.", most=most, largest=largest
        )


def _sorted_readings(record: HeatRecord) -> list[tuple[float, float]]:
    if len(record.hours) != len(record.celsius):
        raise HygieneError("Every temperature needs its hour.")
    numbers = [*record.hours, *record.celsius, *record.turns, record.particle_mm or 0.0]
    if not all(math.isfinite(number) for number in numbers):
        raise HygieneError("Hours, temperatures and sizes must be finite numbers.")
    return sorted(zip(record.hours, record.celsius, strict=True))


def _hot_stretches(treatment: Treatment, readings: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return [start, end] [h] of every unbroken run of readings that are hot and close together."""
    stretches: list[tuple[float, float]] = []
    start = last = None
    for hour, celsius in readings:
        hot = celsius >= treatment.min_c
        if (
            hot
            and last is not None
            and start is not None
            and hour - last <= treatment.longest_gap_h + _SLACK_H
        ):
            stretches[-1] = (start, hour)
        elif hot:
            start = hour
            stretches.append((hour, hour))
        last = hour if hot else None
    return stretches


def _turns_in(treatment: Treatment, record: HeatRecord, stretch: tuple[float, float]) -> int:
    """Return how many turns lie in a stretch, each at least the gap after the one counted before."""
    counted, before = 0, -math.inf
    for hour in sorted(record.turns):
        if stretch[0] <= hour <= stretch[1] and hour - before >= treatment.turn_gap_h - _SLACK_H:
            counted, before = counted + 1, hour
    return counted
