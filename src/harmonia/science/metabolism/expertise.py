"""The rules a twin blends, and the plain ones it is measured against, day by day for one horizon."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from harmonia.science.metabolism.aggregation import Blend
from harmonia.science.metabolism.feed_regression import after_usual, fitted, memories
from harmonia.science.metabolism.particles import Floats, Places

PLAIN = ("persistence", "mean7", "feed_regression")
RULES = (*PLAIN, "feed_and_last", "digester", "digester_and_last", "unread", "unread_and_last")
"""`digester`: the followed ensemble; `unread`: the model that sees no reading, scaled to the last weeks;
`_and_last`: what it foresees, moved by how far it was off on the last day read. At one horizon a mixture of a
rule with and without that move is the same as letting the move fade, so no rate of fading has to be chosen."""

WEEK = 7
_GAIN_DAYS = 45
_SHARPNESS = 10.0


@dataclass(frozen=True)
class Evidence:
    """What the rules may look at; a rule for day d issued at day i reads no gas after i.

    `gas` (days,) [m3/d], NaN where none; `fed` (days, feeds) amounts; `usual` the same: what one would expect
    to be fed the evening before; `ahead` (days, 7) the followed ensemble's median, entry [d, k] for day d + k
    issued the evening before d; `filtered` (days,) its median for the day itself once read; `runs` (members,
    days) open-loop gas.
    """

    gas: Floats
    fed: Floats
    usual: Floats
    ahead: Floats
    filtered: Floats
    runs: Floats
    feed_known: bool = True


@dataclass(frozen=True)
class Guesses:
    """Forecasts (days,) of each rule and of their blend for one horizon, and the blend's weights (days, rules)."""

    rules: Mapping[str, Floats]
    blend: Floats
    weights: Floats


def guess(evidence: Evidence, horizon_d: int) -> Guesses:
    """Return what every rule foresaw `horizon_d` [d] before, NaN where nothing had been read yet."""
    days = evidence.gas.size
    made = np.full((days, len(RULES)), math.nan)
    blend, weights = np.full(days, math.nan), np.full((days, len(RULES)), math.nan)
    book, memory = Blend(len(RULES)), memories(evidence.fed)
    for day in range(horizon_d, days):
        issued = day - horizon_d
        book.settle(issued, float(evidence.gas[issued]))
        seen = np.flatnonzero(np.isfinite(evidence.gas[: issued + 1]))
        if not seen.size:
            continue
        made[day] = _day(evidence, memory, seen, day, horizon_d)
        weights[day] = book.weights()
        blend[day] = book.promise(day, made[day])
    return Guesses(dict(zip(RULES, made.T, strict=True)), blend, weights)


def _day(evidence: Evidence, memory: Floats, seen: Places, day: int, horizon_d: int) -> Floats:
    """Return one day's forecasts (rules,); what a rule cannot say yet is the last reading."""
    gas, issued, last = evidence.gas, day - horizon_d, int(seen[-1])
    level = float(gas[last])
    week = seen[seen > issued - WEEK]
    mean = float(gas[week].mean()) if week.size else level
    digester = float(evidence.ahead[issued + 1, horizon_d - 1])
    pairs = [
        _by_feed(evidence, memory, issued, day, last),
        (digester, digester - float(evidence.filtered[last])),
        _unread(evidence, seen, day if evidence.feed_known else issued, last),
    ]
    guesses = [level, mean]
    for pair in pairs:
        alone, change = pair or (level, 0.0)
        guesses += [alone, level + change]
    positive: Floats = np.maximum(np.array(guesses), 0.0)
    return positive


def _by_feed(
    evidence: Evidence, memory: Floats, issued: int, day: int, last: int
) -> tuple[float, float] | None:
    """Return the gas the feed alone explains on a day, and its change since the last day read."""
    regression = fitted(memory, evidence.gas, issued)
    if regression is None:
        return None
    known = evidence.feed_known
    now = memory[day] if known else after_usual(memory[issued], evidence.usual[issued + 1], day - issued)
    alone = regression.at(now)
    return alone, alone - regression.at(memory[last])


def _unread(evidence: Evidence, seen: Places, until: int, last: int) -> tuple[float, float] | None:
    """Return the same for members that saw no reading, each scaled to the last weeks and weighed by its fit."""
    recent = seen[seen > last - _GAIN_DAYS]
    if recent.size < WEEK:
        return None
    runs, read = evidence.runs, evidence.gas[recent]
    gain = runs[:, recent] @ read / np.maximum((runs[:, recent] ** 2).sum(axis=1), 1e-12)
    off = np.abs(gain[:, None] * runs[:, recent] - read).mean(axis=1)
    weights = np.exp(-_SHARPNESS * (off / max(float(off.min()), 1e-12) - 1.0))
    weights = weights * gain / weights.sum()
    alone = float(weights @ runs[:, until])
    return alone, alone - float(weights @ runs[:, last])
