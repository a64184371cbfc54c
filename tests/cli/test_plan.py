import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harmonia.cli.errors import BadInput
from harmonia.cli.main import main
from harmonia.cli.plan_tables import read_supplies

EXAMPLE = Path(__file__).parents[2] / "examples" / "plan"
PLANT = str(EXAMPLE / "plant.toml")
FILES = [PLANT, "--stock", str(EXAMPLE / "stock.csv"), "--promises", str(EXAMPLE / "promises.csv")]


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_the_example_is_planned_in_one_object(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["plan", *FILES, "--json"])
    told = json.loads(capsys.readouterr().out)

    assert code == 0
    assert told["status"] == "ok"
    assert set(told["feed_kg_d"]) == {"bread", "coffee_grounds", "food_waste", "grass", "leaves"}
    assert all(len(days) == 14 for days in told["feed_kg_d"].values())
    assert told["limits"]["loading_kg_vs_m3_d"] == 2.0


def test_the_table_has_a_line_a_day_and_ends_with_the_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    main(["plan", *FILES, "--days", "7", "--closed", "6,7"])
    lines = capsys.readouterr().out.splitlines()

    assert len(lines) == 9
    assert lines[6].split()[1:6] == ["0"] * 5
    assert lines[-1].startswith("Everything fits: ")


def test_limits_and_past_feed_are_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    days = "\n".join(f"2026-10-{day:02d},12,1" for day in range(1, 29))
    fed = written(tmp_path, "fed.csv", f"day,food_waste,leaves\n{days}\n")
    code = main(
        [
            "plan",
            *FILES,
            "--fed",
            str(fed),
            "--loading",
            "0.9",
            "--burn-off",
            "--share",
            "bread=0.1",
            "--json",
        ]
    )
    told = json.loads(capsys.readouterr().out)

    assert code == 0
    assert told["status"] == "not everything fits"
    assert "where the plant's limit is 0.9" in told["sentence"]
    assert max(told["loading_kg_vs_m3_d"]) <= 0.9


def test_promises_are_spread_over_their_days(tmp_path: Path) -> None:
    promises = written(
        tmp_path,
        "p.csv",
        "feedstock,kg_week,first_day,last_day,day,kg\nbread,7,2,3,,\nbread,,,,3,2\nbread,,,,9,5\n",
    )
    (bread,) = read_supplies(None, promises, days=4)

    assert bread.arrivals_kg == (0.0, 1.0, 3.0, 0.0)


def test_the_shortest_shelf_life_counts(tmp_path: Path) -> None:
    stock = written(tmp_path, "s.csv", "feedstock,kg,shelf_life_d\nbread,2,5\nbread,1,3\n")
    (bread,) = read_supplies(stock, None, days=2)

    assert (bread.stock_kg, bread.shelf_life_d) == (3.0, 3.0)


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("stock", "feedstock\nbread\n", "needs the column kg"),
        ("stock", "feedstock,kg\nbread,lots\n", "must be a number of kg"),
        ("stock", "feedstock,kg\nbread,-1\n", "must be a number of kg"),
        ("stock", "feedstock,kg\nbread,nan\n", "must be a number of kg"),
        ("stock", "feedstock,kg\nbread,1,2\n", "more cells than headings"),
        ("stock", "feedstock,kg,shelf_life_d\nbread,1,0\n", "one day or more"),
        ("stock", "feedstock,kg\nmoon_dust,1\n", "unknown feedstock 'moon_dust'"),
        ("promises", "feedstock\nbread\n", "neither kg_week nor a day"),
        ("promises", "feedstock,day,kg\nbread,0,1\n", "a whole number from 1"),
        ("promises", "feedstock,kg_week,first_day,last_day\nbread,1,5,2\n", "a whole number from 5"),
    ],
)
def test_a_table_that_cannot_be_used_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, text: str, sentence: str
) -> None:
    path = written(tmp_path, "table.csv", text)
    code = main(["plan", PLANT, f"--{name}", str(path)])
    told = capsys.readouterr().err

    assert code == 1
    assert sentence in told
    assert told.count("\n") == 1


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["--days", "0"],
        ["--closed", "tomorrow"],
        ["--closed", "15"],
        ["--share", "fog"],
        ["--share", "fog=2"],
        ["--loading", "-1"],
        ["--loading", "nan"],
    ],
)
def test_an_option_that_makes_no_sense_is_one_sentence(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["plan", *(FILES if words else [PLANT]), *words])
    told = capsys.readouterr().err

    assert code == 1
    assert told.startswith("harmonia plan: ")
    assert told.count("\n") == 1


@pytest.mark.parametrize("missing", ["--stock", "--promises", "--fed"])
def test_a_missing_file_is_one_sentence(missing: str, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["plan", *FILES, missing, "nowhere.csv"])

    assert code == 1
    assert "nowhere.csv cannot be read" in capsys.readouterr().err


def test_a_plant_without_a_digester_is_told_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plant = written(tmp_path, "bays.toml", 'name = "Bays"\n[composting]\n')
    code = main(["plan", str(plant), *FILES[1:]])

    assert code == 1
    assert "has no digester" in capsys.readouterr().err


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(
        st.binary(max_size=200), st.text('feedstock,kgwday_1"\n\r;bread.-e9 ', max_size=200).map(str.encode)
    )
)
def test_any_bytes_as_a_table_are_read_or_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "any.csv"
    path.write_bytes(content)
    for stock, promises in ((path, None), (None, path)):
        try:
            read_supplies(stock, promises, days=3)
        except BadInput as error:
            assert "\n" not in str(error)  # noqa: PT017 - either outcome is right
