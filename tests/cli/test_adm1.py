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


@pytest.mark.parametrize("mode", ["steady", "run"])
def test_help_ends_with_an_example_that_works(
    mode: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(SystemExit):
        main(["adm1", mode, "--help"])
    example = capsys.readouterr().out.partition("example: harmonia ")[2].split()
    written(tmp_path, NUMBERS)
    monkeypatch.chdir(tmp_path)

    assert main(example) == 0


@pytest.mark.parametrize("unit", ["g COD/m3", "mg/l", "mol/m3", "m3/h", "g/m³"])
def test_a_unit_of_another_scale_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], unit: str
) -> None:
    path = tmp_path / "influent.csv"
    path.write_text(f"state,value,unit\nS_su,1,{unit}\nQ,170,m3/d\n")
    code = main(["adm1", "steady", "--influent", str(path)])

    assert code == 1
    assert "kg COD/m3" in capsys.readouterr().err


def test_a_state_given_twice_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "influent.csv"
    path.write_text("state,value\nS_su,1\nS_su,2\nQ,170\n")
    code = main(["adm1", "steady", "--influent", str(path)])

    assert code == 1
    assert "'S_su' twice" in capsys.readouterr().err


def test_a_digester_that_washes_out_is_a_result(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, NUMBERS | {"Q": 6800.0})
    code = main(["adm1", "run", "--influent", str(path), "--days", "60", "--json"])
    printed = json.loads(capsys.readouterr().out)

    assert code == 0
    assert printed["status"].startswith("washed out: methanogens lost on day ")


@pytest.mark.parametrize("days", ["nan", "inf", "0", "1e9", "ten"])
def test_days_that_are_no_span_are_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], days: str
) -> None:
    path = written(tmp_path, NUMBERS)
    try:
        code = main(["adm1", "run", "--influent", str(path), "--days", days])
    except SystemExit as refused:
        code = int(str(refused.code))
    complaint = capsys.readouterr().err

    assert code in (1, 2)
    assert "--days" in complaint
    assert "Traceback" not in complaint


WHOLE = "state,value,unit\n" + "".join(f"{name},{value},-\n" for name, value in NUMBERS.items())


@st.composite
def broken(draw: st.DrawFn) -> str:
    """Return a good file after a few accidents: text lost, doubled, put in, or cut off."""
    text = WHOLE
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + 40)))
        put = draw(
            st.sampled_from(
                ["", ",", '"', "\n", ";", "-", "e99", "1e400", "\0", "\ufeff", text[start:end] * 2]
            )
        )
        text = text[:start] + put + text[end:]
    return text


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(broken(), st.sampled_from([["steady"], ["run", "--days", "30"]]))
def test_a_broken_file_gives_one_object_or_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, mode: list[str]
) -> None:
    path = tmp_path / "influent.csv"
    path.write_text(text, "utf-8")
    code = main(["adm1", *mode, "--influent", str(path), "--json"])
    printed = capsys.readouterr()

    assert code in (0, 1)
    if printed.out:
        assert set(json.loads(printed.out)) == {"states", "ph", "q_gas_m3_d", "cpu_ms", "status"}
        assert printed.err == ""
    else:
        assert code == 1
        assert printed.err.startswith("harmonia adm1: ")
        assert printed.err.count("\n") == 1


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
