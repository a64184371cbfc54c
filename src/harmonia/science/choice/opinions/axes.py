"""The two directions in which answers differ most, and where each participant and statement lies on them.

Principal components of the answers, a missing answer counted as the statement's mean; positions are stretched for
those who answered little. Small, Bjorkegren, Erkkilä, Shaw, Megill (2021), Polis: scaling deliberation by mapping
high dimensional opinion spaces. https://doi.org/10.6035/recerca.5516
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from harmonia.science.choice.opinions.votes import VoteTable

if TYPE_CHECKING:
    from scipy import sparse

Floats = npt.NDArray[np.float64]
AXES = 2
_SPAN = 10  # directions in which a redrawn crowd may turn its axes


@dataclass(frozen=True)
class Axes:
    """Axes of unit length (2, statements), mean answers (statements,), positions (participants, 2).

    `extremity` (statements,): how far from the centre lies who agrees to this statement alone. `share` (2,) is
    each axis' part of all variance.
    """

    directions: Floats
    center: Floats
    positions: Floats
    extremity: Floats
    share: Floats


@dataclass(frozen=True)
class Span:
    """Participants in the ten widest directions (participants, directions), and how far each is stretched."""

    coordinates: Floats
    stretch: Floats


def principal_axes(table: VoteTable) -> Axes:
    """Return the axes of a table; all zeros where everybody says the same or there is too little to compare."""
    width = len(table.statements)
    answers, center, stretch = _centred(table)
    directions, variance = _leading(answers, AXES)
    total = float(np.sum(answers.data**2))
    agreed = (1 - center) * directions * np.sqrt(width)
    return Axes(
        directions,
        center,
        (answers @ directions.T) * stretch[:, None],
        np.linalg.norm(agreed, axis=0),
        variance / total if total else np.zeros(AXES),
    )


def wide_span(table: VoteTable) -> Span:
    """Return where people lie in more directions than a map shows, to try what a redrawn crowd would show."""
    answers, _, stretch = _centred(table)
    directions, _ = _leading(answers, _SPAN)
    return Span(answers @ directions.T, stretch)


def _centred(table: VoteTable) -> tuple["sparse.csr_array", Floats, Floats]:
    """Return the answers less their statement's mean, the means, and the stretch of each participant."""
    from scipy import sparse  # takes a moment to load: only where a map is drawn

    people, width = len(table.participants), len(table.statements)
    rows, columns, values = table.rows, table.columns, table.values
    if not table.shown.all():
        kept = table.shown[columns]
        rows, columns, values = rows[kept], columns[kept], values[kept]
    answered = np.bincount(columns, minlength=width)
    center = np.bincount(columns, weights=values, minlength=width) / np.maximum(answered, 1)
    each = np.bincount(rows, minlength=people)
    # The table is sorted, so these arrays are the compressed rows already.
    pointers = np.concatenate([[0], np.cumsum(each)]).astype(np.int32)
    answers = sparse.csr_array(
        (values - center[columns], columns.astype(np.int32), pointers), shape=(people, width)
    )
    # What does not shape the map counts as answered at the mean by everybody, as in Polis.
    told = each + int(np.sum(~table.shown))
    return answers, center, np.sqrt(width / np.maximum(told, 1))


def _leading(answers: "sparse.csr_array", count: int) -> tuple[Floats, Floats]:
    """Return the leading axes and their variances; the largest loading of an axis is positive."""
    from scipy.sparse.linalg import ArpackError, LinearOperator, eigsh

    people, width = answers.shape
    if min(people, width) <= count or not answers.count_nonzero():
        return _few(answers.toarray(), count)
    across = answers.T.tocsr()
    gram = LinearOperator((width, width), matvec=lambda x: across @ (answers @ x), dtype=np.float64)
    start = np.asarray(abs(answers).sum(axis=0)).ravel() + 1.0
    try:
        variance, axes = eigsh(gram, k=count, v0=start, ncv=min(width, 2 * count + 16), tol=0)
    except ArpackError:  # answers of rank one: the iteration has nowhere to go
        return _few(answers.toarray(), count)
    order = np.argsort(-variance, kind="stable")
    return _signed(axes.T[order]), np.maximum(variance[order], 0.0)


def _few(dense: Floats, count: int) -> tuple[Floats, Floats]:
    """Return the axes of a table too small for the iterative solver."""
    directions, variance = np.zeros((count, dense.shape[1])), np.zeros(count)
    if np.any(dense):
        _, singular, axes = np.linalg.svd(dense, full_matrices=False)
        found = min(count, len(singular))
        directions[:found], variance[:found] = axes[:found], singular[:found] ** 2
        directions[variance <= 1e-12 * variance[0]] = 0.0
    return _signed(directions), variance


def _signed(axes: Floats) -> Floats:
    """Turn each axis so that its largest loading is positive: a mirrored map is the same map."""
    largest = [np.argmax(np.round(np.abs(axis), 9)) if axis.size else 0 for axis in axes]
    signs = [-1.0 if axis.size and axis[at] < 0 else 1.0 for axis, at in zip(axes, largest, strict=True)]
    turned: Floats = axes * np.array(signs)[:, None]
    return turned
