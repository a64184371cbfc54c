"""Random small drafts, for the properties every format must hold."""

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from harmonia.science.weaving import Draft, lift


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    """Draw a draft with or without tie-up, odd spacings and colours."""
    ends, picks, shafts = (draw(st.integers(1, 12)) for _ in range(3))
    treadles = draw(st.integers(1, 5))
    tieup, treadling = None, None
    liftplan = draw(arrays.arrays(np.bool_, (picks, shafts)))
    if draw(st.booleans()):
        tieup = draw(arrays.arrays(np.bool_, (treadles, shafts)))
        pressed = st.sets(st.integers(1, treadles), max_size=3).map(lambda chosen: tuple(sorted(chosen)))
        treadling = tuple(draw(st.lists(pressed, min_size=picks, max_size=picks)))
        liftplan = lift(tieup, treadling)
    width = st.sampled_from([0.5, 1.0, 2.12, 25.4 / 3])
    thick = st.sampled_from([0.0, 0.4, 25.4 / 30])
    return Draft(
        threading=draw(arrays.arrays(np.int64, ends, elements=st.integers(0, shafts))),
        liftplan=liftplan,
        warp_colours=draw(arrays.arrays(np.uint8, (ends, 3))),
        weft_colours=draw(arrays.arrays(np.uint8, (picks, 3))),
        warp_spacing_mm=draw(arrays.arrays(np.float64, ends, elements=width)),
        weft_spacing_mm=draw(arrays.arrays(np.float64, picks, elements=width)),
        warp_systems=draw(arrays.arrays(np.int64, ends, elements=st.integers(0, 1))),
        weft_systems=draw(arrays.arrays(np.int64, picks, elements=st.integers(0, 1))),
        tieup=tieup,
        treadling=treadling,
        title=draw(st.sampled_from(["", "Hearts", "Bänke; für [alle] = 3"])),
        notes=draw(st.one_of(st.just(""), st.text(max_size=60))),
        warp_thickness_mm=draw(arrays.arrays(np.float64, ends, elements=thick)),
        weft_thickness_mm=draw(arrays.arrays(np.float64, picks, elements=thick)),
    )
