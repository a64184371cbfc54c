from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harmonia.science.weaving import Draft, WifError, drawdown, provenance, read_wif, write_wif
from tests.science.weaving.drafts import drafts

DAMAGE = [
    b"=",
    b",",
    b"\n",
    b"[",
    b"]",
    b"-1",
    b"0",
    b"99999999999999999999",
    b"\xff\xfe",
    b"1e400",
    b"nan",
    b"[TIEUP]\n",
]
TEXT = """[WIF]
Version=1.1
[CONTENTS]
TREADLING=yes
[WEAVING]
Shafts=12
Treadles=3
Rising Shed=true
[COLOR PALETTE]
Range=0,999
Entries=2
[COLOR TABLE]
1=999,0,500
2=0,0,0
[WARP]
Threads=3
Color=1
Units=inches
Spacing=0.1
[WEFT]
Threads=3 ; picks
Color=2
[WARP SPACING]
2=0.2
[THREADING]
1=1
2=12 ; the last shaft
[TIEUP]
1=1
2=12
3=1,12
[TREADLING]
1=1,2
2=0,2
3=
"""


def test_shafts_of_two_digits_several_treadles_and_gaps_are_read() -> None:
    expected = np.array([[True, True, False], [False, True, False], [False, False, False]])

    np.testing.assert_array_equal(expected, drawdown(read_wif(TEXT)))


def test_colours_and_spacings_are_turned_into_bytes_and_millimetres() -> None:
    draft = read_wif(TEXT)

    assert draft.warp_colours[0].tolist() == [255, 0, 128]
    np.testing.assert_allclose(draft.warp_spacing_mm, [2.54, 5.08, 2.54])
    np.testing.assert_array_equal(draft.weft_spacing_mm, np.ones(3))


def test_notes_and_thickness_are_kept_in_the_order_and_the_unit_of_the_file() -> None:
    yarn = TEXT.replace("Spacing=0.1", "Spacing=0.1\nThickness=0.02") + "[WARP THICKNESS]\n3=0.03\n"
    draft = read_wif(yarn + "[NOTES]\n2=Beat softly; it shrinks.\n1=Wool [of Linden]\n10=\n")

    assert draft.notes == "Wool [of Linden]\nBeat softly; it shrinks."
    np.testing.assert_allclose(draft.warp_thickness_mm, [0.508, 0.508, 0.762])
    assert not draft.weft_thickness_mm.any()
    assert read_wif(write_wif(draft)) == draft
    assert "Thickness" not in write_wif(read_wif(TEXT))


def test_a_sinking_shed_is_turned_to_a_rising_one() -> None:
    sinking = read_wif(TEXT.replace("Rising Shed=true", "Rising Shed=false"))

    np.testing.assert_array_equal(~drawdown(read_wif(TEXT))[:, :2], drawdown(sinking)[:, :2])


def test_a_lift_plan_counts_before_a_treadling_that_says_otherwise() -> None:
    draft = read_wif(TEXT + "[LIFTPLAN]\n1=12\n")

    assert draft.treadling is None
    assert drawdown(draft).tolist() == [[False, True, False], [False] * 3, [False] * 3]


def test_latin_1_and_utf_8_titles_are_both_read() -> None:
    titled = TEXT + "[TEXT]\nTitle=Bänke\n"

    assert read_wif(titled.encode("latin-1")).title == "Bänke"
    assert read_wif(titled.encode("utf-8")).title == "Bänke"


@given(drafts())
def test_what_is_written_reads_back_equal(draft: Draft) -> None:
    assert read_wif(write_wif(draft)) == draft


