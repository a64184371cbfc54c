"""Every action does to the books what the ValueFlows 1.0 table says it does to what is on hand."""

import json
from pathlib import Path
from typing import Any

import pytest

from harmonia.commons.journal.models import Event
from harmonia.commons.ledger import actions, queries, valueflows
from harmonia.commons.ledger.actions import Posting, Refused
from harmonia.commons.ledger.models import Action, Holder, Movement, Substance

pytestmark = pytest.mark.django_db

SIGNS = {"decrement": {-1}, "increment": {1}, "incrementTo": {1}, "decrementIncrement": {-1, 1}}


@pytest.fixture(scope="module")
def table(reference: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((reference / "fed/valueflows/actions.json").read_text("utf-8"))
    return found


@pytest.mark.reference
def test_our_table_is_the_published_one(table: dict[str, Any]) -> None:
    published = {name: SIGNS.get(row["onhandEffect"], set()) for name, row in table.items()}

    assert published == {str(action): signs for action, signs in valueflows.ONHAND.items()}


@pytest.fixture
def stocked(gate: Holder, scraps: Substance) -> Holder:
    home = actions.open_household("home")
    postings = [Posting(home, scraps, -5000), Posting(gate, scraps, 5000)]
    actions.book(Action.DROPOFF, postings, recorder=None)
    return gate


@pytest.mark.reference
def test_each_action_changes_what_is_on_hand_as_published(
    table: dict[str, Any], stocked: Holder, scraps: Substance
) -> None:
    outside, wrong = queries.holder("neighbours"), {}
    for name, row in table.items():
        expected = SIGNS.get(row["onhandEffect"], set())
        found = {sign for sign in (-1, 1) if _happens(Action(name), stocked, outside, scraps, sign)}
        if found != expected:
            wrong[name] = (found, expected)

    assert wrong == {}


def _happens(action: Action, inside: Holder, outside: Holder, substance: Substance, sign: int) -> bool:
    before = queries.grams_of(inside, substance)
    postings = [Posting(inside, substance, sign * 10), Posting(outside, substance, -sign * 10)]
    try:
        actions.book(action, postings, recorder=None)
    except Refused:
        assert queries.grams_of(inside, substance) == before
        return False
    assert queries.grams_of(inside, substance) == before + sign * 10
    return True


@pytest.mark.parametrize("action", [a for a in Action if not valueflows.moves_matter(a)])
def test_an_action_without_effect_is_an_event_without_lines(action: Action) -> None:
    movements = Movement.objects.count()
    actions.note_deed(action, recorder=None, about="bench-2", amount="1.5 h")
    told = Event.objects.filter(kind="deed").latest("id").payload

    assert (told["action"], told["about"], Movement.objects.count()) == (str(action), "bench-2", movements)


def test_an_action_with_effect_is_no_mere_event() -> None:
    with pytest.raises(Refused, match="weigh it"):
        actions.note_deed(Action.CONSUME, recorder=None, about="bench-2")


def test_what_was_reversed_may_go_the_other_way(stocked: Holder) -> None:
    movement = Movement.objects.get()
    back = actions.reverse(movement, recorder=None, reason="typed by mistake")

    assert (back.action, queries.stock(stocked)) == ("dropoff", {})
