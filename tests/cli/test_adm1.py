import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harmonia.cli.main import main
from tests.science.metabolism import published

NUMBERS = published.R1_INFLUENT | {"Q": published.R1_FLOW_M3_D, "T": published.R1_TEMPERATURE_C}


def written(folder: Path, numbers: Mapping[str, float | str]) -> Path:
    path = folder / "influent.csv"
    path.write_text("state,value,unit\n" + "".join(f"{name},{value},-\n" for name, value in numbers.items()))
    return path


def test_steady_prints_one_object_with_the_published_state(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["adm1", "steady", "--influent", str(written(tmp_path, NUMBERS)), "--json"])
    printed = json.loads(capsys.readouterr().out)

    assert code == 0
    assert {"states", "ph", "q_gas_m3_d", "cpu_ms", "status"} == set(printed)
    assert published.R1_STATES["S_ac"] == pytest.approx(printed["states"]["S_ac"], rel=1e-6)
    assert published.R1_IONS["S_va_ion"] == pytest.approx(printed["states"]["S_va_ion"], rel=1e-6)


def test_run_reads_the_influents_own_flow(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gas = []
    for flow in (170.0, 85.0):
        path = written(tmp_path, NUMBERS | {"Q": flow})
        main(["adm1", "run", "--influent", str(path), "--days", "50", "--json"])
        gas.append(json.loads(capsys.readouterr().out)["q_gas_m3_d"])

    assert gas[1] < 0.7 * gas[0]


def test_without_json_the_last_line_says_how_it_ended(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["adm1", "run", "--influent", str(written(tmp_path, NUMBERS)), "--days", "1"])

    assert capsys.readouterr().out.splitlines()[-1] == "ok"


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ({"S_su": 0.1}, "no flow"),
        ({"S_su": -0.1, "Q": 170}, "below zero"),
        ({"S_sugar": 0.1, "Q": 170}, "no state of the model"),
        ({"S_su": "much", "Q": 170}, "not a number"),
        ({"S_su": "nan", "Q": 170}, "not a number"),
        ({"S_su": 0.1, "Q": 170, "T": 308.15}, "temperature"),
    ],
)
def test_a_bad_influent_is_one_clear_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], numbers: dict[str, float | str], words: str
) -> None:
    code = main(["adm1", "steady", "--influent", str(written(tmp_path, numbers))])
    complaint = capsys.readouterr().err

    assert code == 1
    assert words in complaint
    assert complaint.count("\n") == 1


def test_a_missing_file_and_other_tables_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "other.csv"
    other.write_text("a,b\n1,2\n")

    assert main(["adm1", "steady", "--influent", str(tmp_path / "none.csv")]) == 1
    assert main(["adm1", "steady", "--influent", str(other)]) == 1
    assert "state and value" in capsys.readouterr().err


def test_days_must_be_positive(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["adm1", "run", "--influent", str(written(tmp_path, NUMBERS)), "--days", "-3"])

    assert code == 1
    assert "--days" in capsys.readouterr().err


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(
        st.binary(max_size=200),
        st.dictionaries(
            st.sampled_from([*NUMBERS, "gold"]),
            st.floats() | st.floats(0, 50) | st.text(max_size=4),
            max_size=8,
        ),
    )
)
def test_no_file_whatever_is_in_it_makes_it_crash(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes | dict[str, float | str]
) -> None:
    path = tmp_path / "influent.csv"
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        path.write_text(
            "state,value\n" + "\n".join(f"{name},{value}" for name, value in content.items()), "utf-8"
        )
    code = main(["adm1", "run", "--influent", str(path), "--days", "3", "--json"])
    printed = capsys.readouterr()

    assert code in (0, 1)
    assert bool(printed.err) != bool(printed.out)
    assert "NaN" not in printed.out
