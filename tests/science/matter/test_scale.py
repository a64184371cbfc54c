import numpy as np
import pytest
from benchmarks.tracing import HOLDERS, MOVEMENTS, history

from harmonia.science.matter import trace


@pytest.mark.scale
def test_a_deposit_among_a_million_movements_is_followed_to_the_gram() -> None:
    books = history()
    tracing = trace(books)
    parts = tracing.where_did_it_go(0)
    place = max(parts, key=lambda holder: parts[holder])

    assert (len(books), len(books.boundary)) == (MOVEMENTS, HOLDERS)
    assert sum(parts.values()) == int(books.drawn_from_outside()[0])
    np.testing.assert_allclose(tracing.forward(0)[place], tracing.backward(place)[0], rtol=1e-9)
