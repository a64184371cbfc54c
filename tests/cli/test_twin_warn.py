import json
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from harmonia.cli.main import main
from harmonia.cli.twin_warn import WORDS, reason
from harmonia.science.metabolism.early_warning import Cause
from harmonia.science.metabolism.feed_rise import FeedRise
from tests.science.metabolism import synthetic

MUSCATINE = Path(__file__).parents[2] / "examples" / "muscatine" / "muscatine.toml"
LAB = """
[acids]
column = "vfa"
unit = "mg/L"
[alkalinity]
column = "alk"
unit = "mg/L"
"""


def command(folder: Path, *, souring: bool) -> list[str]:
    table = synthetic.rows(120)
    generator = np.random.default_rng(1)
    lines = ["day,gas,ph,heat,food,ts,vfa,alk"]
    for day, row in enumerate(table):
        ramp = max(day - 80, 0) if souring else 0
        acids, alkalinity = 1000 + 70 * ramp, 5000 - 60 * ramp
        if souring and day > 78:
            row[4] = "25"
        lines.append(",".join([*row, f"{acids + generator.normal(0, 20):.0f}", f"{alkalinity:.0f}"]))
    (folder / "log.csv").write_text("\n".join(lines))
    (folder / "map.toml").write_text(synthetic.MAP.replace("[[feed]]", LAB + "[[feed]]"))
    return ["twin", "warn", str(folder / "log.csv"), "--map", str(folder / "map.toml")]


def test_a_souring_plant_is_warned_of_with_the_feed_behind_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main([*command(tmp_path, souring=True), "--json"])
    told = json.loads(capsys.readouterr().out)

    assert code == 0
    assert told["score"]["hits"] == 1
    assert told["score"]["leads"][0] >= 2
    assert "more food than the plant can follow since" in told["alarms"][0]["reason"]


def test_a_calm_plant_gives_no_cause(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(command(tmp_path, souring=False))
    told = capsys.readouterr().out

    assert code == 0
    assert told.startswith("No cause to warn.")
    assert "Soured: never." in told


def test_without_a_laboratory_acids_are_not_looked_at(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main([*command(tmp_path, souring=True), "--no-lab", "--json"])
    kinds = {c["kind"] for a in json.loads(capsys.readouterr().out)["alarms"] for c in a["causes"]}

    assert kinds <= {"gas_short", "ph_low"}


@pytest.mark.parametrize("content", ["", "day\n1\n", "\x00"])
def test_a_log_that_cannot_be_used_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str
) -> None:
    words = command(tmp_path, souring=False)
    (tmp_path / "log.csv").write_text(content)

    assert main(words) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_a_reason_names_the_feed_the_weekday_and_the_days_left() -> None:
    days = tuple(date(2026, 5, day) for day in range(1, 15))
    facts = {"ratio": 0.41, "usual": 0.22, "a_week": 0.12}
    said = reason(days, (Cause("acids_rising", facts, 5.2),), FeedRise("fat", 4, 9.0, 6.0))

    assert "0.41 (usual here 0.22)" in said
    assert "more fat than the plant can follow since Tuesday 2026-05-05" in said
    assert "about 5 days until the limit" in said


@pytest.mark.parametrize(
    "facts", [{"ph_a_week": -0.3}, {"fed_share": 1.4}, {"temperature": 30.0, "usual_temperature": 35.0}]
)
def test_gas_short_says_what_came_with_it(facts: dict[str, float]) -> None:
    assert WORDS["gas_short"]({"gas_share": 0.6} | facts).startswith(
        "gas is 60 % of what the feed should give"
    )


@pytest.mark.reference
def test_the_muscatine_record_is_warned_of_better_than_by_any_fixed_limit(
    reference: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = reference / "muscatine_codigestion" / "labs_2020-01_to_2022-03.csv"
    main(["twin", "warn", str(log), "--map", str(MUSCATINE), "--json"])
    told = json.loads(capsys.readouterr().out)
    score, static = told["score"], told["best_static_rule"]

    assert score["misses"] == 0
    assert score["hits"] > static["hits"]
    assert score["false_alarms_per_year"] <= static["false_alarms_per_year"] < 4
