"""The topic of the cloth advances when, and only when, the cloth changes."""

import pytest

from harmonia.commons.alchemy import actions as alchemy
from harmonia.commons.journal.queries import events_since, last_sequence
from harmonia.commons.people import actions as people
from harmonia.commons.people.models import Person
from tests.commons.tapestry.conftest import Tell

pytestmark = pytest.mark.django_db


def kinds() -> list[str]:
    return [event.kind for event in events_since("tapestry", 0)]


def test_a_new_public_story_is_told_to_those_who_look_at_the_cloth(tell: Tell) -> None:
    stool = tell("A stool")

    (event,) = events_since("tapestry", 0)
    assert (event.kind, event.payload) == ("woven", {"story": stool.story.pk})


@pytest.mark.parametrize("values", [{"access": "habitat"}, {"access": "only_me"}, {"story": ""}])
def test_what_is_no_thread_changes_no_cloth(tell: Tell, values: dict[str, str]) -> None:
    tell("A stool", **values)

    assert last_sequence("tapestry") == 0


def test_withdrawing_hiding_showing_and_leaving_are_told(tell: Tell, kiran: Person, theo: Person) -> None:
    stool, lamp = tell("A stool"), tell("A lamp")
    alchemy.hide(theo, lamp, reason="Names a neighbour")
    alchemy.show_again(theo, lamp, reason="It does not")
    alchemy.withdraw_story(kiran, stool.story)
    people.leave(kiran)

    assert kinds() == ["woven", "woven", "unpicked", "woven", "unpicked", "unnamed"]


def test_a_story_that_is_refused_is_not_told(tell: Tell, lyra: Person) -> None:
    stool = tell("A stool")
    with pytest.raises(alchemy.Refused):
        alchemy.withdraw_story(lyra, stool.story)

    assert kinds() == ["woven"]
