"""A sentence is English text that still knows its template and its values, in this process and in others."""

import json
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonia.science.metabolism.feedstocks import FeedstockError, feedstock
from harmonia.science.metabolism.plant_parts import PlantError
from harmonia.science.sentences import Sentence, SentenceError

TWICE = Sentence("Day %(day)d was read %(times)s.", day=3, times=Sentence("twice"))


def test_a_sentence_is_its_english_text() -> None:
    assert TWICE == "Day 3 was read twice."
    assert json.dumps([TWICE]) == '["Day 3 was read twice."]'


def test_a_sentence_keeps_its_template_and_values_apart() -> None:
    assert TWICE.template == "Day %(day)d was read %(times)s."
    assert TWICE.values == {"day": 3, "times": "twice"}


def test_a_template_without_values_is_taken_as_it_is() -> None:
    assert Sentence("100 % of %(it)s") == "100 % of %(it)s"


@given(st.text(), st.integers())
def test_a_copy_in_another_process_is_the_same_sentence(name: str, day: int) -> None:
    said = Sentence("%(name)s: day %(day)d.", name=name, day=day)
    copy = pickle.loads(pickle.dumps(said))

    assert (copy, copy.template, copy.values) == (said, said.template, said.values)


def test_an_error_says_the_sentence_that_it_holds() -> None:
    error = SentenceError("Day %(day)d was read twice.", day=3)

    assert str(error) == error.sentence == "Day 3 was read twice."
    assert SentenceError(error.sentence).sentence.values == {"day": 3}


@pytest.mark.parametrize("kind", [PlantError, FeedstockError])
def test_an_error_from_another_process_keeps_its_template(kind: type[SentenceError]) -> None:
    error = pickle.loads(pickle.dumps(kind("Day %(day)d was read twice.", day=3)))

    assert (str(error), error.sentence.values) == ("Day 3 was read twice.", {"day": 3})
    assert error.sentence.template == "Day %(day)d was read twice."


def test_an_error_is_still_what_python_calls_it() -> None:
    with pytest.raises(KeyError) as raised:
        feedstock("moonlight")

    assert isinstance(raised.value, FeedstockError)
    assert str(raised.value).startswith("unknown feedstock 'moonlight'; there are ")
