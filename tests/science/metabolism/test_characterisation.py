from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harmonia.science.metabolism.characterisation import (
    BalanceError,
    characterise,
    map_feed,
    map_lab_values,
    model_inputs,
)
from harmonia.science.metabolism.feedstocks import feedstock, feedstock_codes
from harmonia.science.metabolism.lab_sheet import read_lab_sheet
from harmonia.science.metabolism.lab_values import LabValueError, LabValues, lab_values_of
from tests.science.metabolism.sheets import SHEET, changed

EXAMPLES = Path(__file__).parents[3] / "examples" / "lab"


@st.composite
def consistent_sheets(draw: st.DrawFn) -> LabValues:
    """Sheets whose numbers come from one imagined feed, some of them left out."""
    total, volatile = draw(st.floats(0.03, 0.95)), draw(st.floats(0.5, 1.0))
    protein, lipid = draw(st.floats(0.0, 0.45)), draw(st.floats(0.0, 0.5))
    fibre = draw(st.floats(0.0, 1.0)) * (1 - protein - lipid)
    organic = protein * total * volatile / 6.25 * draw(st.floats(1.0, 1.1))
    ammonium = organic * draw(st.floats(0.0, 0.6))
    cod = 1.1842 * (1 - protein - lipid) + 1.633 * protein + 2.8912 * lipid
    # The slowest and least complete digestion still opens in the trial.
    potential = draw(st.floats(0.01, 0.55)) * cod * 0.35
    full = LabValues(
        "Sheet", total, volatile, cod * draw(st.floats(0.97, 1.03)), protein, lipid,
        1 - protein - lipid - fibre, fibre, ammonium, organic + ammonium, potential,
        draw(st.floats(0.08, 1.0)), draw(st.one_of(st.none(), st.floats(3.5, 9.0))),
    )  # fmt: skip
    left_out = draw(st.sets(st.sampled_from(["cod", "protein", "lipid", "carbohydrate", "fibre"])))
    return changed(full, {"like": "food_waste"} | dict.fromkeys(left_out))


@settings(max_examples=60, deadline=None)
@given(consistent_sheets())
def test_any_consistent_sheet_maps_with_closed_balances(sheet: LabValues) -> None:
    mapped = map_feed(sheet)
    inputs = model_inputs(mapped.character)
    cod = sum(inputs[name] for name in ("S_ac", "X_ch", "X_pr", "X_li", "X_I"))
    nitrogen = 14 * (inputs["S_IN"] + 0.007 * inputs["X_pr"] + inputs["inert_nitrogen"])

    assert all(balance.closes for balance in mapped.balances)
    assert min(inputs.values()) >= -1e-12
    assert 0 <= mapped.character.degradable <= 1
    assert nitrogen == pytest.approx(1000 * (sheet.kjeldahl_nitrogen or 0.0), rel=1e-9, abs=1e-9)
    if sheet.cod is not None:
        assert cod == pytest.approx(1000 * mapped.character.vs * sheet.cod)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"ammonium_nitrogen": 0.009}, r"ammonium nitrogen \(0\.009 kg N/kg\) is more than the Kjeldahl nitrogen \(0\.008"),
        ({"protein": 0.35}, r"protein of 0\.35 kg/kg VS needs 6\.25 times .* for 0\.22 kg/kg VS only"),
        ({"lipid": 0.4}, r"parts \(protein 0\.19, lipid 0\.4, carbohydrate 0\.45, fibre 0\.18\) are 1\.22"),
        ({"carbohydrate": 0.2}, r"are only 0\.75 kg of each kg VS"),
        ({"cod": 2.6}, r"COD of 2\.6 kg/kg VS does not fit .* which hold 1\.\d+ to 1\.\d+"),
        ({"cod": 0.9}, r"COD of 0\.9 kg/kg VS does not fit"),
        ({"methane_potential": 0.7}, r"0\.7 m3/kg VS needs 1\.\d\d times"),
        ({"alkalinity": 9.0}, r"would need \d\.\d+ kmol CO2/m3"),
        ({"volatile_acids": 300.0}, r"dissolved acids hold 1\.\d+ kg COD/kg VS, more than the 1\.45"),
    ],
)  # fmt: skip
def test_a_sheet_that_contradicts_itself_is_refused_with_its_numbers(
    wrong: dict[str, float], sentence: str
) -> None:
    with pytest.raises(BalanceError, match=f"Kitchen scraps: .*{sentence}"):
        map_feed(changed(SHEET, wrong))


