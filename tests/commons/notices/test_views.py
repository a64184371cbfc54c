"""The pages, as their owner and as somebody else."""

from collections.abc import Callable

import pytest
from django.template import Context, Template
from django.test import Client
from django.urls import reverse

from harmonia.commons.notices import actions, queries
from harmonia.commons.notices.models import Channel, Kind, Notice
from harmonia.commons.people.models import Person
from tests.commons.conftest import Enrol

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]


@pytest.fixture
def told(lyra: Person) -> Notice:
    """Something Lyra has not read."""
    notice = actions.notify(
        lyra, kind=Kind.NEWS, subject="Jars <b>wanted</b>", text="Bring jars.", link="/choose/"
    )
    assert notice is not None
    return notice


def test_the_page_says_how_much_is_new_and_shows_it(lyra: Person, signed_in: SignIn, told: Notice) -> None:
    page = signed_in(lyra).get(reverse("notices")).content.decode()

    assert "One thing is new for you" in page
    assert "Bring jars." in page
    assert 'href="/choose/"' in page
    assert "Jars &lt;b&gt;wanted&lt;/b&gt;" in page


def test_without_notices_the_page_says_what_will_come(lyra: Person, signed_in: SignIn) -> None:
    page = signed_in(lyra).get(reverse("notices")).content.decode()

    assert "Nothing yet" in page


def test_a_notice_is_read_by_pressing_its_button(lyra: Person, signed_in: SignIn, told: Notice) -> None:
    response = signed_in(lyra).post(reverse("notice_read", args=[told.pk]))

    assert response.status_code == 302
    assert queries.unread(lyra) == 0


def test_all_notices_are_read_by_one_button(lyra: Person, signed_in: SignIn, told: Notice) -> None:
    actions.notify(lyra, kind=Kind.NEWS, subject="More", text="Still more.")
    signed_in(lyra).post(reverse("notices_read"))

    assert queries.unread(lyra) == 0


def test_somebody_else_neither_sees_nor_reads_a_notice(
    lyra: Person, enrol: Enrol, signed_in: SignIn, told: Notice
) -> None:
    stranger = signed_in(enrol("Theo"))
    page = stranger.get(reverse("notices")).content.decode()
    stranger.post(reverse("notice_read", args=[told.pk]))

    assert "Bring jars." not in page
    assert queries.unread(lyra) == 1


@pytest.mark.parametrize("name", ["notices", "notice_preferences"])
def test_a_visitor_is_asked_to_sign_in(client: Client, name: str) -> None:
    response = client.get(reverse(name))

    assert response.status_code == 302
    assert reverse("sign_in") in response["Location"]


def test_preferences_are_kept_from_the_form(lyra: Person, signed_in: SignIn) -> None:
    chosen = {kind.value: "page" for kind in Kind} | {"news": "off"}
    response = signed_in(lyra).post(reverse("notice_preferences"), chosen)

    assert response.status_code == 302
    assert queries.preferences(lyra) == dict.fromkeys(Kind, Channel.PAGE) | {Kind.NEWS: Channel.OFF}


def test_a_scientist_is_told_that_alarms_stay_and_cannot_send_anything_else(
    enrol: Enrol, signed_in: SignIn
) -> None:
    kiran = enrol("Kiran", "scientist")
    browser = signed_in(kiran)
    page = browser.get(reverse("notice_preferences")).content.decode()
    forged = browser.post(reverse("notice_preferences"), dict.fromkeys(Kind.values, "off"))

    assert "alarms stay on your page" in page
    assert forged.status_code == 422
    assert queries.preferences(kiran)[Kind.ALARM] == Channel.MAIL


def test_an_unknown_channel_is_refused_and_nothing_is_kept(lyra: Person, signed_in: SignIn) -> None:
    chosen = dict.fromkeys(Kind.values, "page") | {"news": "pigeon"}
    response = signed_in(lyra).post(reverse("notice_preferences"), chosen)

    assert response.status_code == 422
    assert queries.preferences(lyra)[Kind.UPGRADE] == Channel.MAIL


def test_the_masthead_can_count_what_is_unread(lyra: Person, told: Notice) -> None:
    template = Template("{% load notices %}{% unread_notices as unread %}{{ unread }}")

    assert template.render(Context({"user": lyra})) == "1"
    assert template.render(Context({})) == "0"
