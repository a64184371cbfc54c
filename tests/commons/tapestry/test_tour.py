"""The cloth on tour: stops, replies that become threads, and replies that are taken back."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from harmonia.commons.journal.queries import events_since
from harmonia.commons.people.models import Person
from harmonia.commons.tapestry import actions, queries
from harmonia.commons.tapestry.actions import replying
from harmonia.commons.tapestry.models import Reply, Stop
from tests.commons.conftest import Enrol
from tests.commons.tapestry.conftest import Tell

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    cache.clear()


@pytest.fixture
def stop(theo: Person) -> Stop:
    today = timezone.localdate()
    return actions.plan_stop(theo, place="Bakery window", first_day=today, last_day=today + timedelta(days=9))


def wrote(stop: Stop, text: str = "My aunt had one like it.", **values: Any) -> tuple[Reply, str]:
    return actions.reply(stop, text=text, **values)


@pytest.mark.database
@pytest.mark.parametrize("role", ["artist", "facilitator"])
def test_artists_and_facilitators_plan_stops(enrol: Enrol, role: str) -> None:
    today = timezone.localdate()
    stop = actions.plan_stop(enrol("Ada", role), place=" Old  library ", first_day=today, last_day=today)

    assert (stop.place, [found.code for found in queries.stops()]) == ("Old library", [stop.code])


def test_a_resident_plans_no_stop(lyra: Person) -> None:
    today = timezone.localdate()
    with pytest.raises(actions.Refused):
        actions.plan_stop(lyra, place="Library", first_day=today, last_day=today)


@pytest.mark.parametrize("days", [-1, 400])
def test_a_stop_ends_after_it_begins_and_within_a_year(theo: Person, days: int) -> None:
    today = timezone.localdate()
    with pytest.raises(actions.Refused):
        actions.plan_stop(theo, place="Library", first_day=today, last_day=today + timedelta(days=days))


@pytest.mark.database
def test_the_database_keeps_stops_and_replies_in_order(stop: Stop) -> None:
    kept, _word = wrote(stop)
    changes: tuple[Callable[[], object], ...] = (
        lambda: Stop.objects.filter(pk=stop.pk).update(last_day=stop.first_day - timedelta(days=1)),
        lambda: Stop.objects.filter(pk=stop.pk).update(place=""),
        lambda: Reply.objects.filter(pk=kept.pk).update(state="eaten"),
        lambda: Reply.objects.filter(pk=kept.pk).update(text=""),
        lambda: Reply.objects.filter(pk=kept.pk).update(state="declined"),
        lambda: Reply.objects.filter(pk=kept.pk).update(state="woven"),
    )
    for change in changes:
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


@pytest.mark.database
def test_a_reply_is_no_thread_until_a_facilitator_wove_it_in(stop: Stop, theo: Person, tell: Tell) -> None:
    tell("A stool")
    kept, _word = wrote(stop, name="Noor")
    before = {thread["code"] for thread in queries.words()["threads"]}
    actions.weave_in(theo, kept)
    threads = queries.words()["threads"]

    assert kept.code not in before
    assert {"code": kept.code, "name": "Reply from Bakery window by Noor"}.items() <= threads[-1].items()
    assert threads[-1]["href"] == f"/tapestry/tour/{stop.code}/#reply-{kept.code}"
    assert events_since("tapestry", 0)[-1].kind == "woven"


@pytest.mark.database
def test_what_is_declined_is_erased(stop: Stop, theo: Person) -> None:
    kept, _word = wrote(stop, name="Noor")
    actions.decline(theo, kept)
    kept.refresh_from_db()

    assert (kept.state, kept.text, kept.name) == ("declined", "", "")


@pytest.mark.parametrize("deed", [actions.weave_in, actions.decline, actions.unravel])
def test_only_facilitators_decide(stop: Stop, lyra: Person, deed: Callable[[Person, Reply], None]) -> None:
    kept, _word = wrote(stop)
    with pytest.raises(actions.Refused, match="facilitator"):
        deed(lyra, kept)


@pytest.mark.database
def test_a_decision_is_made_once(stop: Stop, theo: Person) -> None:
    kept, _word = wrote(stop)
    actions.weave_in(theo, kept)
    with pytest.raises(actions.Refused, match="moment ago"):
        actions.decline(theo, kept)


@pytest.mark.database
def test_a_visitor_takes_a_reply_back_with_their_word(stop: Stop, theo: Person, tell: Tell) -> None:
    tell("A stool")
    kept, word = wrote(stop)
    actions.weave_in(theo, kept)
    with pytest.raises(actions.Refused):
        actions.take_back("somebody else's word")
    actions.take_back(word)
    kept.refresh_from_db()

    assert (kept.state, kept.text) == ("withdrawn", "")
    assert kept.code not in {thread["code"] for thread in queries.words()["threads"]}
    with pytest.raises(actions.Refused, match="gone already"):
        actions.take_back(word)


def test_the_word_that_takes_it_back_is_not_in_the_books(stop: Stop) -> None:
    kept, word = wrote(stop)

    assert word not in str(Reply.objects.filter(pk=kept.pk).values())


@pytest.mark.database
def test_a_stop_takes_no_flood(stop: Stop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replying, "AN_HOUR", 3)
    for _ in range(3):
        wrote(stop)
    with pytest.raises(actions.Refused, match="hour"):
        wrote(stop)


@pytest.mark.parametrize("text", ["", "   ", "x" * 601, "\u202e\u0000"])
def test_a_reply_has_1_to_600_letters(stop: Stop, text: str) -> None:
    with pytest.raises(actions.Refused):
        wrote(stop, text)


def test_a_cancelled_or_past_stop_takes_no_reply_and_has_no_page(
    stop: Stop, theo: Person, client: Client
) -> None:
    actions.cancel_stop(theo, stop)
    stop.refresh_from_db()
    with pytest.raises(actions.Refused):
        wrote(stop)

    assert client.get(reverse("tapestry_stop", args=[stop.code])).status_code == 404


def test_a_visitor_writes_back_on_the_page_and_gets_their_word(stop: Stop, client: Client) -> None:
    page = client.get(reverse("tapestry_stop", args=[stop.code]))
    answer = client.post(reverse("tapestry_reply", args=[stop.code]), {"text": "Lovely <b>loom</b>"})
    word = answer.context["address"].rstrip("/").rpartition("/")[2]

    assert "Write back" in page.content.decode()
    assert Reply.objects.get().text == "Lovely <b>loom</b>"
    client.post(reverse("tapestry_reply_take_back", args=[word]))
    assert Reply.objects.get().state == "withdrawn"


def test_a_facilitator_reads_and_weaves_on_the_page(
    stop: Stop, signed_in: SignIn, theo: Person, lyra: Person
) -> None:
    kept, _word = wrote(stop, "Lovely <b>loom</b>")
    browser = signed_in(theo)
    page = browser.get(reverse("tapestry_replies")).content.decode()
    browser.post(reverse("tapestry_reply_decide", args=[kept.code]), {"decision": "weave"})

    assert "Lovely &lt;b&gt;loom&lt;/b&gt;" in page
    assert Reply.objects.get().state == "woven"
    assert signed_in(lyra).get(reverse("tapestry_replies")).status_code == 403


@pytest.mark.parametrize("name", ["tapestry_stop_new", "tapestry_stop_cancel"])
def test_pages_for_planning_are_for_those_who_may(
    stop: Stop, signed_in: SignIn, lyra: Person, theo: Person, name: str
) -> None:
    address = reverse(name, args=[] if name == "tapestry_stop_new" else [stop.code])

    assert signed_in(lyra).get(address).status_code == 403
    assert signed_in(theo).get(address).status_code == 200


def test_the_tour_page_and_its_code(stop: Stop, client: Client) -> None:
    assert "Bakery window" in client.get(reverse("tapestry_tour")).content.decode()
    assert b"<svg" in client.get(reverse("tapestry_stop_qr", args=[stop.code])).content
