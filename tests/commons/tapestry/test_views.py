"""The page of the cloth, for eyes, ears and looms."""

from collections.abc import Callable
from xml.etree import ElementTree

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from harmonia.commons.alchemy import actions as alchemy
from harmonia.commons.people.models import Person
from harmonia.science.weaving import provenance, read_wif
from tests.commons.tapestry.conftest import Tell

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    """Weave anew in each test."""
    cache.clear()


def test_before_the_first_story_the_page_invites(client: Client, db: None) -> None:
    page = client.get(reverse("tapestry")).content.decode()

    assert "No story yet" in page
    assert reverse("artifact_new") in page
    assert client.get(reverse("tapestry_svg")).status_code == 404


def test_every_thread_is_in_the_cloth_and_in_a_list_for_everybody(client: Client, tell: Tell) -> None:
    stool, lamp = tell("A stool", day=1), tell("A lamp", day=2)
    page = client.get(reverse("tapestry")).content.decode()

    assert "2 stories hold together in one cloth" in page
    for number, thing in ((1, stool), (2, lamp)):
        name = f"Thread {number}: {thing.title}, told by Kiran in May 2026"
        assert f'<a href="/make/{thing.code}/" aria-label="{name}"' in page
        assert f'<li value="{number}"><a href="/make/{thing.code}/">{name}</a></li>' in page
    assert 'data-live="tapestry"' in page


def test_signed_in_people_find_their_own_threads(signed_in: SignIn, lyra: Person, tell: Tell) -> None:
    tell("A stool", day=1)
    own = tell("A lamp", day=2, person=lyra)
    page = signed_in(lyra).get(reverse("tapestry")).content.decode()

    assert "Find my thread" in page
    assert f'href="#mine-{own.code}"' in page
    assert f'id="mine-{own.code}"' in page


def test_visitors_have_no_thread_to_find(client: Client, tell: Tell) -> None:
    tell("A stool")

    assert "mine" not in client.get(reverse("tapestry")).content.decode()


def test_the_cloth_can_be_taken_home_with_whole_addresses(client: Client, tell: Tell) -> None:
    stool = tell("A stool")
    response = client.get(reverse("tapestry_svg"))
    tree = ElementTree.fromstring(response.content)

    assert (response["Content-Type"], response["Content-Disposition"]) == (
        "image/svg+xml",
        'attachment; filename="tapestry.svg"',
    )
    assert [a.attrib["href"] for a in tree.iter("{http://www.w3.org/2000/svg}a")] == [
        f"http://testserver/make/{stool.code}/"
    ]


def test_a_thread_can_be_woven_on_a_loom(client: Client, tell: Tell) -> None:
    stool = tell("A stool")
    response = client.get(reverse("tapestry_wif", args=[stool.code]))
    text = response.content.decode()

    assert response["Content-Disposition"] == f'attachment; filename="{stool.code}.wif"'
    assert (read_wif(text).ends, read_wif(text).title) == (32, "Thread 1: A stool, told by Kiran in May 2026")
    assert f"http://testserver/make/{stool.code}/" in provenance(text).values()


def test_a_withdrawn_or_unknown_thread_has_no_draft(client: Client, kiran: Person, tell: Tell) -> None:
    stool = tell("A stool")
    alchemy.withdraw_story(kiran, stool.story)

    assert client.get(reverse("tapestry_wif", args=[stool.code])).status_code == 404
    assert client.get("/tapestry/%0d%0aX-Evil: 1.wif").status_code == 404