def test_a_written_file_states_lift_plan_shed_and_where_it_comes_from() -> None:
    text = write_wif(read_wif(TEXT), {"Story": "a bench\nfor two"})

    assert "[LIFTPLAN]\n1=1,12\n2=12\n" in text
    assert "Rising Shed=true" in text
    assert provenance(text) == {"STORY": "a bench for two"}


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("[WIF]", "[INI]", "The file has no [WIF] section; it is no WIF."),
        ("2=12 ;", "2=20001 ;", "The file has 20001 shafts; we weave 1 to 20000."),
        ("3=1,12\n[", "999999999=1\n[", "The file ties 999999999 treadles to 12 shafts; no loom has room"),
        ("3=1,12\n[", "1e5=1\n[", "[TIEUP] 1E5 is '1E5', which is no number."),
        ("3=1,12\n[", "0=1\n[", "[TIEUP] has a line 0; lines begin at 1."),
        ("3=1,12\n[", "3=-1\n[", "[TIEUP] 3 names -1; we count from 1."),
        ("3=1,12\n[", "3=12345678901\n[", "[TIEUP] 3 is '12345678901', which is no number."),
        ("Threads=3 ; picks", "Threads=90000\n[WARP]\nThreads=90000", "The file has 90000 x 90000 crossings"),
        ("[THREADING]\n1=1\n2=12 ; the last shaft\n", "", "The file has no [THREADING] section."),
        ("[TIEUP]\n1=1\n2=12\n3=1,12\n", "", "The file has a [TREADLING] but no [TIEUP]"),
        ("Color=1", "", "[WARP] does not say Color, and [WARP COLORS] leaves threads without one."),
        (
            "[COLOR TABLE]",
            "[PRIVATE TABLE]",
            "[WARP COLORS] 2 names colour 1; the file has no [COLOR TABLE].",
        ),
        ("Range=0,999", "Range=9,9", "[COLOR PALETTE] Range is '9,9', no range of colours."),
        ("Range=0,999", "Form=HSB", "[COLOR PALETTE] Form is 'HSB'; we know RGB."),
        ("2=0.2", "2=1_0", "[WARP SPACING] 2 is '1_0'; no yarn is as wide as that."),
        ("2=0.2", "2=nan", "[WARP SPACING] 2 is 'nan'; no yarn is as wide as that."),
        ("1=1,2\n", "1=1,4\n", "[TREADLING] 1 names 4, but there are only 3."),
        ("Color=1", "Color=3", "[WARP] Color names colour 3; the palette has 1 to 2."),
        ("1=999,0,500", "1=1000,0,500", "[COLOR TABLE] 1 is no colour of three values 0 … 999."),
        (
            "Units=inches",
            "Units=ells",
            "[WARP] Units are 'ells'; we know centimeters, inches and decipoints.",
        ),
        ("Threads=3 ;", "Threads=999999999 ;", "[WEFT] Threads is 999999999; we weave 1 to 100000."),
        ("Shafts=12", "Shafts=many", "[WEAVING] Shafts is 'many', which is no number."),
        ("TREADLING=yes", "TREADLING=no", "The file has neither [TREADLING] nor [LIFTPLAN]"),
        (
            "Rising Shed=true",
            "Rising Shed=maybe",
            "[WEAVING] Rising Shed is 'MAYBE', neither true nor false.",
        ),
        ("[WARP SPACING]\n2", "[WARP SPACING]\n9", "[WARP SPACING] has a line 9, but there are only 3."),
    ],
)
def test_a_broken_file_is_refused_in_a_sentence(old: str, new: str, sentence: str) -> None:
    coloured = TEXT + "[WARP COLORS]\n2=1\n"
    assert old in coloured

    with pytest.raises(WifError) as refusal:
        read_wif(coloured.replace(old, new, 1))

    assert str(refusal.value).startswith(sentence)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[WIF]", "some words a mailer left\n[WIF]"),
        ("[WIF]", "; a comment\n\n[wif]"),
        ("[WARP]", "[Warp]"),
        ("[COLOR TABLE]", "[ Color  Table ]"),
        ("Threads=3 ;", " threads = 3 ;"),
        ("Rising Shed=true", "Rising Shed=1"),
        ("Rising Shed=true", ""),
        ("Units=inches", "Units= Inches ; of course"),
        ("Entries=2", "Entries=0"),
        ("Entries=2", ""),
        ("Treadles=3", "Treadles=0"),
        ("Treadles=3", ""),
        ("Shafts=12", "Shafts=4"),
        ("Shafts=12", ""),
        ("Threads=3 ; picks", "Threads=0"),
        ("Threads=3\nColor=1", "Threads=3\nColor=1,255,0,128"),
        ("1=1,2\n", "1=2\n1=1,2\n"),
        ("1=1,2\n", "01= 1 , 2 ,\n"),
        ("2=0,2\n", "2=0,2\n4=\n5=0\n"),
        ("[TIEUP]", "[TIEUP]\n; a comment\n# another"),
        ("[TIEUP]", "[LIFTPLAN]\n[TIEUP]"),
        ("\n", "\r\n"),
        ("\n", "\r"),
        ("\n", " \n"),
        ("[WIF]", "\ufeff[WIF]"),
    ],
)
def test_what_programs_write_besides_the_standard_reads_the_same(old: str, new: str) -> None:
    assert old in TEXT
    expected = drawdown(read_wif(TEXT + "[THREADING]\n3=3\n"))
    draft = read_wif((TEXT + "[THREADING]\n3=3\n").replace(old, new))

    np.testing.assert_array_equal(expected[: draft.picks], drawdown(draft))
    assert not expected[draft.picks :].any()  # picks nobody counted and nothing lifts
    assert draft.warp_colours[0].tolist() == [255, 0, 128]


