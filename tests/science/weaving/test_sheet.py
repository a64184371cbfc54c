import re

import numpy as np
import pytest

from harmonia.science.weaving import DYES, Draft, Thread, from_crossings, weave_patch
from harmonia.science.weaving.sheet import draft_pdf

BENCH = weave_patch(Thread("bench", "wood", DYES["teal"], 0, "A bench worth $5 and $6 🪑"))


def page_mm(pdf: bytes) -> tuple[float, float]:
    box = re.search(rb"/MediaBox \[ *0 0 ([\d.]+) ([\d.]+) *\]", pdf)
    assert box
    return float(box[1]) / 72 * 25.4, float(box[2]) / 72 * 25.4


def test_the_same_draft_always_gives_the_same_page() -> None:
    assert draft_pdf(BENCH) == draft_pdf(BENCH)
    assert draft_pdf(BENCH).startswith(b"%PDF-")


def test_a_patch_fits_on_a4_at_four_millimetres_a_crossing() -> None:
    width, height = page_mm(draft_pdf(BENCH))

    assert width == pytest.approx(32 * 4 + 8 * 4 + 2 + 24, abs=0.5)
    assert height <= 297


def test_a_long_cloth_shrinks_until_it_fits() -> None:
    tall = from_crossings(np.indices((400, 20)).sum(axis=0) % 2 == 0)

    assert page_mm(draft_pdf(tall))[1] <= 297


def test_the_thousands_of_shafts_of_a_jacquard_are_not_drawn() -> None:
    ends = 300
    draft = Draft(
        threading=np.arange(1, ends + 1),
        liftplan=np.random.default_rng(2).random((40, ends)) < 0.5,
        warp_colours=np.zeros((ends, 3), dtype=np.uint8),
        weft_colours=np.full((40, 3), 200, dtype=np.uint8),
    )

    assert page_mm(draft_pdf(draft))[1] < 40 * 269 / 300 + 40
