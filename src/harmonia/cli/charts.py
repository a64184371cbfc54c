"""Charts as SVG inside a page: drawn with the page's own colours, each with a sentence for who cannot see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

_ROW, _LEFT, _RIGHT, _WIDTH, _TOP = 34, 236, 76, 760, 8
_WORDS = 180  # right of a bar with words


@dataclass(frozen=True)
class Span:
    """One row: a label, low, middle and high, and whether it is the one that was chosen."""

    label: str
    low: float
    middle: float
    high: float
    chosen: bool = False


def intervals(title: str, unit: str, rows: Sequence[Span]) -> str:
    """Return a chart of intervals on one axis: a bar from low to high, a dot in the middle, its number beside it."""
    low, high = _ends([value for row in rows for value in (row.low, row.middle, row.high)])
    scale = (_WIDTH - _LEFT - _RIGHT) / (high - low)
    height = _TOP + _ROW * len(rows) + 26
    parts = [_axis(low, high, scale, height)]
    for at, row in enumerate(rows):
        y = _TOP + _ROW * at + _ROW // 2
        left, middle, right = (_LEFT + (value - low) * scale for value in (row.low, row.middle, row.high))
        kind = "chosen" if row.chosen else "other"
        parts.append(
            f'<text class="label {kind}" x="{_LEFT - 12}" y="{y + 5}">{escape(_short(row.label))}</text>'
            f'<line class="bar {kind}" x1="{left:.1f}" x2="{max(right, left + 1):.1f}" y1="{y}" y2="{y}"/>'
            f'<circle class="dot {kind}" cx="{middle:.1f}" cy="{y}" r="6"/>'
            f'<text class="value {kind}" x="{_WIDTH - _RIGHT + 10}" y="{y + 5}">{number(row.middle)}</text>'
        )
    return _svg(f"{title}, in {unit}", height, parts)


def pairs(title: str, unit: str, rows: Sequence[tuple[str, float, float]], words: tuple[str, str]) -> str:
    """Return a chart of two bars a row, the first filled, the second an outline to compare it with."""
    high = max([value for _, one, other in rows for value in (one, other)], default=0.0) or 1.0
    scale = (_WIDTH - _LEFT - _WORDS) / high
    height = _TOP + 2 * _ROW * len(rows) + 6
    parts = []
    for at, (label, one, other) in enumerate(rows):
        y = _TOP + 2 * _ROW * at
        parts.append(
            f'<text class="label" x="{_LEFT - 12}" y="{y + 22}">{escape(_short(label))}</text>'
            f'<rect class="full" x="{_LEFT}" y="{y + 6}" width="{one * scale:.1f}" height="20" rx="4"/>'
            f'<text class="value" x="{_LEFT + one * scale + 8:.1f}" y="{y + 21}">{number(one)} {words[0]}</text>'
            f'<rect class="hollow" x="{_LEFT}" y="{y + 32}" width="{other * scale:.1f}" height="20" rx="4"/>'
            f'<text class="value" x="{_LEFT + other * scale + 8:.1f}" y="{y + 47}">{number(other)} {words[1]}</text>'
        )
    return _svg(f"{title}, in {unit}", height, parts)


def number(value: float) -> str:
    """Return a number with three figures, nothing where it is next to nothing."""
    if abs(value) < 5e-4:
        return "0"
    return f"{value:,.0f}".replace(",", "\u202f") if abs(value) >= 1000 else f"{value:.3g}"


def _ends(values: Sequence[float]) -> tuple[float, float]:
    low, high = min(0.0, *values), max(0.0, *values)
    return (low, high) if high > low else (low, low + 1.0)


def _axis(low: float, high: float, scale: float, height: int) -> str:
    parts = []
    for value in sorted({low, 0.0, (low + high) / 2, high}):
        x = _LEFT + (value - low) * scale
        line = f'<line class="grid" x1="{x:.1f}" x2="{x:.1f}" y1="{_TOP}" y2="{height - 22}"/>'
        parts.append(f'{line}<text class="tick" x="{x:.1f}" y="{height - 5}">{number(value)}</text>')
    return "".join(parts)


def _short(label: str) -> str:
    return label if len(label) <= 27 else label[:26] + "…"


def _svg(title: str, height: int, parts: Sequence[str]) -> str:
    head = f'<svg role="img" aria-label="{escape(title)}; the table says the same" viewBox="0 0 {_WIDTH} {height}">'
    frame = '<div class="scroll" tabindex="0" role="region" aria-label="chart">'
    return f"{frame}{head}{''.join(parts)}</svg></div>"