def test_utf_16_and_a_null_at_the_end_are_read() -> None:
    assert read_wif(TEXT.encode("utf-16")) == read_wif(TEXT)
    assert read_wif(TEXT.encode() + b"\x1a\0") == read_wif(TEXT)


def test_a_decimal_comma_is_a_point() -> None:
    assert read_wif(TEXT.replace("Spacing=0.1", "Spacing=0,1")) == read_wif(TEXT)


def test_an_end_through_two_shafts_rises_with_either() -> None:
    draft = read_wif(TEXT.replace("[THREADING]\n1=1\n2=12", "[THREADING]\n1=1,12\n2=12"))

    assert (draft.threading.tolist(), draft.shafts) == ([13, 12, 0], 13)
    assert drawdown(draft).tolist() == [[True, True, False], [True, True, False], [False] * 3]
    assert read_wif(write_wif(draft)) == draft


def test_a_lift_plan_that_says_nothing_gives_way_to_the_treadling() -> None:
    assert read_wif(TEXT + "[LIFTPLAN]\n1=\n2=0\n") == read_wif(TEXT)


def test_a_default_colour_no_thread_needs_may_be_missing_or_wrong() -> None:
    coloured = TEXT + "[WARP COLORS]\n1=1\n2=1\n3=1\n"

    assert read_wif(coloured.replace("Color=1", "Color=99", 1)) == read_wif(TEXT)
    assert read_wif(coloured.replace("Color=1", "", 1)) == read_wif(TEXT)


@pytest.mark.parametrize("picks", [20, pytest.param(10_000, marks=pytest.mark.scale)])
def test_a_loom_of_2640_single_ends_is_read_and_written(picks: int) -> None:
    draw = np.random.default_rng(6)
    ends = 2_640
    draft = Draft(
        threading=draw.permutation(ends) + 1,
        liftplan=draw.random((picks, ends), dtype=np.float32) < 0.5,
        warp_colours=np.zeros((ends, 3), dtype=np.uint8),
        weft_colours=np.zeros((picks, 3), dtype=np.uint8),
    )

    assert read_wif(write_wif(draft)) == draft


@settings(max_examples=150)
@given(drafts(), st.data())
def test_a_damaged_file_is_read_or_refused_in_a_sentence_and_nothing_else(
    draft: Draft, data: st.DataObject
) -> None:
    content = bytearray(write_wif(draft), "utf-8")
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(content) - 1))
        piece = data.draw(st.one_of(st.binary(max_size=4), st.sampled_from(DAMAGE)))
        content[place : place + data.draw(st.integers(0, 40))] = piece
        content = content or bytearray(b"\n")
    try:
        read = read_wif(bytes(content))
    except WifError as refusal:
        sentence = str(refusal)

        assert sentence.endswith(".")
        assert "\n" not in sentence
        assert len(sentence) < 200
    else:
        assert read_wif(write_wif(read)) == read


@pytest.mark.reference
def test_reference_files_round_trip_or_are_refused_as_their_names_say(reference: Path) -> None:
    files = sorted((reference / "wif").glob("*.wif"))
    for file in files:
        if "bad_wif" in file.name:
            with pytest.raises(WifError):
                read_wif(file.read_bytes())
        else:
            draft = read_wif(file.read_bytes())

            assert read_wif(write_wif(draft)) == draft, file.name
    assert len(files) == 21
