import json
import runpy
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harmonia.cli.cycle_files import read_cycle
from harmonia.cli.errors import BadInput
from harmonia.cli.main import main

EXAMPLE = Path(__file__).parent.parent.parent / "examples" / "cycle"
OUTPUTS = ("decision.json", "recount.zip", "report.html")


def small(folder: Path) -> Path:
    """Copy the example with less money and fewer regimes, so that few bundles are foreseen."""
    shutil.copytree(EXAMPLE, folder)
    site = folder / "site.toml"
    site.write_text(site.read_text().replace("budget = 3000", "budget = 560"))
    (folder / "regimes.toml").write_text(
        "temperatures_c = [37]\nloadings = [0.7, 1]\nstove_shares = [0.5, 0.95]\n"
    )
    return folder


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the small community and its report in `out`."""
    home = tmp_path_factory.mktemp("cycle")
    small(home / "street")
    assert main(["cycle", str(home / "street"), "--out", str(home / "out"), "--members", "10"]) == 0
    return home


def decision(done: Path) -> dict[str, object]:
    told: dict[str, object] = json.loads((done / "out" / "decision.json").read_text())
    return told


def test_the_example_is_what_its_generator_writes() -> None:
    files = runpy.run_path(str(EXAMPLE / "generate.py"))["files"]

    assert {name: (EXAMPLE / name).read_text(encoding="utf-8") for name in files()} == files()


def test_the_decision_names_what_was_bought_and_how_it_is_run_each_with_its_rule(done: Path) -> None:
    told = decision(done)

    assert told["bought"]["winners"][0] == "alarm"  # type: ignore[index]
    assert told["bought"]["rule"].startswith("Method of Equal Shares")  # type: ignore[index]
    assert told["bought"]["cost"] <= 560  # type: ignore[index]
    assert told["run"]["rule"].startswith("Nash welfare")  # type: ignore[index]
    assert told["run"]["chosen"] in told["run"]["front"]  # type: ignore[index]
    assert told["off_the_ballot"]["flare"].startswith("vetoed by the licence holder: ")  # type: ignore[index]


def test_every_winning_set_was_foreseen_before_the_vote(done: Path) -> None:
    told = decision(done)
    bundle = "+".join(sorted(told["bought"]["winners"]))  # type: ignore[index]

    assert bundle in told["reachable"]  # type: ignore[operator]
    assert all("alarm" in code.split("+") for code in told["reachable"])  # type: ignore[attr-defined]


def test_the_report_needs_nothing_else_and_shows_a_table_for_every_chart(done: Path) -> None:
    page = (done / "out" / "report.html").read_text()

    assert not [word for word in ("http://", "https://", "<script", "<link", "<img", "url(") if word in page]
    assert page.count("<svg") <= page.count("<table")
    assert page.count('role="img"') == page.count("<svg")


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("37C-100-all-95", "37 °C, fed to 100 % of what it takes, 95 % of the gas to stoves"),
        (
            "12.5C-70-no_leaves-0",
            "12.5 °C, fed to 70 % of what it takes, feed no leaves, 0 % of the gas to stoves",
        ),
        ("as-set", "as it is set today"),
        ("gentle", "gentle"),
    ],
)
def test_a_way_to_run_is_told_in_words(code: str, words: str) -> None:
    from harmonia.cli.cycle_report import _way

    assert _way(code) == words


def test_anyone_recounts_the_cycle(done: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["recount", str(done / "out" / "recount.zip")]) == 0
    said = capsys.readouterr().out
    assert "The recount agrees: 48 ballots" in said
    assert "by Nash welfare, agrees too" in said


def test_the_same_seed_gives_the_same_bytes_whoever_sits_where(done: Path) -> None:
    street = done / "again"
    shutil.copytree(done / "street", street)
    rows = (street / "ballots.csv").read_text().splitlines()
    (street / "ballots.csv").write_text("\n".join([rows[0], *reversed(rows[1:]), ""]))
    assert main(["cycle", str(street), "--out", str(done / "more"), "--members", "10"]) == 0

    for name in OUTPUTS:
        assert (done / "out" / name).read_bytes() == (done / "more" / name).read_bytes()


def test_readings_are_held_against_what_was_foreseen(done: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from harmonia.cli.cycle_files import read_readings

    (done / "street" / "readings.csv").write_text("measure,value\ngas_m3_d,99\n")

    assert read_readings(done / "street") == {"gas_m3_d": 99.0}


BROKEN = [
    ("ballots.csv", None, "lacks ballots.csv"),
    ("plant.toml", None, "lacks plant.toml"),
    ("options", None, "lacks options"),
    ("site.toml", "", "states no budget"),
    ("site.toml", "budget = -1\n", "more than the budget of -1"),
    ("ballots.csv", "voter,bag\n1,1\n1,1\n", "voter '1' has two ballots"),
    ("ballots.csv", "voter,rocket\n1,1\n", "there is no such option"),
    ("ballots.csv", "voter,bag\n1,many\n", "bag is 'many', which is no number"),
    ("ballots.csv", "voter,bag\n1,-2\n", "points below 0"),
    ("ballots.csv", "voter,bag\n1\n", "1 cells stand under 2 columns"),
    ("ballots.csv", "who,bag\n1,1\n", "needs the column voter"),
    ("priorities.csv", "resident,taste\n1,1\n", "has a column 'taste'"),
    ("priorities.csv", "resident,gas_m3_d\n1,0\n", "ranks begin with 1"),
    ("pledges.csv", "who,feedstock,kg_week\nx,food_waste,-4\n", "cannot be"),
    ("pledges.csv", "who,feedstock,kg_week\nx,moon_rock,4\n", "moon_rock"),
    ("jars/kitchen.csv", "jar,feedstock\n", "no rows"),
    ("rule.toml", 'method = "dice"\n', "'dice' is no rule"),
    ("rule.toml", 'luck = "yes"\n', "luck is no word of a rule"),
    ("rule.toml", "= 1", "not valid TOML"),
    ("options/bag.toml", 'name = "Bag"\nmandatory = "yes"\n', "mandatory must be true or false"),
    ("options/bag.toml", 'name = "Bag"\nmandatory = true\nveto = "no"\n', "mandatory and vetoed"),
    ("options/alarm.toml", 'name = "Alarm"\ncost = 9999\nmandatory = true\n', "What must be funded"),
    ("readings.csv", "measure,value\ntaste,3\n", "none of gas_m3_d"),
    ("readings.csv", "measure,value\ngas_m3_d,\n", "which is no number"),
]


@pytest.mark.parametrize(("name", "content", "sentence"), BROKEN)
def test_a_broken_folder_is_one_sentence_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, content: str | None, sentence: str
) -> None:
    street, path = small(tmp_path / "street"), tmp_path / "street" / name
    if content is None:
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    else:
        path.write_text(content)

    assert main(["cycle", str(street), "--out", str(tmp_path / "out"), "--members", "10"]) == 1
    error = capsys.readouterr().err
    assert sentence in error
    assert error.count("\n") == 1
    assert not (tmp_path / "out").exists()


FILES = [
    "ballots.csv",
    "priorities.csv",
    "pledges.csv",
    "jars/kitchen.csv",
    "rule.toml",
    "site.toml",
    "options/bag.toml",
]


@settings(max_examples=60, deadline=None)
@given(
    name=st.sampled_from(FILES),
    place=st.integers(0, 400),
    junk=st.one_of(
        st.binary(max_size=12), st.sampled_from([b",", b'"', b"\n", b"1e999", b"-", b"=", b"[[", b"\x00"])
    ),
)
def test_whatever_breaks_in_a_file_it_is_read_or_refused_in_one_sentence(
    name: str, place: int, junk: bytes
) -> None:
    with tempfile.TemporaryDirectory() as home:
        street = small(Path(home) / "street")
        whole = (street / name).read_bytes()
        (street / name).write_bytes(
            whole[: place % len(whole)] + junk + whole[place % len(whole) + len(junk) :]
        )
        said = "read"
        try:
            read_cycle(street, 10, 1)
        except BadInput as refusal:
            said = str(refusal)

    assert len(said.splitlines()) == 1


@pytest.mark.scale
def test_the_whole_example_runs_with_a_hundred_years(tmp_path: Path) -> None:
    assert main(["cycle", str(EXAMPLE), "--out", str(tmp_path / "out")]) == 0
    assert main(["recount", str(tmp_path / "out" / "recount.zip")]) == 0
