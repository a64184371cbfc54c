"""What science says is shown in the language of whoever reads it, at once or from what a row kept."""

import json
import math

import pytest
from django.utils import translation

from harmonia.commons.journal.sentences import in_words, kept, shown
from harmonia.science.metabolism import PlantEdit, PlantError, apply_edits, single_digester
from harmonia.science.sentences import Sentence, SentenceError

pytestmark = pytest.mark.usefixtures("spanish")
TOO_WARM = "digester.first.temperature_c must be between 12 and 45 degC, not 99"
DEMASIADO = "digester.first.temperature_c tiene que estar entre 12 y 45 degC, no 99"


class RefusedError(Exception):
    """As the commons refuse."""


def too_warm() -> PlantError:
    with pytest.raises(PlantError) as raised:
        apply_edits(single_digester("Commons", 8.0, 1.5, 35.0), [PlantEdit("temperature_c", "set", 99)])
    return raised.value


def test_an_error_of_science_is_said_in_the_language_of_now() -> None:
    error = too_warm()
    with translation.override("es"):
        said = in_words(error)

    assert (in_words(error), said) == (f"{TOO_WARM}.", f"{DEMASIADO}.")


def test_a_value_that_is_a_sentence_is_translated_too() -> None:
    with translation.override("es"):
        said = in_words(Sentence("%(what)s lacks %(missing)s.", what=Sentence("The plant"), missing="name"))

    assert said == "La planta: falta name."


def test_other_texts_and_errors_stay_as_they_are() -> None:
    with translation.override("es"):
        assert in_words("The moon is full.") == "The moon is full."
        assert in_words(RefusedError("The moon is full.")) == "The moon is full."


def test_what_is_kept_as_json_is_shown_in_the_language_of_later() -> None:
    found = json.loads(json.dumps(kept(too_warm())))
    with translation.override("es"):
        said = shown(found, "never shown")

    assert (shown(found, ""), said) == (f"{TOO_WARM}.", f"{DEMASIADO}.")


def test_of_a_refusal_that_is_kept_what_science_said_before_it() -> None:
    refusal = RefusedError("The plant lacks name. Nothing was changed.")
    refusal.__cause__ = SentenceError("The plant lacks %(missing)s.", missing="name")

    assert kept(refusal) == {"template": "The plant lacks %(missing)s.", "values": {"missing": "name"}}


def test_an_inner_sentence_survives_being_kept() -> None:
    said = Sentence(
        "%(what)s lacks %(missing)s.", what=Sentence("Digester %(name)r", name="one"), missing="x"
    )

    with translation.override("es"):
        assert shown(json.loads(json.dumps(kept(said))), "") == "Digestor 'one': falta x."


def test_what_json_cannot_give_back_is_shown_as_it_was_said() -> None:
    said = Sentence("The gas is %(value)r.", value=math.nan)

    assert kept(said) == {}
    assert shown(kept(said), str(said)) == "The gas is nan."


def test_a_row_without_a_template_is_shown_whole_where_the_catalogue_knows_it() -> None:
    with translation.override("es"):
        assert shown({}, "A load is a number above zero.") == "Una carga es un número mayor que cero."
        assert shown({}, "The moon is full.") == "The moon is full."
        assert shown({}, "") == ""
