"""Report, hide, appeal, answer: each with its reason, visible to the habitat, and nothing without its entry."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from harmonia.commons.alchemy import actions, queries
from harmonia.commons.alchemy.models import Artifact, Moderation
from harmonia.commons.notices import queries as notices
from harmonia.commons.people.models import Person
from tests.commons.alchemy.conftest import Make
from tests.commons.conftest import Enrol

pytestmark = [pytest.mark.django_db, pytest.mark.database]
SignIn = Callable[[Person], Client]


def test_a_report_reaches_every_facilitator_and_is_answered_with_a_reason(
    make: Make, lyra: Person, theo: Person
) -> None:
    thing = make()
    actions.report(lyra, thing, reason="It shows my door")

    assert queries.waiting() == [thing]
    assert notices.unread(theo) == 1
    actions.dismiss(theo, thing, reason="No door is to be seen")
    assert queries.waiting() == []
    with pytest.raises(actions.Refused, match="Nobody waits"):
        actions.dismiss(theo, thing, reason="Again")


def test_a_stranger_can_report_but_not_bury_anybody(client: Client, make: Make) -> None:
    thing = make()
    address = reverse("artifact_report", args=[thing.code])
    for _ in range(20):
        assert client.post(address, {"reason": "That is my face"}).status_code == 302

    answer = client.post(address, {"reason": "That is my face"})
    assert answer.status_code == 422
    assert "Many reports came today" in answer.content.decode()
    assert Moderation.objects.count() == 20


def test_an_appeal_is_answered_by_another_than_who_hid_it(
    make: Make, kiran: Person, theo: Person, enrol: Enrol
) -> None:
    mara, thing = enrol("Mara", "facilitator"), make()
    actions.hide(theo, thing, reason="Names a neighbour")
    actions.appeal(kiran, thing, reason="It is the name of a dog")
    with pytest.raises(actions.Refused, match="asked already"):
        actions.appeal(kiran, thing, reason="Please")

    with pytest.raises(actions.Refused, match="another facilitator"):
        actions.uphold(theo, thing, reason="It stays")
    actions.uphold(mara, thing, reason="The dog has a family name")
    assert queries.open_appeal(thing) is None
    actions.appeal(kiran, thing, reason="The name is gone now")
    actions.show_again(mara, thing, reason="The name is gone")
    assert [step.kind for step in queries.steps(queries.log_of(thing.code), kiran)] == [
        "shown", "appealed", "upheld", "appealed", "hidden",
    ]  # fmt: skip


def test_a_habitat_with_one_facilitator_can_answer_too(make: Make, kiran: Person, theo: Person) -> None:
    thing = make()
    actions.hide(theo, thing, reason="Names a neighbour")
    actions.appeal(kiran, thing, reason="It does not")

    assert actions.uphold(theo, thing, reason="It does").kind == "upheld"


def test_the_log_is_for_everybody_here_and_names_no_reporter(
    client: Client, signed_in: SignIn, make: Make, lyra: Person, kiran: Person, theo: Person
) -> None:
    thing = make(title="A rude title")
    actions.report(lyra, thing, reason="It insults my aunt")
    actions.hide(theo, thing, reason="It insults somebody")
    assert client.get(reverse("moderation_log")).status_code == 302

    page = signed_in(kiran).get(reverse("moderation_log")).content.decode()
    assert "It insults somebody" in page
    assert "Theo" in page
    assert thing.code in page
    assert not [word for word in ("aunt", "Lyra", "rude") if word in page]
    assert "aunt" in signed_in(theo).get(reverse("moderation_log")).content.decode()


def test_the_whole_way_over_the_pages(
    signed_in: SignIn, make: Make, lyra: Person, kiran: Person, theo: Person
) -> None:
    thing = make(story="Rude words.")
    moderate = reverse("artifact_moderate", args=[thing.code])
    signed_in(lyra).post(reverse("artifact_report", args=[thing.code]), {"reason": "Rude"})
    page = signed_in(theo).get(moderate).content.decode()
    assert "Somebody asks you to look" in page
    signed_in(theo).post(moderate, {"step": "hide", "reason": "It is rude"})
    page = signed_in(kiran).get(reverse("artifact", args=[thing.code])).content.decode()
    assert reverse("artifact_appeal", args=[thing.code]) in page
    signed_in(kiran).post(reverse("artifact_appeal", args=[thing.code]), {"reason": "It is a quotation"})
    page = signed_in(theo).get(moderate).content.decode()
    assert "It is a quotation" in page
    signed_in(theo).post(moderate, {"step": "show", "reason": "A quotation indeed"})

    assert signed_in(lyra).get(reverse("artifact", args=[thing.code])).status_code == 200


@pytest.mark.parametrize("who", ["lyra", "kiran", "theo"])
def test_an_appeal_page_is_for_the_maker_of_what_is_hidden(
    signed_in: SignIn, request: pytest.FixtureRequest, make: Make, theo: Person, who: str
) -> None:
    thing = make()
    address = reverse("artifact_appeal", args=[thing.code])
    person = request.getfixturevalue(who)
    assert signed_in(person).get(address).status_code == 404
    actions.hide(theo, thing, reason="Names a neighbour")

    assert signed_in(person).get(address).status_code == (200 if who == "kiran" else 404)


def test_the_database_hides_and_shows_nothing_without_its_entry(make: Make, theo: Person) -> None:
    thing = make()
    with pytest.raises(IntegrityError, match="need an entry"), transaction.atomic():
        Artifact.objects.update(state="hidden")
    actions.hide(theo, thing, reason="Names a neighbour")
    with pytest.raises(IntegrityError, match="need an entry"), transaction.atomic():
        Artifact.objects.update(state="shown")

    thing.refresh_from_db()
    assert thing.state == "hidden"


def test_a_decision_without_a_name_or_a_reason_is_refused_by_the_database(make: Make) -> None:
    for wrong in (
        {"kind": "hidden", "reason": "x"},
        {"kind": "reported", "reason": ""},
        {"kind": "eaten", "reason": "x"},
    ):
        with pytest.raises(IntegrityError, match="alchemy_moderation_"), transaction.atomic():
            Moderation.objects.create(artifact=make(), by=None, **wrong)
