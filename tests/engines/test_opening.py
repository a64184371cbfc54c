import socket

import pytest

from harmonia.engines import ClusterUnreachable, UnknownEngine, open_executor
from harmonia.engines.processes import ProcessExecutor
from harmonia.science.executor import SerialExecutor
from tests.engines import cases


def test_serial_needs_nothing() -> None:
    with open_executor() as executor:
        assert isinstance(executor, SerialExecutor)


def test_a_number_of_processes_can_be_named() -> None:
    with open_executor("processes:3") as executor:
        assert isinstance(executor, ProcessExecutor)
        assert executor.workers == 3


@pytest.mark.parametrize(
    "spec", ["", "fast", "processes:", "processes:0", "processes:-1", "processes:²", "host:", ":1"]
)
def test_what_is_no_engine_is_refused_with_the_names_of_those_there_are(spec: str) -> None:
    with pytest.raises(UnknownEngine, match="processes"), open_executor(spec):
        pass


def test_an_address_where_nobody_answers_is_told_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr("harmonia.engines.cluster._CONNECT_S", 1)
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{unused.getsockname()[1]}"
        with pytest.raises(ClusterUnreachable, match=address), open_executor(address):
            pass


def test_a_function_that_cannot_travel_is_an_error_before_any_work() -> None:
    with (
        ProcessExecutor(1, cases.nothing) as executor,
        pytest.raises((AttributeError, TypeError, ValueError)),
    ):
        executor.map(lambda number: number, [1])
