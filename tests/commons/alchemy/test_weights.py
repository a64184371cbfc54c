"""Weights as people say them."""

import pytest
from django.utils import translation

from harmonia.commons.alchemy.weights import exact, said


@pytest.mark.parametrize(
    ("grams", "words"),
    [
        (1, "1 g"),
        (999, "999 g"),
        (1000, "1 kg"),
        (3204, "3.2 kg"),
        (3960, "4 kg"),
        (82_310, "82.3 kg"),
        (1_234_567, "1,235 kg"),
    ],
)
def test_a_weight_is_rounded_to_what_matters(grams: int, words: str) -> None:
    assert said(grams).replace("\N{NO-BREAK SPACE}", " ") == words


@pytest.mark.parametrize(
    ("grams", "words"), [(3204, "3.204 kg"), (10_000, "10 kg"), (7, "7 g"), (12_345_678, "12,345.678 kg")]
)
def test_an_exact_weight_hides_no_gram(grams: int, words: str) -> None:
    assert exact(grams).replace("\N{NO-BREAK SPACE}", " ") == words


def test_weights_use_the_figures_of_the_language() -> None:
    with translation.override("es"):
        assert said(3204).replace("\N{NO-BREAK SPACE}", " ") == "3,2 kg"
