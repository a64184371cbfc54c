"""The picture of a followed log: gas day by day with its band, and each rule against the meter."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure
from matplotlib.font_manager import fontManager

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from harmonia.science.metabolism.twin import TwinOutcome

GROUND, INK, MUTED, LINE = "#fffdf8", "#14302f", "#48625f", "#cfc6b2"
GLOW, EMBER = "#00695f", "#8a5200"
WANTED_FONTS = ("Atkinson Hyperlegible Next", "Atkinson Hyperlegible", "DejaVu Sans")
RULES = (("twin", "Twin", GLOW), ("persistence", "As yesterday", EMBER), ("mean7", "Seven-day mean", MUTED))


def draw(path: Path, days: Sequence[date], outcome: "TwinOutcome", name: str) -> None:
    """Write the picture as PNG: time on top, three rules against the meter below on equal axes."""
    with mpl.rc_context():
        _set_style()
        figure = Figure(figsize=(12, 9), dpi=120, layout="constrained")
        grid = figure.add_gridspec(2, 3, height_ratios=(1.1, 1))
        _days(figure.add_subplot(grid[0, :]), days, outcome, name)
        top = 1.05 * float(np.nanmax(outcome.gas))
        for place, rule in enumerate(RULES):
            _against(figure.add_subplot(grid[1, place]), outcome, rule, top)
        figure.savefig(path)


def _set_style() -> None:
    installed = {font.name for font in fontManager.ttflist}
    mpl.rc("font", family=[font for font in WANTED_FONTS if font in installed], size=11)
    mpl.rc("text", color=INK)
    mpl.rc("axes", labelcolor=MUTED, edgecolor=LINE, facecolor=GROUND)
    mpl.rc("axes.spines", top=False, right=False)
    mpl.rc("figure", facecolor=GROUND)
    for side in ("xtick", "ytick"):
        mpl.rc(side, color=MUTED)


def _days(axes: "Axes", days: Sequence[date], outcome: "TwinOutcome", name: str) -> None:
    one, count = outcome.ahead[0], len(days)
    when = np.array(days, dtype="datetime64[D]")
    low, high = one.bands["twin"][:count].T
    axes.fill_between(when, low, high, color=GLOW, alpha=0.16, linewidth=0)
    axes.plot(when, one.points["twin"][:count], color=GLOW, linewidth=1.8)
    axes.plot(when, outcome.open_loop[:count], color=EMBER, linewidth=1.2, alpha=0.8)
    axes.plot(when, outcome.gas[:count], "o", color=INK, markersize=3, markeredgewidth=0)
    axes.axvspan(when[0], when[int(np.argmax(one.scored))], color=LINE, alpha=0.3, linewidth=0)
    axes.set(ylabel="gas [m³/d]", ylim=(0, None), xlim=(when[0], when[-1] + max(30, len(when) // 6)))
    axes.set_title(f"{name or 'Plant'}: gas foreseen one day ahead", loc="left", fontsize=15, pad=10)
    axes.grid(axis="y", color=LINE, linewidth=0.5)
    peak = int(np.nanargmax(outcome.gas))
    _note(axes, (when[0], 0.0), (6, 8), ("burn-in, not scored", MUTED))
    _note(axes, (when[peak], outcome.gas[peak]), (12, -4), ("points: the gas meter", INK))
    _label_ends(axes, when, outcome)


def _note(axes: "Axes", at: tuple[Any, float], offset: tuple[int, int], words: tuple[str, str]) -> None:
    axes.annotate(words[0], at, offset, textcoords="offset points", color=words[1], fontsize=10, va="center")


def _label_ends(axes: "Axes", when: Any, outcome: "TwinOutcome") -> None:
    """Label both lines at their last day, pushed apart where they end close together."""
    twin = float(outcome.ahead[0].points["twin"][len(when) - 1])
    model = float(outcome.open_loop[len(when) - 1])
    least = 0.13 * axes.get_ylim()[1]
    middle, half = (twin + model) / 2, max(abs(twin - model), least) / 2
    side = 1.0 if twin >= model else -1.0
    _note(axes, (when[-1], middle + side * half), (8, 0), ("twin, one day\nahead, 80 % band", GLOW))
    _note(axes, (when[-1], middle - side * half), (8, 0), ("model alone,\nno readings", EMBER))


def _against(axes: "Axes", outcome: "TwinOutcome", rule: tuple[str, str, str], top: float) -> None:
    name, words, colour = rule
    one = outcome.ahead[0]
    foreseen, measured = one.points[name][one.scored], outcome.gas[one.scored]
    axes.plot([0, top], [0, top], color=LINE, linewidth=1)
    axes.plot(measured, foreseen, "o", color=colour, markersize=4, alpha=0.55, markeredgewidth=0)
    axes.set(xlim=(0, top), ylim=(0, top), xlabel="measured [m³/d]", ylabel="foreseen [m³/d]", aspect="equal")
    axes.set_title(f"{words}: off by {one.scores[name].mae:.3g} m³/d", loc="left", fontsize=12)
    axes.grid(color=LINE, linewidth=0.4)
