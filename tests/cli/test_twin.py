import csv
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harmonia.cli.main import main
from tests.science.metabolism import synthetic

EXAMPLE = Path(__file__).parents[2] / "examples" / "pilot" / "pilot_digester_1.toml"


def arguments(folder: Path, log: str, plant_map: str = synthetic.MAP) -> list[str]:
    (folder / "log.csv").write_text(log)
    (folder / "map.toml").write_text(plant_map)
    paths = [
        "--log",
        str(folder / "log.csv"),
        "--map",
        str(folder / "map.toml"),
        "--out",
        str(folder / "out"),
    ]
    return ["twin", "run", *paths, "--members", "8"]


def test_a_log_becomes_four_files_and_one_object(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = synthetic.rows()
    table[20][5] = "8720"
    code = main([*arguments(tmp_path, synthetic.text(table)), "--json"])
    printed = json.loads(capsys.readouterr().out)
    files = {file.name for file in (tmp_path / "out").iterdir()}

    assert code == 0
    assert files == {"rejected.csv", "forecast.csv", "summary.json", "plot.png"}
    assert printed == json.loads((tmp_path / "out" / "summary.json").read_text())
    assert set(printed["mae"]) == {"twin", "persistence", "mean7", "feed_regression", "digester"}
    assert set(printed["crps_seven_days_ahead"]) == set(printed["mae"])
    assert len(printed["outlook"]) == 7
    assert printed["warnings"]["soured"] == []
    assert printed["days"]["used"] == 60


def test_two_processes_report_what_one_reports(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = [*arguments(tmp_path, synthetic.text(synthetic.rows())), "--json"]
    printed = []
    for engine in ("serial", "processes:2"):
        main([*words, "--engine", engine])
        printed.append(capsys.readouterr().out)

    assert printed[0] == printed[1]


def test_an_engine_that_is_none_is_one_clear_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main([*arguments(tmp_path, synthetic.text(synthetic.rows())), "--engine", "warp"])

    assert code == 1
    assert "no engine 'warp'" in capsys.readouterr().err


def test_every_value_left_out_stands_in_the_list(tmp_path: Path) -> None:
    table = synthetic.rows()
    table[20][5] = "8720"
    for row in table[:2]:
        row[4] = ""
    main(arguments(tmp_path, synthetic.text(table)))
    with (tmp_path / "out" / "rejected.csv").open() as file:
        listed = list(csv.DictReader(file))

    assert [row["reason"] for row in listed] == [
        "above 45 %",
        *["no feed logged yet, so nothing to foresee from"] * 2,
    ]


def test_the_summary_errors_follow_from_the_forecast_table(tmp_path: Path) -> None:
    main(arguments(tmp_path, synthetic.text(synthetic.rows())))
    with (tmp_path / "out" / "forecast.csv").open() as file:
        scored = [row for row in csv.DictReader(file) if row["scored"] == "1"]
    misses = [abs(float(row["twin_m3_d"]) - float(row["gas_m3_d"])) for row in scored]
    summary = json.loads((tmp_path / "out" / "summary.json").read_text())

    assert summary["days"]["scored"] == len(scored)
    assert summary["mae"]["twin"] == pytest.approx(sum(misses) / len(misses), rel=1e-4)


@pytest.mark.parametrize(
    ("log", "plant_map"),
    [
        ("", synthetic.MAP),
        ("day,gas\n2024-01-01,3\n", synthetic.MAP),
        (synthetic.text(synthetic.rows(20)), synthetic.MAP),
        (synthetic.text(synthetic.rows()), "= nonsense"),
    ],
)
def test_what_cannot_be_followed_is_one_sentence_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], log: str, plant_map: str
) -> None:
    code = main(arguments(tmp_path, log, plant_map))
    complaint = capsys.readouterr().err

    assert code == 1
    assert complaint.count("\n") == 1
    assert "nothing was written" in complaint
    assert not (tmp_path / "out").exists()


def test_a_missing_log_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(
        ["twin", "run", "--log", str(tmp_path / "no.csv"), "--map", str(EXAMPLE), "--out", str(tmp_path)]
    )

    assert code == 1
    assert "cannot be read" in capsys.readouterr().err


@pytest.mark.reference
@pytest.mark.scale
def test_the_real_pilot_log_is_followed_no_worse_than_by_yesterday_and_better_a_week_ahead(
    reference: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = reference / "pilot_food_fog_digesters" / "pilot_digester_1_daily.csv"
    code = main(["twin", "run", "--log", str(log), "--map", str(EXAMPLE), "--out", str(tmp_path), "--json"])
    summary = json.loads(capsys.readouterr().out)
    week = summary["mae_seven_days_ahead"]

    assert code == 0
    assert summary["mae"]["twin"] <= summary["mae"]["persistence"]
    assert week["twin"] <= 0.9 * week["persistence"]
    assert summary["days"]["scored"] > 200
    assert "8720" in (tmp_path / "rejected.csv").read_text()


def test_the_statement_names_where_the_twin_fails_and_what_does_the_work(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = synthetic.rows()
    restless = np.random.default_rng(1).uniform(40, 160, len(table))
    for row, gas in zip(table, restless, strict=True):
        row[1] = f"{gas:.2f}"
    main([*arguments(tmp_path, synthetic.text(table)), "--json"])
    said = json.loads(capsys.readouterr().out)["statement"]

    assert "the last reading" in said
    assert "80 % band" in said
    assert "Without the coming feed" in said or "fails" in said or "regression" in said


@pytest.mark.parametrize("members", ["7", "1001"])
def test_a_number_of_members_out_of_range_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], members: str
) -> None:
    code = main([*arguments(tmp_path, synthetic.text(synthetic.rows())), "--members", members])

    assert code == 1
    assert "8 to 1000" in capsys.readouterr().err


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300), st.booleans())
def test_no_file_whatever_is_in_it_makes_it_crash(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, as_map: bool
) -> None:
    command = arguments(tmp_path, synthetic.text(synthetic.rows(10)))
    (tmp_path / ("map.toml" if as_map else "log.csv")).write_bytes(content)

    assert main(command) == 1
    assert capsys.readouterr().err.count("\n") == 1
