import importlib.util
import json
import random
import shutil
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harmonia.cli.community import read_community
from harmonia.cli.errors import BadInput
from harmonia.cli.main import main
from harmonia.science.metabolism.designs import MEASURES

EXAMPLE = Path(__file__).parents[2] / "examples" / "designs"
QUICK = ["--members", "10"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small community: one option, four weeks of feed."""
    found = tmp_path / "street"
    (found / "options").mkdir(parents=True)
    shutil.copy(EXAMPLE / "plant.toml", found)
    shutil.copy(EXAMPLE / "options" / "bag.toml", found / "options")
    days = (EXAMPLE / "feed.csv").read_text().splitlines()[:29]
    (found / "feed.csv").write_text("\n".join(days))
    return found


def made_by() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", EXAMPLE / "generate.py")
    if spec is None or spec.loader is None:
        raise ImportError("examples/designs/generate.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_example_is_what_its_generator_makes() -> None:
    module, draw = made_by(), random.Random(2026)

    assert module.feed(draw) == (EXAMPLE / "feed.csv").read_text("utf-8")
    assert module.ambient(draw) == (EXAMPLE / "ambient.csv").read_text("utf-8")


def test_the_example_is_compared_in_one_object(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["designs", str(EXAMPLE), *QUICK, "--budget", "1000", "--json"])
    told = json.loads(capsys.readouterr().out)

    assert code == 0
    assert [design["code"] for design in told["designs"]] == [
        "nothing", "bag", "stirrer", "store", "bag+stirrer", "bag+store",
    ]  # fmt: skip
    assert set(told["designs"][0]["outcomes"]) == set(MEASURES) == set(told["units"])
    assert set(told["front"]) <= {design["code"] for design in told["designs"]}
    assert all(factor["source"] and factor["edition"] for factor in told["factors"])


def test_text_tells_each_quantity_and_the_difference(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["designs", str(folder), *QUICK])
    lines = capsys.readouterr().out.splitlines()
    cooking = lines[lines.index("Cooking on one burner [min/d]") + 1 :][:2]

    assert code == 0
    assert lines[0].startswith("2 designs over 10 drawn years")
    assert "A gas bag (cost 350, +0.2 h a week)" in lines[2]
    assert cooking[0].startswith("* nothing")
    assert "  +" in cooking[1]


def test_single_files_say_the_same_as_their_folder(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = [folder / "plant.toml", folder / "feed.csv", folder / "options" / "bag.toml"]
    main(["designs", str(folder), *QUICK, "--json"])
    one = capsys.readouterr().out
    main(["designs", *map(str, files), *QUICK, "--json"])

    assert capsys.readouterr().out == one


def test_the_regimes_of_a_bundle_are_compared(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "regimes.toml").write_text("temperatures_c = [30, 37]\nloadings = [1]\nstove_shares = [0.5]")
    code = main(["designs", str(folder), *QUICK, "--regimes", "bag", "--json", "--draws"])
    told = json.loads(capsys.readouterr().out)

    assert code == 0
    assert [design["code"] for design in told["designs"]] == ["as-set", "30C-100-all-50", "37C-100-all-50"]
    assert len(told["designs"][1]["draws"]["gas_m3_d"]) == 10


def test_every_core_says_what_one_says(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["designs", str(folder), *QUICK, "--json"])
    one = capsys.readouterr().out
    main(["designs", str(folder), *QUICK, "--json", "--engine", "processes:2"])

    assert capsys.readouterr().out == one


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("plant.toml", None, "plant.toml is missing"),
        ("feed.csv", None, "feed.csv is missing"),
        ("plant.toml", "liquid_m3 = 1", "plant.toml: The plant lacks"),
        ("feed.csv", "day,gold\n2026-01-01,1\n", "unknown feedstock 'gold'"),
        ("options/bag.toml", 'name = "Bag"\nneeds = ["pump"]', "names pump, and there is no such option"),
        ("site.toml", "budget = -1", "budget must be zero or more"),
        ("ambient.csv", "day,temperature_c\n2026-01-01,3", "The weather needs 365 days"),
    ],
)
def test_bad_input_is_one_sentence(
    folder: Path, capsys: pytest.CaptureFixture[str], name: str, text: str | None, words: str
) -> None:
    path = folder / name
    path.unlink() if text is None else path.write_text(text)
    code = main(["designs", str(folder), *QUICK])
    said = capsys.readouterr()

    assert code == 1
    assert said.out == ""
    assert words in said.err
    assert said.err.count("\n") == 1


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (["--members", "3"], "members must be 10 to 2000"),
        (["--seed", "-1"], "seed must be zero or more"),
        (["--budget", "lots"], "--budget must be a number"),
        (["--budget", "NaN"], "budget must be zero or more"),
        (["--regimes", "pump"], "holds exactly pump"),
        (["--engine", "steam"], "steam"),
    ],
)
def test_bad_options_are_one_sentence(
    folder: Path, capsys: pytest.CaptureFixture[str], more: list[str], words: str
) -> None:
    code = main(["designs", str(folder), *QUICK, *more])

    assert code == 1
    assert words in capsys.readouterr().err


def test_a_file_of_no_known_kind_is_named(folder: Path) -> None:
    with pytest.raises(BadInput, match=r"notes.txt is no .toml file"):
        read_community([folder, folder / "notes.txt"])


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(
        ["plant.toml", "site.toml", "feed.csv", "ambient.csv", "regimes.toml", "options/bag.toml"]
    ),
    st.binary(max_size=200),
)
def test_any_bytes_are_read_or_refused_in_a_sentence(folder: Path, name: str, content: bytes) -> None:
    kept = (folder / name).read_bytes() if (folder / name).exists() else None
    (folder / name).write_bytes(content)
    try:
        said = str(read_community([folder]).plant.name)
    except BadInput as error:
        said = str(error)
    finally:
        (folder / name).unlink() if kept is None else (folder / name).write_bytes(kept)

    assert said
