import gzip
import json
from pathlib import Path

import pytest

from harmonia.cli.main import main
from tests.science.choice.opinions.polis import two_camps

MAP = {
    "groups": [40, 20],
    "mapped": 60,
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rows = [f"{vote.participant},{vote.statement},{vote.value}" for vote in two_camps()]
    (tmp_path / "votes.csv").write_text("\n".join(["participant,statement,vote", *rows, ""]))
    texts = [f"{number},Statement {number},," for number in range(12)]
    (tmp_path / "statements.csv").write_text("\n".join(["statement,text,meta,hidden", *texts, ""]))
    return tmp_path


def test_json_tells_consensus_priorities_and_stable_groups(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["opinions", str(folder), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)

    assert [group["size"] for group in told["groups"]] == MAP["groups"]
    assert {group["verdict"] for group in told["groups"]} == {"stable"}
    assert told["mapped"] == MAP["mapped"]
    assert set(told["priorities"]) == {str(number) for number in range(12)}
    assert "positions" not in told


def test_text_begins_with_what_unites(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["opinions", str(folder)]) == 0
    lines = capsys.readouterr().out.splitlines()

    assert lines[0] == "720 votes of 60 people, 60 of them on the map"
    assert lines[2] == "Most agree"
    assert "Group 1: 40 people, stable" in "\n".join(lines)


def test_the_same_votes_in_another_file_give_the_same_map(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["opinions", str(folder), "--json"])
    first = capsys.readouterr().out
    text = (folder / "votes.csv").read_text().splitlines()
    (folder / "votes.csv").unlink()
    (folder / "votes.csv.gz").write_bytes(gzip.compress("\n".join([text[0], *reversed(text[1:])]).encode()))
    main(["opinions", str(folder), "--json", "--people"])
    told = json.loads(capsys.readouterr().out)

    assert len(told.pop("positions")) == 60
    assert told == json.loads(first)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("votes.csv", b"", "needs a column participant"),
        ("votes.csv", b"participant,statement,vote\na,b,7\n", "'7' is no answer"),
        ("votes.csv", b"participant,statement,vote\na,b\n", "fewer cells"),
        (
            "votes.csv",
            b"participant,statement,vote\na,b,1\na,b,-1\n",
            "no time tells which answer is the last",
        ),
        ("votes.csv", b"participant,statement,vote,at\na,b,1,soon\n", "'soon' is no time"),
        ("votes.csv", b"participant,age\na,7\n", "no column for a statement"),
        ("votes.csv", b"\xff\xfe\x00", "not UTF-8"),
        ("votes.json", b"{}", "no list of rows"),
        ("votes.json", b"[[1]]", "Row 1 lacks participant_id"),
        ("votes.json", b"[" * 100_000, "no JSON"),
        ("votes.json.gz", b"no gzip", "cannot be unpacked"),
        ("statements.csv", b"statement,text\na,b\na,c\n", "share the id"),
        ("statements.csv", b"text\nb\n", "needs a column statement"),
    ],
)
def test_a_broken_folder_is_one_sentence_and_exit_1(
    folder: Path, capsys: pytest.CaptureFixture[str], name: str, content: bytes, sentence: str
) -> None:
    (folder / name).write_bytes(content)

    assert main(["opinions", str(folder)]) == 1
    error = capsys.readouterr().err
    assert sentence in error
    assert error.count("\n") == 1


@pytest.mark.parametrize(
    ("words", "sentence"), [((), "holds no votes"), (("--groups", "0"), "must be 1 to 20")]
)
def test_nothing_to_map_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], sentence: str
) -> None:
    assert main(["opinions", str(tmp_path), *words]) == 1
    assert sentence in capsys.readouterr().err
    assert main(["opinions", str(tmp_path / "none")]) == 1
