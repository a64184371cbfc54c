"""The model's own sentences about what holds microbes back are read in the reader's language."""

import pytest
from django.utils import translation

from harmonia.commons.nexus.inhibition_words import _causes, _groups, held_back_in_words
from harmonia.science.metabolism.inhibition import CAUSES, GROUPS, Inhibition


@pytest.mark.parametrize("cause", CAUSES)
def test_every_cause_of_the_model_has_words(cause: str) -> None:
    sentence = Inhibition(cause, "acetate users", 0.41).sentence

    assert cause in _causes()
    assert held_back_in_words([sentence]) == [sentence]


def test_every_group_told_of_has_words() -> None:
    assert set(_groups()) <= set(GROUPS)


def test_a_sentence_is_read_in_spanish() -> None:
    with translation.override("es"):
        told = held_back_in_words([Inhibition("free ammonia", "acetate users", 0.41).sentence])

    assert "41" in told[0]
    assert "holds" not in told[0]


def test_the_name_of_a_digester_stays_before_its_sentence() -> None:
    with translation.override("es"):
        told = held_back_in_words(
            [
                "second: free ammonia holds acetate users at 41 %",
                "second: Trace elements: the digester has 7 % of what it needs, which is much.",
            ]
        )

    assert all(sentence.startswith("second: ") for sentence in told)
    assert not any("holds" in sentence or "needs" in sentence for sentence in told)


def test_a_sentence_nobody_knows_stays_as_it_is() -> None:
    assert held_back_in_words(["The moon is full."]) == ["The moon is full."]
