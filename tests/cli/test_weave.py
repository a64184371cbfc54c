import json
from pathlib import Path

import numpy as np
import pytest

from harmonia.cli.main import main
from harmonia.science.weaving import DYES, Thread, drawdown, read_bitmap, read_wif, weave_patch, write_wif

DRAFT = weave_patch(Thread("bench", "wood", DYES["teal"], 0, "A bench"))


@pytest.fixture
def wif(tmp_path: Path) -> Path:
    path = tmp_path / "bench.wif"
    path.write_text(write_wif(DRAFT))
    return path


def test_check_names_findings_in_json_and_exits_1(wif: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["weave", "check", str(wif), "--shafts", "4", "--json"])
    answer = json.loads(capsys.readouterr().out)

    assert code == 1
    assert (answer["ends"], answer["picks"], answer["shafts"]) == (32, 32, 8)
    assert "too many shafts" in [finding["name"] for finding in answer["findings"]]


def test_check_of_plain_weave_exits_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plain = weave_patch(Thread("letter", "paper", DYES["plum"], 0, "A letter"))
    (tmp_path / "letter.wif").write_text(write_wif(plain))

    assert main(["weave", "check", str(tmp_path / "letter.wif")]) == 0
    assert capsys.readouterr().out.endswith("Nothing stands against weaving it.\n")


@pytest.mark.parametrize("ending", ["wif", "bmp", "tiff"])
def test_convert_keeps_every_crossing(wif: Path, ending: str) -> None:
    target = wif.with_name(f"out.{ending}")

    assert main(["weave", "convert", str(wif), str(target)]) == 0
    back = read_wif(target.read_bytes()) if ending == "wif" else read_bitmap(target.read_bytes())
    np.testing.assert_array_equal(drawdown(DRAFT), drawdown(back))


def test_convert_draws_pictures_and_says_what_it_wrote(wif: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["weave", "convert", str(wif), str(wif.with_suffix(".svg"))])
    main(["weave", "convert", str(wif), str(wif.with_suffix(".png")), "--json"])
    lines = capsys.readouterr().out.splitlines()

    assert wif.with_suffix(".svg").read_text().startswith("<svg")
    assert wif.with_suffix(".png").read_bytes().startswith(b"\x89PNG")
    assert lines[0].endswith("32 ends, 32 picks, 8 shafts.")
    assert json.loads(lines[1])["bytes"] == wif.with_suffix(".png").stat().st_size


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["check", "none.wif"], "none.wif cannot be read: No such file or directory."),
        (["check", "none.doc"], "none.doc ends in none of .wif"),
        (["convert", "bench.wif", "out.doc"], "out.doc ends in none of .wif"),
        (["convert", "bench.wif", "no/out.wif"], "out.wif cannot be written"),
    ],
)
def test_what_cannot_be_read_or_written_is_one_sentence(
    wif: Path, capsys: pytest.CaptureFixture[str], words: list[str], sentence: str
) -> None:
    action, *files = words

    assert main(["weave", action, *(str(wif.parent / file) for file in files)]) == 1
    assert sentence in capsys.readouterr().err
