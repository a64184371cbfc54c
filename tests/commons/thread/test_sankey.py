"""The drawing keeps the figures: bars are as wide as what came through them, and nothing leaves the paper."""

import re

from hypothesis import given
from hypothesis import strategies as st

from harmonia.commons.thread.sankey import GAP, VIEW, Node, sankey

NODES = [Node(name, name, rank, "glow", 0.0) for rank, name in enumerate(("home", "point", "plant", "bed"))]


def test_a_bar_is_as_wide_as_what_came_through_it() -> None:
    nodes = [*NODES[:2], Node("plant", "plant", 2, "glow", 600.0), Node("bed", "bed", 3, "leaf", 400.0)]
    flows = {("home", "point"): 1000.0, ("point", "plant"): 1000.0, ("plant", "bed"): 400.0}
    bars = {bar.name: bar for bar in sankey(nodes, flows).bars}

    assert bars["home"].width == bars["plant"].width
    assert round(bars["bed"].width / bars["home"].width, 6) == 0.4
    assert round(bars["plant"].stayed / bars["plant"].width, 6) == 0.6


def test_what_went_forth_and_back_is_netted() -> None:
    drawn = sankey(NODES[:2], {("home", "point"): 1000.0, ("point", "home"): 250.0})

    assert len(drawn.bands) == 1
    assert [bar.grams for bar in drawn.bars] == [750.0, 750.0]


EDGES = st.dictionaries(
    st.tuples(st.integers(0, 8), st.integers(0, 8)).map(lambda pair: (f"n{pair[0]}", f"n{pair[1]}")),
    st.floats(0.001, 1e7),
    max_size=14,
)


@given(
    EDGES,
    st.lists(st.integers(0, 4), min_size=9, max_size=9),
    st.lists(st.floats(0, 1e6), min_size=9, max_size=9),
)
def test_any_way_fits_on_a_phone(
    flows: dict[tuple[str, str], float], ranks: list[int], here: list[float]
) -> None:
    nodes = [Node(f"n{i}", f"n{i}", ranks[i], "glow", here[i]) for i in range(9)]
    drawn = sankey(nodes, flows)

    for bar in drawn.bars:
        assert bar.x >= -0.01
        assert bar.x + bar.width <= VIEW + 0.01
        assert bar.y <= drawn.height
        assert bar.stayed <= bar.width
    for one in drawn.bars:
        for other in drawn.bars:
            if one is not other and one.y == other.y:
                assert abs(one.x - other.x) >= GAP
    assert all(re.fullmatch(r"M[-\d. ]+C[-\d. ]+H[-\d. ]+C[-\d. ]+Z", band.outline) for band in drawn.bands)
