from pathlib import Path

import pytest

from harmonia.cli.main import main
from tests.cli.test_decide import TEXT


@pytest.fixture
def bundle(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    (tmp_path / "vote.pb").write_text(TEXT)
    main(["decide", str(tmp_path / "vote.pb"), "--bundle", str(tmp_path / "vote.zip")])
    capsys.readouterr()
    return tmp_path / "vote.zip"


def test_an_honest_bundle_agrees_and_names_its_rule(bundle: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["recount", str(bundle)]) == 0
    assert capsys.readouterr().out.startswith(
        "The recount agrees: 5 ballots, Method of Equal Shares, cost utility"
    )


def test_a_changed_ballot_is_found_and_exits_1(bundle: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bundle.write_bytes(bundle.read_bytes().replace(b"4;c", b"4;a"))

    assert main(["recount", str(bundle)]) == 1
    assert "election.pb" in capsys.readouterr().err


def test_a_missing_bundle_is_one_sentence_and_exit_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["recount", str(tmp_path / "none.zip")]) == 1
    assert "cannot be read" in capsys.readouterr().err
