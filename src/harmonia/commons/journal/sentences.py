"""What science says, in the language of whoever reads it: at once, or from what a row kept of it.

Science keeps template and values apart (`science.sentences`); here the template is translated and filled again.
"""

from collections.abc import Mapping
from math import isfinite
from typing import Any

from django.utils.translation import gettext

from harmonia.science.sentences import Sentence, SentenceError

Kept = dict[str, Any]
"""A sentence as JSON: its template, and its values by name."""


def in_words(said: str | BaseException) -> str:
    """Return what a sentence or an error of science says in the language of now; any other text as it is."""
    sentence = said.sentence if isinstance(said, SentenceError) else said
    if not isinstance(sentence, Sentence):
        return str(sentence)
    values = {name: in_words(v) if isinstance(v, Sentence) else v for name, v in sentence.values.items()}
    text = gettext(sentence.template)
    return text % values if values else text


def kept(said: str | BaseException) -> Kept:
    """Return what a sentence or an error says as JSON, for `shown`; of a refusal what science said before it."""
    sentence = said if isinstance(said, str) else _first_said(said)
    return _as_json(sentence) if isinstance(sentence, Sentence) and _is_plain(sentence) else {}


def shown(found: Kept, otherwise: str) -> str:
    """Return what was kept in the language of now; `otherwise` is the sentence as it was said then."""
    if found:
        return in_words(_from_json(found))
    # Rows without a template may hold a sentence that the catalogue knows whole.
    return gettext(otherwise) if otherwise else ""


def _first_said(error: BaseException | None) -> Sentence | None:
    while error is not None and not isinstance(error, SentenceError):
        error = error.__cause__
    return error.sentence if error is not None else None


def _is_plain(value: object) -> bool:
    """Return whether JSON gives a value back as it was; PostgreSQL knows no NaN."""
    if isinstance(value, Sentence):
        return all(_is_plain(one) for one in value.values.values())
    return isinstance(value, str | int) or (isinstance(value, float) and isfinite(value))


def _as_json(sentence: Sentence) -> Kept:
    values = {n: _as_json(v) if isinstance(v, Sentence) else v for n, v in sentence.values.items()}
    return {"template": sentence.template, "values": values}


def _from_json(found: Mapping[str, Any]) -> Sentence:
    values = {n: _from_json(v) if isinstance(v, dict) else v for n, v in found["values"].items()}
    return Sentence(found["template"], **values)
