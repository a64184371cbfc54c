"""LU factors, compiled: of any small matrix, and of the model's own along its pattern of zeros.

The model's matrix is packed: only places that can be non-zero, in the order of elimination. Tables of places
are unsigned, so that numba need not ask whether an index counts from the end.
"""

from harmonia.science.metabolism.compiled import compiled
from harmonia.science.metabolism.kernel import MODEL, Floats, Integers
from harmonia.science.metabolism.sparsity import eliminate, packing, pattern

_PACKED = packing(eliminate(pattern()))
PIVOT, SOURCE, TARGET = _PACKED.pivot, _PACKED.source, _PACKED.target
DIAGONAL, LOWER = _PACKED.diagonal, _PACKED.lower
ROW, COLUMN = _PACKED.row, _PACKED.column
PACKED = SOURCE.size


@compiled
def pack_shifted(jacobian: Floats, shift: float, packed: Floats) -> None:
    """Fill `packed` (PACKED,) with shift * identity - jacobian."""
    flat = jacobian.reshape(jacobian.size)
    for place in range(PACKED):
        packed[place] = -flat[SOURCE[place]]
    for k in range(MODEL):
        packed[DIAGONAL[k]] += shift


@compiled
def factorise_packed(packed: Floats) -> None:
    """Replace a packed matrix by its LU factors, pivots inverted, without row exchanges.

    The shift makes the diagonal large; where a pivot fails nonetheless, the step's error is no number and the
    step is tried again ten times shorter.
    """
    update = 0
    for k in range(MODEL):
        inverse = 1.0 / packed[DIAGONAL[k]]
        packed[DIAGONAL[k]] = inverse
        for below in range(LOWER[k], DIAGONAL[k + 1]):
            factor = packed[below] * inverse
            packed[below] = factor
            for right in range(DIAGONAL[k] + 1, LOWER[k]):
                packed[TARGET[update]] -= factor * packed[right]
                update += 1


@compiled
def substitute_packed(packed: Floats, right: Floats) -> None:
    """Solve in place with the factors of `factorise_packed`; `right` (30 or more,) is in the model's order."""
    for k in range(MODEL):
        value = right[PIVOT[k]]
        for below in range(LOWER[k], DIAGONAL[k + 1]):
            right[ROW[below]] -= packed[below] * value
    for k in range(MODEL - 1, -1, -1):
        value = right[PIVOT[k]]
        for place in range(DIAGONAL[k] + 1, LOWER[k]):
            value -= packed[place] * right[COLUMN[place]]
        right[PIVOT[k]] = value * packed[DIAGONAL[k]]


@compiled
def factorise(matrix: Floats, pivot: Integers) -> None:
    """Replace a square matrix by its LU factors with row exchanges noted in `pivot`."""
    n = matrix.shape[0]
    for k in range(n):
        best = k
        for i in range(k + 1, n):
            if abs(matrix[i, k]) > abs(matrix[best, k]):
                best = i
        pivot[k] = best
        if best != k:
            for j in range(n):
                matrix[k, j], matrix[best, j] = matrix[best, j], matrix[k, j]
        inverse = 1.0 / matrix[k, k]
        for i in range(k + 1, n):
            if matrix[i, k] != 0.0:
                matrix[i, k] *= inverse
                for j in range(k + 1, n):
                    matrix[i, j] -= matrix[i, k] * matrix[k, j]


@compiled
def substitute(matrix: Floats, pivot: Integers, right: Floats) -> None:
    """Solve in place with the factors of `factorise`."""
    n = matrix.shape[0]
    for k in range(n):
        right[k], right[pivot[k]] = right[pivot[k]], right[k]
    for i in range(1, n):
        for j in range(i):
            right[i] -= matrix[i, j] * right[j]
    for i in range(n - 1, -1, -1):
        for j in range(i + 1, n):
            right[i] -= matrix[i, j] * right[j]
        right[i] /= matrix[i, i]
