import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonia.science.metabolism.lab_sheet import KINDS, SheetError, read_lab_sheet

HEADING = "quantity,value,unit,basis\n"
SOLIDS = "total_solids,20,%,fresh\nvolatile_solids,90,%,TS\n"


def read(quantity: str, lines: str) -> float:
    return float(getattr(read_lab_sheet("x", HEADING + lines).values, quantity))


@pytest.mark.parametrize(
    ("quantity", "line", "expected"),
    [
        ("total_solids", "TS,200,g/kg,fresh", 0.2),
        ("total_solids", "TS,200,g/L,fresh", 0.2),
        ("methane_potential", "bmp,430,NmL CH4/g VS,VS", 0.43),
        ("methane_potential", "bmp,430,Nm3/t,odm", 0.43),
        ("methane_potential", "bmp,430,m^3/t,VS", 0.43),
        ("ammonium_nitrogen", "TAN,2100,mg N/L,fresh", 0.0021),
        ("kjeldahl_nitrogen", "TKN,8.9,kg N/t FM,fresh", 0.0089),
        ("alkalinity", "alkalinity,13000,mg CaCO3/L,", 13.0),
        ("alkalinity", "alkalinity,200,mmol/L,-", 10.0),
        ("alkalinity", "alkalinity,200,meq/L,", 10.0),
        ("volatile_acids", "VFA,3,g HAc/L,", 3.0),
        ("ph", "pH,7.2,-,", 7.2),
        ("ph", "pH,7.2,pH,", 7.2),
        ("ph", "pH,7.2,,", 7.2),
        ("disintegration", "disintegration,0.3,1/d,", 0.3),
    ],
)
def test_units_as_laboratories_write_them_are_understood(quantity: str, line: str, expected: float) -> None:
    assert read(quantity, line) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("line", "expected"),
    [("protein,18,%,VS", 0.18), ("protein,16.2,%,TS", 0.18), ("protein,32.4,g/kg,fresh", 0.18)],
)
def test_a_share_may_come_on_any_basis(line: str, expected: float) -> None:
    assert read("protein", SOLIDS + line) == pytest.approx(expected)


def test_nitrogen_of_the_solids_is_told_per_fresh_mass() -> None:
    assert read("kjeldahl_nitrogen", SOLIDS + "TKN,3,%,TS") == pytest.approx(0.006)


def test_volatile_solids_of_the_fresh_mass_are_told_per_solids() -> None:
    lines = "total_solids,20,%,fresh\nvolatile_solids,18,%,fresh\nlipid,36,g/kg,fresh"

    assert read("volatile_solids", lines) == pytest.approx(0.9)
    assert read("lipid", lines) == pytest.approx(0.2)


def test_the_trial_length_and_the_likeness_are_read() -> None:
    sheet = read_lab_sheet("x", HEADING + SOLIDS + "trial_days,3,weeks,\nlike,grass,,\n")

    assert sheet.trial_days == 21
    assert sheet.values.like == "grass"


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        ("quantity,value,unit\nTS,1,%", "no column 'basis'"),
        (HEADING, "no values"),
        (HEADING + "gold,1,%,fresh", "Line 2: 'gold' is no quantity"),
        (HEADING + "TS,20,%,fresh\nDM,21,%,fresh", "Line 3: total_solids is given twice"),
        (HEADING + "TS,twenty,%,fresh", "Line 2: total_solids is 'twenty', which is not a number"),
        (HEADING + "TS,nan,%,fresh", "not a number"),
        (HEADING + "TS,20,metre,fresh", "Line 2: 'metre' is no unit of total_solids; write it as kg/kg"),
        (HEADING + "TS,20,9**9**9**9,fresh", "is no unit"),
        (HEADING + "TS,20,__import__('os'),fresh", "is no unit"),
        (HEADING + "TS,20,degC,fresh", "'degC' is no unit of total_solids"),
        (HEADING + "bmp,0.4,%,VS", "is no unit of methane_potential; write it as m3/kg"),
        (HEADING + "TS,20,%,VS", "total_solids per 'VS' cannot be read; its basis is fresh"),
        (HEADING + "lipid,20,%,moon", "lipid per 'moon' cannot be read"),
        (HEADING + "lipid,20,%,TS", "lipid per TS needs total_solids in the sheet too"),
        (HEADING + "TS,20,%,fresh\nlipid,2,%,fresh", "lipid per fresh needs|needs volatile_solids in the sheet"),
        (HEADING + "TS,0,%,fresh\nVS,90,%,TS\nlipid,2,%,fresh", "without solids, lipid cannot be told per kg VS"),
        (HEADING + SOLIDS + "trial_days,9,years,", "A trial of 3287.* days cannot be simulated"),
        (HEADING + 'TS,"20,%,fresh', "not valid CSV"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said_with_its_line(table: str, sentence: str) -> None:
    with pytest.raises(SheetError, match=sentence):
        read_lab_sheet("x", table)


@given(st.sampled_from(sorted(KINDS)), st.text(max_size=30), st.floats())
def test_any_unit_is_read_or_refused_in_one_sentence(quantity: str, unit: str, value: float) -> None:
    unit = unit.replace('"', "")
    read = True
    try:
        read_lab_sheet("x", f'{HEADING}{quantity},{value},"{unit}",')
    except SheetError as error:
        read = str(error).endswith(".")

    assert read


def test_pint_is_imported_by_nothing_a_web_thread_needs() -> None:
    program = (
        "import sys, harmonia.science.metabolism as m; m.feedstock('grass'); m.follow; "
        "from harmonia.science.metabolism import characterisation; print('pint' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "False"
