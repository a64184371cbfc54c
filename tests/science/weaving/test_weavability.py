from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonia.science.weaving import (
    DYES,
    STRUCTURES,
    Draft,
    DraftError,
    Limits,
    Thread,
    check,
    from_crossings,
    weave_patch,
)
from harmonia.science.weaving.patch import liftplan
from harmonia.science.weaving.structures import MATERIALS


def found(rows: list[str], limits: Limits | None = None) -> dict[str, str]:
    draft = from_crossings(np.array([[mark == "#" for mark in row] for row in rows]))
    return {finding.name: finding.sentence for finding in check(draft, limits)}


def test_plain_weave_has_nothing_against_it() -> None:
    assert found(["#.#.#.#.#.", ".#.#.#.#.#"] * 8) == {}


def test_a_long_weft_float_is_named_with_place_and_length() -> None:
    rows = ["#.#.#.#.", ".#.....#"] * 6

    assert found(rows, Limits(float_threads=4))["weft float"] == (
        "6 weft floats are too long; the longest passes over 5 ends (5.0 mm) "
        "from end 3, pick 2, and will catch on fingers."
    )


def test_a_float_is_too_long_in_millimetres_too() -> None:
    rows = ["##.#", "..#.", "#.#.", ".#.#"]

    assert "weft float" not in found(rows)
    assert "weft float" in found(rows, Limits(float_mm=1.5))


def test_a_float_on_the_back_is_named_as_well() -> None:
    rows = [".#.#.#.#", "#.#####."] * 6

    assert found(rows, Limits(float_threads=4))["weft float"] == (
        "6 weft floats are too long; the longest passes on the back over 5 ends (5.0 mm) "
        "from end 3, pick 2, and will catch on fingers."
    )


def test_a_finding_knows_its_length_for_programs_that_read_it() -> None:
    draft = replace(
        from_crossings(np.array([[True, False, False, True]] * 2)), warp_spacing_mm=np.full(4, 2.5)
    )
    lengths = {finding.name: finding.length_mm for finding in check(draft, Limits(float_threads=1))}

    assert lengths == {"weft float": 5.0, "warp float": 2.0}


@pytest.mark.parametrize("limits", [{"float_threads": 0}, {"float_mm": 0.0}, {"float_mm": float("nan")}])
def test_a_limit_no_cloth_can_keep_is_refused(limits: dict[str, float]) -> None:
    with pytest.raises(DraftError, match="at least one thread"):
        Limits(**limits)  # type: ignore[arg-type]  # whole numbers are floats, too


def test_an_edge_end_that_never_binds_is_named() -> None:
    assert found(["#.#.#.", "##.#.#"] * 4)["uncaught selvedge"] == (
        "The edge end 1 is not caught for 8 picks (8.0 mm) from pick 1; add a floating selvedge."
    )


def test_a_pick_without_a_shed_is_named() -> None:
    assert found(["#.#.", ".#.#", "...."])["empty shed"] == (
        "1 pick has no shed, first pick 3: its weft binds nothing."
    )


def test_an_unthreaded_end_too_many_shafts_and_too_many_colours_are_named() -> None:
    draft = Draft(
        threading=np.array([1, 0, 2]),
        liftplan=np.array([[True, False], [False, True]]),
        warp_colours=np.arange(9, dtype=np.uint8).reshape(3, 3),
        weft_colours=np.zeros((2, 3), dtype=np.uint8),
    )
    names = [finding.name for finding in check(draft, Limits(shafts=1, colours=2))]

    assert names == ["unthreaded end", "too many shafts", "too many colours"]


@pytest.mark.parametrize("name", sorted(STRUCTURES))
def test_every_treadling_of_every_structure_can_be_woven_from_every_start(name: str) -> None:
    structure = STRUCTURES[name]
    for order in structure.treadlings():
        plan = np.asarray(liftplan(structure, order, 64))
        for start in range(0, len(structure.threading), structure.step):
            ends = np.array((structure.threading * 40)[start : start + 64])
            draft = Draft(ends, plan, np.zeros((64, 3), dtype=np.uint8), np.zeros((64, 3), dtype=np.uint8))
            found = {finding.name for finding in check(draft)}

            # Patches lie side by side, so only the cloth itself has a selvedge.
            assert found <= {"uncaught selvedge"}, (order, start)


@given(st.sampled_from(sorted(MATERIALS)), st.text())
def test_every_storys_patch_can_be_woven(material: str, seed: str) -> None:
    draft = weave_patch(Thread(seed, material, DYES["teal"], 0, "A story"))

    assert {finding.name for finding in check(draft)} <= {"uncaught selvedge"}


@pytest.mark.parametrize("structure", sorted(STRUCTURES))
def test_every_structure_threads_and_lifts_each_of_its_shafts(structure: str) -> None:
    weave = STRUCTURES[structure]
    lifted = {shaft for lifts in weave.lifts for shaft in lifts}

    assert set(weave.threading) == lifted == set(range(1, weave.shafts + 1))
