"""Other people's programs read what we write, and see the same cloth.

`dtx-to-wif` (MIT) converts drafts between programs; `base-loom-server` (MIT) drives dobby looms, and its
reading is what the shafts would do. The second one brings a web server along, so it is only with the peers.
"""

import io
from pathlib import Path

import dtx_to_wif
import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import assume, given

from harmonia.science.weaving import Draft, WifError, drawdown, read_wif, write_wif
from tests.science.weaving.drafts import drafts


def judged(text: str) -> dtx_to_wif.PatternData:
    return dtx_to_wif.read_wif(io.StringIO(text))


def judged_crossings(pattern: dtx_to_wif.PatternData) -> npt.NDArray[np.bool_]:
    raised = np.zeros((pattern.weft.threads, pattern.warp.threads), dtype=np.bool_)
    # Its own `make_liftplan` falls over a treadle that is tied to nothing.
    lifted = pattern.liftplan or {
        pick: set().union(*(pattern.tieup.get(treadle, set()) for treadle in treadles))
        for pick, treadles in pattern.treadling.items()
    }
    for end, shafts in pattern.threading.items():
        for pick, up in lifted.items():
            raised[pick - 1, end - 1] = bool(shafts & up) == pattern.is_rising_shed
    return raised


def threaded(draft: Draft) -> Draft:
    """Let an example go that the judges cannot hold: nothing threaded, nothing lifted, a percent sign in the notes."""
    assume(draft.threading.any() and draft.liftplan.any())
    assume(draft.treadling is None or any(draft.treadling))
    assume("%" not in draft.notes)  # Python's configparser takes it for a variable
    return draft


@given(drafts())
def test_dtx_to_wif_reads_the_same_crossings_colours_and_name(draft: Draft) -> None:
    pattern = judged(write_wif(threaded(draft)))
    colours = [
        pattern.color_table[pattern.warp_colors.get(end, pattern.warp.color or 0)]
        for end in range(1, draft.ends + 1)
    ]

    np.testing.assert_array_equal(drawdown(draft), judged_crossings(pattern))
    assert colours == [tuple(colour) for colour in draft.warp_colours.tolist()]
    assert pattern.is_rising_shed
    assert pattern.name == (draft.title or "?")


@given(drafts())
def test_what_dtx_to_wif_writes_again_we_read_the_same(draft: Draft) -> None:
    out = io.StringIO()
    dtx_to_wif.write_wif(out, judged(write_wif(threaded(draft))))

    np.testing.assert_array_equal(drawdown(draft), drawdown(read_wif(out.getvalue())))


@given(drafts())
def test_a_dobby_loom_would_lift_the_same_ends(draft: Draft) -> None:
    reduced = pytest.importorskip(
        "base_loom_server.reduced_pattern", reason="only with `dev.py bench`'s peers"
    )
    assume(
        len(np.unique(draft.threading[draft.threading > 0])) > 1
    )  # it offers tabby, which takes two shafts
    pattern = reduced.reduced_pattern_from_pattern_data("draft", judged(write_wif(threaded(draft))))
    # It forgets ends and picks at the edges that nothing holds or lifts.
    words = np.array([pick.shaft_word for pick in pattern.picks], dtype=object)
    raised = [[shaft >= 0 and bool(word >> shaft & 1) for shaft in pattern.threading] for word in words]
    seen = drawdown(draft)[: len(words), : len(pattern.threading)]

    np.testing.assert_array_equal(seen, np.array(raised, dtype=np.bool_))
    assert drawdown(draft).sum() == seen.sum()


@pytest.mark.reference
@pytest.mark.filterwarnings("ignore::UserWarning")
def test_published_drafts_look_the_same_to_dtx_to_wif(reference: Path) -> None:
    files = [file for file in sorted((reference / "wif").glob("*.wif")) if "bad_wif" not in file.name]
    for file in files:
        theirs = judged_crossings(judged(file.read_text(encoding="latin-1")))

        np.testing.assert_array_equal(theirs, drawdown(read_wif(file.read_bytes())), err_msg=file.name)
    assert len(files) == 14


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_the_files_the_judge_tests_itself_with_are_read_or_refused_as_it_says() -> None:
    """Those it only warns of miss defaults that WIF 1.1 lets miss, or name colours nobody wears: they are read."""
    brought = Path(dtx_to_wif.__file__).parent.parent / "test_data"
    files = sorted(brought.rglob("*.wif"))
    for file in files:
        if file.parent.name == "bad_wif":
            with pytest.raises(WifError):
                read_wif(file.read_bytes())
        else:
            theirs = judged_crossings(judged(file.read_text(encoding="latin-1")))

            np.testing.assert_array_equal(theirs, drawdown(read_wif(file.read_bytes())), err_msg=file.name)
    assert len(files) > 40
    assert sum(file.parent.name == "warn_wif" for file in files) == 10
