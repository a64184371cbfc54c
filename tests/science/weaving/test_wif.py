from pathlib import Path

import numpy as np
import pytest
from hypothesis import given

from harmonia.science.weaving import Draft, WifError, drawdown, provenance, read_wif, write_wif
from tests.science.weaving.drafts import drafts

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
        ("[WIF]", "hello", "Line 1 stands before the first section; it is no WIF."),
        ("2=12 ;", "2=13 ;", "[THREADING] 2 names 13, but there are only 12."),
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
        ("[THREADING]\n1=1", "[THREADING]\n1=1,2", "[THREADING] 1 goes through several shafts"),
        ("[WARP SPACING]\n2", "[WARP SPACING]\n9", "[WARP SPACING] has a line 9, but there are only 3."),
    ],
)
def test_a_broken_file_is_refused_in_a_sentence(old: str, new: str, sentence: str) -> None:
    assert old in TEXT

    with pytest.raises(WifError) as refusal:
        read_wif(TEXT.replace(old, new, 1))

    assert str(refusal.value).startswith(sentence)


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
