import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harmonia.cli.main import main
from harmonia.science.metabolism.feedstocks import feedstock_codes

SHEET = (
    "quantity,value,unit,basis\ntotal_solids,24.5,%,fresh\nvolatile_solids,88,%,TS\n"
    "kjeldahl_nitrogen,8.0,g N/kg,fresh\nmethane_potential,400,NmL CH4/g VS,VS\ntrial_days,28,d,\n"
)


def test_the_list_names_every_feedstock(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["feedstock", "list", "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)

    assert tuple(row["code"] for row in printed["feedstocks"]) == feedstock_codes()


def test_one_feedstock_is_shown_with_ranges_and_sources(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["feedstock", "show", "food_waste"]) == 0
    printed = capsys.readouterr().out

    assert "methane_potential" in printed
    assert "doi:10.1016/j.biortech.2006.02.039" in printed


def test_an_unknown_feedstock_lists_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["feedstock", "show", "moon"]) == 1
    assert "unknown feedstock 'moon'; there are bread," in capsys.readouterr().err


def test_a_lab_sheet_becomes_model_inputs_and_balances(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "lab.csv").write_text(SHEET)
    assert main(["feedstock", "map", str(tmp_path / "lab.csv"), "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)

    assert printed["trial_days"] == 28
    assert {balance["name"] for balance in printed["balances"]} >= {"COD", "methane of the trial"}
    assert {gap["quantity"] for gap in printed["filled"]} >= {"lipid", "disintegration"}
    assert sum(printed["inputs"][name] for name in ("X_ch", "X_pr", "X_li", "X_I")) == pytest.approx(
        1000 * printed["character"]["cod"]
    )


def test_the_report_says_what_was_filled_in(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "lab.csv").write_text(SHEET)
    assert main(["feedstock", "map", str(tmp_path / "lab.csv")]) == 0
    printed = capsys.readouterr().out

    assert "Not measured, so filled in:" in printed
    assert "(library: " in printed


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (("400,NmL", "4000,NmL"), "a methane_potential of 4 is not possible"),
        (("400,NmL", "800,NmL"), "needs 1."),
        (("NmL CH4/g VS", "kWh"), "'kWh' is no unit of methane_potential"),
        (("28,d,", "28,d,\nlike,moon,,"), "unknown feedstock 'moon'"),
    ],
)
def test_a_wrong_sheet_is_refused_in_one_sentence(
    wrong: tuple[str, str], sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "lab.csv").write_text(SHEET.replace(*wrong))

    assert main(["feedstock", "map", str(tmp_path / "lab.csv")]) == 1
    assert sentence in capsys.readouterr().err


def test_a_missing_or_binary_file_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "lab.csv").write_bytes(b"\xff\xfe\x00")

    assert main(["feedstock", "map", str(tmp_path / "none.csv")]) == 1
    assert main(["feedstock", "map", str(tmp_path / "lab.csv")]) == 1
    assert capsys.readouterr().err.count("cannot be read as a text file") == 2


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, len(SHEET)), cut=st.integers(0, 12), junk=st.text(max_size=8))
def test_any_spoilt_sheet_ends_with_one_sentence(
    place: int, cut: int, junk: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoilt = SHEET[:place] + junk + SHEET[place + cut :]
    (tmp_path / "lab.csv").write_text(spoilt, encoding="utf-8", errors="replace", newline="")
    code = main(["feedstock", "map", str(tmp_path / "lab.csv")])
    printed = capsys.readouterr()

    assert code in {0, 1}
    assert "Traceback" not in printed.err
    assert (code == 0) == (printed.err == "")
