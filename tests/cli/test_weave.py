import json
from pathlib import Path

import numpy as np
import pytest

from harmonia.cli.main import main
from harmonia.science.weaving import (
    DYES,
    Thread,
    bitmap,
    drawdown,
    from_crossings,
    provenance,
    read_bitmap,
    read_wif,
    weave_patch,
    write_wif,
)

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


def test_convert_to_wif_keeps_who_made_the_draft_and_with_what(tmp_path: Path) -> None:
    theirs = write_wif(DRAFT).replace(
        "Source Program=Harmonia", "Source Program=Fiberworks\nSource Version=4.2"
    )
    theirs = theirs.replace("[TEXT]\n", "[TEXT]\nAuthor=Mary; weaver\nCopyright=1997\n")
    (tmp_path / "hers.wif").write_text(theirs)

    assert main(["weave", "convert", str(tmp_path / "hers.wif"), str(tmp_path / "ours.wif")]) == 0
    assert main(["weave", "convert", str(tmp_path / "ours.wif"), str(tmp_path / "again.wif")]) == 0
    told = provenance((tmp_path / "again.wif").read_text())

    assert (told["AUTHOR"], told["COPYRIGHT"]) == ("Mary; weaver", "1997")
    assert told["PROGRAM"] == "Fiberworks 4.2"


def test_convert_with_bind_ties_long_floats_down(tmp_path: Path) -> None:
    source, target = tmp_path / "solid.bmp", tmp_path / "bound.bmp"
    raised = np.indices((24, 24)).sum(axis=0) % 2 == 0
    raised[4:20, 4:20] = True
    source.write_bytes(bitmap(from_crossings(raised)))

    assert main(["weave", "convert", str(source), str(target), "--bind", "--float-threads", "5"]) == 0
    assert main(["weave", "check", str(source), "--float-threads", "5"]) == 1
    assert main(["weave", "check", str(target), "--float-threads", "5"]) == 0


def test_convert_draws_a_page_for_the_loom(wif: Path) -> None:
    assert main(["weave", "convert", str(wif), str(wif.with_suffix(".pdf"))]) == 0
    assert wif.with_suffix(".pdf").read_bytes().startswith(b"%PDF")


def test_a_cloth_too_large_for_a_drawing_is_refused_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, target = tmp_path / "wide.bmp", tmp_path / "wide.svg"
    source.write_bytes(bitmap(from_crossings(np.ones((2, 2_000_001), dtype=np.bool_))))

    assert main(["weave", "convert", str(source), str(target)]) == 1
    assert "too many for a drawing of lines" in capsys.readouterr().err
    assert not target.exists()


@pytest.mark.reference
def test_every_file_that_is_no_draft_is_refused(reference: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for file in sorted((reference / "wif").glob("*bad_wif*.wif")):
        assert main(["weave", "check", str(file)]) == 1
        assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["check", "none.wif"], "none.wif cannot be read: No such file or directory."),
        (["check", "none.doc"], "none.doc ends in none of .wif"),
        (["check", "bench.wif", "--float-threads", "0"], "A float passes over at least one thread"),
        (["convert", "bench.wif", "out.doc"], "out.doc ends in none of .wif"),
        (["convert", "bench.wif", "no/out.wif"], "out.wif cannot be written"),
    ],
)
def test_what_cannot_be_read_or_written_is_one_sentence(
    wif: Path, capsys: pytest.CaptureFixture[str], words: list[str], sentence: str
) -> None:
    files = [str(wif.parent / word) if "." in word else word for word in words[1:]]

    assert main(["weave", words[0], *files]) == 1
    assert sentence in capsys.readouterr().err
