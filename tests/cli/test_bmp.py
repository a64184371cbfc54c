import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harmonia.cli.main import main

SETUP = "id,substrate,m.inoc,m.sub.vs\n" + "".join(
    f"{name}{i},{substrate},8,{grams}\n"
    for name, substrate, grams in (("b", "blank", 0), ("c", "Cellulose", 4), ("f", "Food", 4))
    for i in range(3)
)


def volumes(extra: str = "", values: str = "", step: float = 1.0, heading: str = "time.d") -> str:
    lines = [f"id,{heading},vol{extra}"]
    for name, potential in (("b", 0), ("c", 370), ("f", 450)):
        for i in range(3):
            made = [80 + 4 * potential * (1 - 0.7**day) for day in range(31)]
            lines += [f"{name}{i},{step * day},{made[day]}{values}" for day in range(31)]
    return "\n".join(lines)


def evaluated(
    folder: Path, capsys: pytest.CaptureFixture[str], table: str, setup: str = SETUP
) -> dict[tuple[str, str], float]:
    assert main([*paths(folder, table, setup), "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert set(printed) == {"results", "valid", "reasons"}
    return {(r["substrate"], r["stop"]): r["mean"] for r in printed["results"]}


def paths(folder: Path, table: str, setup: str = SETUP) -> list[str]:
    (folder / "setup.csv").write_text(setup)
    (folder / "volumes.csv").write_text(table)
    return ["bmp", "--setup", str(folder / "setup.csv"), "--volumes", str(folder / "volumes.csv")]


def test_volumes_without_conditions_are_standard_methane(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    means = evaluated(tmp_path, capsys, volumes())

    assert means["Food", "end"] == pytest.approx(450, rel=1e-3)
    assert means["Cellulose", "end"] == pytest.approx(370, rel=1e-3)


def test_hours_and_days_mean_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    days = evaluated(tmp_path, capsys, volumes())
    hours = evaluated(tmp_path, capsys, volumes(step=24.0, heading="time.h"))

    assert hours == days


def test_the_other_headings_are_read_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = SETUP.replace("id,substrate,", "id,descrip,")

    assert evaluated(tmp_path, capsys, volumes().replace("vol", "vol.mL"), other) == evaluated(
        tmp_path, capsys, volumes()
    )


def test_temperature_and_pressure_make_wet_gas_standard(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dry = evaluated(tmp_path, capsys, volumes())
    wet = evaluated(tmp_path, capsys, volumes(",temp,pres", ",20,101.325"))

    assert wet["Food", "end"] == pytest.approx(0.910204 * dry["Food", "end"], rel=1e-5)


def test_a_composition_takes_the_methane_only(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pure = evaluated(tmp_path, capsys, volumes())
    mixed = evaluated(tmp_path, capsys, volumes(",xCH4", ",0.6"))

    assert mixed["Food", "end"] == pytest.approx(0.6 * pure["Food", "end"])


def test_a_wide_table_is_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    long = volumes().splitlines()[1:]
    names = list(dict.fromkeys(line.split(",")[0] for line in long))
    cells = {(line.split(",")[0], line.split(",")[1]): line.split(",")[2] for line in long}
    days = list(dict.fromkeys(line.split(",")[1] for line in long))
    wide = "\n".join(
        [
            ",".join(["time.d", *names]),
            *(",".join([day, *(cells[name, day] for name in names)]) for day in days),
        ]
    )

    assert evaluated(tmp_path, capsys, wide) == evaluated(tmp_path, capsys, volumes())


def test_text_ends_with_the_verdict(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(paths(tmp_path, volumes()))

    assert "The trial is valid." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("setup", "table", "words"),
    [
        ("", volumes(), "no rows"),
        (SETUP.replace("m.inoc", "slurry"), volumes(), "no column for inoculum"),
        (SETUP + "x,Food,8,4\n", volumes(), "no readings of bottle 'x'"),
        (SETUP.replace("b0,blank,8", "b0,blank,much"), volumes(), "not a number"),
        (SETUP, volumes().replace("vol", "gas"), "no column for volume"),
        (SETUP, volumes(",xCH4", ",60"), "methane share"),
        (SETUP, volumes(",temp,pres", ",20,0"), "pressure"),
        (SETUP.replace("blank,8,0", "blank,8,1"), volumes(), "needs blanks"),
    ],
)
def test_tables_that_cannot_be_used_are_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], setup: str, table: str, words: str
) -> None:
    code = main(paths(tmp_path, table, setup))
    complaint = capsys.readouterr().err

    assert code == 1
    assert words in complaint
    assert complaint.count("\n") == 1


@pytest.mark.reference
@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (
            "bmp_food_waste_tum/TMP_food_waste",
            {
                ("Food waste", "end"): 464.0403,
                ("Cellulose", "end"): 381.4033,
                ("Food waste", "1pct"): 461.6715,
                ("Cellulose", "1pct"): 380.5405,
            },
        ),
        (
            "bmp_dbfz_feed/DBFZ_feed",
            {("CEL", "1pct"): 360.9241, ("SC", "1pct"): 469.9676, ("SD", "1pct"): 277.6976},
        ),
    ],
)
def test_real_trials_equal_the_r_package(
    reference: Path, capsys: pytest.CaptureFixture[str], files: str, expected: dict[tuple[str, str], float]
) -> None:
    setup, table = reference / f"{files}_setup.csv", reference / f"{files}_vol.csv"
    main(["bmp", "--setup", str(setup), "--volumes", str(table), "--json"])
    printed = json.loads(capsys.readouterr().out)
    means = {(r["substrate"], r["stop"]): r["mean"] for r in printed["results"]}

    assert {key: means[key] for key in expected} == pytest.approx(expected, rel=1e-5)
    assert printed["valid"] is True


@pytest.mark.reference
def test_the_spread_equals_the_r_package(reference: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = reference / "bmp_food_waste_tum"
    setup, table = folder / "TMP_food_waste_setup.csv", folder / "TMP_food_waste_vol.csv"
    main(["bmp", "--setup", str(setup), "--volumes", str(table), "--json"])
    results = json.loads(capsys.readouterr().out)["results"]
    spread = {r["substrate"]: r["sd"] for r in results if r["stop"] == "end"}

    assert spread == pytest.approx({"Cellulose": 8.331617, "Food waste": 18.738072}, rel=1e-3)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(["setup.csv", "volumes.csv"]),
    st.integers(0, 200),
    st.text(max_size=6) | st.floats().map(str),
)
def test_no_damaged_table_makes_it_crash(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, place: int, damage: str
) -> None:
    command = paths(tmp_path, volumes())
    words = (tmp_path / name).read_text().split(",")
    words[place % len(words)] = damage
    (tmp_path / name).write_text(",".join(words), "utf-8")
    code = main([*command, "--json"])
    printed = capsys.readouterr()

    assert code in (0, 1)
    assert bool(printed.err) != bool(printed.out)
    assert "NaN" not in printed.out
