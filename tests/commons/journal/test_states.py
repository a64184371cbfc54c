"""Lifecycles are checked when they are declared, and at every step."""

import pytest

from harmonia.commons.journal.states import StateError, StateGraph


def test_a_step_that_the_graph_has_is_allowed() -> None:
    graph = StateGraph("lamp", "off", {"off": ("on",), "on": ("off",)})
    graph.check("off", "on")

    assert graph.choices() == [("off", "off"), ("on", "on")]


def test_a_step_that_the_graph_lacks_names_both_states() -> None:
    graph = StateGraph("lamp", "off", {"off": ("on",), "on": ()})

    with pytest.raises(StateError, match="'on' to 'off'"):
        graph.check("on", "off")


@pytest.mark.parametrize(
    ("steps", "sentence"),
    [({"off": ("on",)}, "not a declared state"), ({"off": (), "on": ()}, "no way leads to on")],
)
def test_a_graph_that_cannot_be_walked_is_refused_at_import(
    steps: dict[str, tuple[str, ...]], sentence: str
) -> None:
    with pytest.raises(ValueError, match=sentence):
        StateGraph("lamp", "off", steps)
