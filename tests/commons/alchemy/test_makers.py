"""Nobody is named who has not said yes, and everybody can change that for themselves alone."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse

from harmonia.commons.alchemy import actions, queries
from harmonia.commons.notices import queries as notices
from harmonia.commons.people import actions as people
from harmonia.commons.people.models import Person
from tests.commons.alchemy.conftest import Make

pytestmark = pytest.mark.django_db
NOBODY = AnonymousUser()
SignIn = Callable[[Person], Client]


def makers(code: str) -> list[tuple[str, str]]:
    view = queries.artifact(code, NOBODY)
    assert view is not None
    return list(view.makers)


def test_a_hand_is_named_only_after_its_yes_and_until_its_no(make: Make, kiran: Person, lyra: Person) -> None:
    thing = make(story="We made it.")
    actions.ask(kiran, thing, lyra, part="wove the seat")
    assert makers(thing.code) == [("Kiran", "")]
    assert notices.unread(lyra) == 1

    actions.answer(lyra, thing, named=True)
    assert makers(thing.code) == [("Kiran", ""), ("Lyra", "wove the seat")]
    actions.answer(lyra, thing, named=False)
    assert makers(thing.code) == [("Kiran", "")]


def test_the_teller_can_stay_unnamed_everywhere(client: Client, make: Make, kiran: Person) -> None:
    thing = make(story="I made it.", named=False)

    assert queries.stories()[0].teller is None
    for address in (reverse("artifact", args=[thing.code]), reverse("make"), reverse("tapestry")):
        assert "Kiran" not in client.get(address).content.decode()
    actions.answer(kiran, thing, named=True)
    assert queries.stories()[0].teller == "Kiran"


def test_nobody_answers_for_somebody_else_or_asks_about_anothers_thing(
    make: Make, kiran: Person, lyra: Person, theo: Person
) -> None:
    thing = make()
    with pytest.raises(actions.Refused, match="Only the person who told"):
        actions.ask(lyra, thing, theo)
    with pytest.raises(actions.Refused, match="Nobody has asked you"):
        actions.answer(lyra, thing, named=True)
    actions.ask(kiran, thing, lyra)
    with pytest.raises(actions.Refused, match="asked already"):
        actions.ask(kiran, thing, lyra)


def test_a_young_hand_is_named_among_members_only(
    make: Make, kiran: Person, noor: Person, lyra: Person
) -> None:
    thing = make()
    actions.ask(kiran, thing, noor)
    actions.answer(noor, thing, named=True)

    assert makers(thing.code) == [("Kiran", "")]
    view = queries.artifact(thing.code, lyra)
    assert view is not None
    assert [name for name, _part in view.makers] == ["Kiran", "Noor"]


def test_who_leaves_is_named_no_more(make: Make, kiran: Person, lyra: Person) -> None:
    thing = make()
    actions.ask(kiran, thing, lyra)
    actions.answer(lyra, thing, named=True)
    people.leave(lyra)

    assert makers(thing.code) == [("Kiran", "")]
    assert thing.credits.count() == 1


def test_asking_and_answering_over_the_pages(
    signed_in: SignIn, make: Make, kiran: Person, lyra: Person, theo: Person
) -> None:
    thing = make()
    address = reverse("artifact_makers", args=[thing.code])
    assert signed_in(lyra).get(address).status_code == 404
    signed_in(kiran).post(address, {"person": str(lyra.pk), "part": "wove the seat"})
    page = signed_in(lyra).get(address).content.decode()
    assert "May your name be shown?" in page
    signed_in(lyra).post(address, {"named": "yes"})

    assert makers(thing.code) == [("Kiran", ""), ("Lyra", "wove the seat")]
    assert signed_in(theo).get(address).status_code == 404
