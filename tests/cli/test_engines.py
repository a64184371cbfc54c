import argparse
import sys

import pytest

from harmonia.cli.engines import add_engine, engine_of, progress_bar
from harmonia.cli.errors import BadInput


def chosen(*words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    add_engine(parser)
    return parser.parse_args(words)


def test_the_engine_is_serial_unless_named() -> None:
    assert chosen().engine == "serial"


def test_a_cluster_is_an_engine_by_its_address() -> None:
    assert chosen("--cluster", "10.0.0.2:8786").engine == chosen("--engine", "10.0.0.2:8786").engine


def test_the_chosen_engine_runs_the_cases() -> None:
    with engine_of(chosen("--engine", "serial")) as executor:
        assert executor.map(abs, [-2, 3]) == [2, 3]


def test_an_unknown_engine_becomes_a_sentence() -> None:
    with pytest.raises(BadInput, match="serial, processes"), engine_of(chosen("--engine", "warp")):
        pass


def test_a_refusal_inside_the_work_keeps_its_own_sentence() -> None:
    with pytest.raises(BadInput, match=r"^mine$"), engine_of(chosen()):
        raise BadInput("mine")


def test_nobody_at_a_terminal_means_no_bar() -> None:
    assert progress_bar("digesters") is None


def test_a_bar_grows_on_stderr_and_ends_its_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    bar = progress_bar("digesters")
    assert bar is not None
    bar(1, 3)
    half = capsys.readouterr()
    bar(3, 3)
    full = capsys.readouterr()

    assert half.out == full.out == ""
    assert "1 of 3" in half.err
    assert not half.err.endswith("\n")
    assert full.err.endswith("3 of 3\n")
