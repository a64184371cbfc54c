import json
from collections.abc import Callable
from pathlib import Path

import pytest

from harmonia.cli.main import main

TEXT = """META
key;value
budget;100
vote_type;approval
PROJECTS
project_id;cost;name
a;60;Bench
b;60;Lamp
c;40;Pond
VOTES
voter_id;vote
1;a,b
2;a,b
3;a,b
4;c
5;c
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "vote.pb"
    path.write_text(TEXT)
    return path


def test_json_names_winners_cost_rounds_and_why(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["decide", str(file), "--rule", "equal-shares", "--utility", "cost", "--json"])
    decision = json.loads(capsys.readouterr().out)

    assert code == 0
    assert decision["winners"] == ["a", "c"]
    assert decision["cost"] == 100
    assert decision["rounds"][0] == {"project": "a", "price": 20, "supporters": 3}
    assert decision["reasons"]["b"] == "not chosen: its 3 supporters held 0 of the 60 it costs"


def test_text_lists_winners_first_each_with_its_reason(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["decide", str(file), "--rule", "greedy"])

    assert capsys.readouterr().out.splitlines()[:3] == [
        "Greedy, cost utility, ties by name",
        "2 of 3 projects for 100 of 100",
        "  a  Bench",
    ]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda text: "nonsense", "does not begin with META"),
        (lambda text: text.replace("60", "x"), "is no amount"),
    ],
)
def test_a_broken_file_is_one_sentence_and_exit_1(
    file: Path, capsys: pytest.CaptureFixture[str], change: Callable[[str], str], sentence: str
) -> None:
    file.write_text(change(TEXT))

    assert main(["decide", str(file)]) == 1
    assert sentence in capsys.readouterr().err


def test_a_missing_file_is_one_sentence_and_exit_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["decide", str(tmp_path / "none.pb")]) == 1
    assert capsys.readouterr().err.endswith("none.pb cannot be read: No such file or directory.\n")


def test_a_lot_without_a_seed_is_refused(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["decide", str(file), "--ties", "lot"]) == 1
    assert "Ties by lot need a seed" in capsys.readouterr().err