def contradictions(sheet: LabValues, excess: float) -> dict[str, dict[str, float | str | None]]:
    """Return changes that each contradict the rest of any sheet, by what is wrong."""
    nitrogen = sheet.kjeldahl_nitrogen or 0.0
    return {
        "more gas than COD": {"cod": None, "methane_potential": min(1.2, 1.1 * excess)},
        "more ammonium than nitrogen": {"ammonium_nitrogen": nitrogen * excess + 1e-4},
        "more protein than nitrogen": {"protein": min(1.0, 1.1 * excess * (0.05 + (sheet.protein or 0.45)))},
        "more parts than solids": {"lipid": 0.6, "carbohydrate": 0.4, "fibre": 0.2},
        "fewer parts than solids": {"lipid": 0.02, "carbohydrate": 0.1, "fibre": 0.1},
        "less COD than sugar": {"cod": 0.8 / excess},
        "more COD than fat": {"cod": 3.2, "lipid": 0.1, "carbohydrate": None, "fibre": None},
        "alkalinity without pH": {"ph": None, "alkalinity": excess},
        "alkalinity of an acid": {"ph": 4.0, "alkalinity": excess},
        "more CO2 than water holds": {"ph": 5.0, "alkalinity": 10 * excess, "volatile_acids": None},
    }


@settings(max_examples=120, deadline=None)
@given(consistent_sheets(), st.floats(1.3, 3.0), st.data())
def test_any_contradiction_is_refused_in_a_sentence_with_numbers(
    sheet: LabValues, excess: float, data: st.DataObject
) -> None:
    ways = contradictions(sheet, excess)
    wrong = ways[data.draw(st.sampled_from(sorted(ways)))]

    with pytest.raises(BalanceError, match=r"^Sheet: .*\d.*\.$"):
        map_feed(changed(sheet, wrong))


HOSTILE = {
    "total_solids": 1.0, "volatile_solids": 1.0, "cod": 3.0, "protein": 0.6, "lipid": 0.9, "carbohydrate": 0.9,
    "fibre": 0.9, "ammonium_nitrogen": 0.02, "kjeldahl_nitrogen": 0.05, "methane_potential": 1.0,
    "disintegration": 2.0, "ph": 14.0, "alkalinity": 30.0, "volatile_acids": 60.0,
}  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(
    st.fixed_dictionaries({name: st.none() | st.floats(0.0, most) for name, most in HOSTILE.items()}),
    st.none() | st.sampled_from(feedstock_codes()),
    st.floats(1.0, 200.0),
)
def test_any_numbers_whatever_are_mapped_in_balance_or_refused(
    numbers: dict[str, float | None], like: str | None, days: float
) -> None:
    try:
        mapped = map_feed(changed(LabValues("Sheet", like=like), numbers), days)
    except (LabValueError, BalanceError) as error:
        refused = str(error)
    else:
        refused = "" if all(balance.closes for balance in mapped.balances) else "open"

    assert refused == "" or (refused.startswith("Sheet: ") and refused.endswith("."))


def test_a_published_slurry_has_the_published_inert_share() -> None:
    # PyADM1ODE (MIT), data/substrates/cattle_manure.yaml: TS 80 kg/m3, ash 10, protein 14, fat 3.5 % of TS, 2 kg
    # NH4-N/m3, BMP 136.7 m3/t VS, pH 7.1, acid capacity 80 mol/m3, 5 kg acetic acid/m3; inert COD 0.628 + 0.05.
    sheet = read_lab_sheet("slurry", (EXAMPLES / "cattle_slurry.csv").read_text(encoding="utf-8"))
    inputs = model_inputs(map_feed(sheet.values, sheet.trial_days).character)
    cod = sum(inputs[name] for name in ("S_ac", "X_ch", "X_pr", "X_li", "X_I"))

    assert inputs["X_I"] / cod == pytest.approx(0.678, abs=0.02)
    assert inputs["S_IN"] == pytest.approx(2.0 / 14)


def test_nothing_is_filled_in_where_all_was_measured() -> None:
    assert map_feed(SHEET).filled == ()


def test_the_trial_length_decides_how_much_must_be_degradable() -> None:
    slow = changed(SHEET, {"disintegration": 0.05, "methane_potential": 0.25})

    assert map_lab_values(slow, 20.0).degradable > 1.2 * map_lab_values(slow, 60.0).degradable


def test_a_measured_cod_is_what_comes_in() -> None:
    richer = map_lab_values(changed(SHEET, {"cod": 1.55}))

    assert richer.cod / richer.vs == pytest.approx(1.55)
    assert richer.split[1] == pytest.approx(0.19 * 1.6327 / 1.55, rel=1e-3)


def test_acids_already_there_count_as_acetate() -> None:
    sour = map_lab_values(changed(SHEET, {"volatile_acids": 3.0}))

    assert sour.acetate == pytest.approx(3.0e-3 * 64 / 60)
    assert sour.cod + sour.acetate == pytest.approx(map_lab_values(SHEET).cod)


@pytest.mark.parametrize("code", feedstock_codes())
def test_the_library_takes_the_same_path_as_a_lab_sheet(code: str) -> None:
    feed = feedstock(code)

    assert characterise(feed) == map_lab_values(lab_values_of(feed))
