"""The pages, as their owner, as a visitor and as somebody curious."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from harmonia.commons.covenants import actions
from harmonia.commons.covenants.models import Covenant
from harmonia.commons.ledger import actions as ledger
from harmonia.commons.ledger.models import Substance
from harmonia.commons.people.models import Person
from tests.commons.conftest import Enrol
from tests.commons.covenants.conftest import Bring, Promise

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]


def test_a_promise_is_written_read_once_more_and_begun(
    lyra: Person, signed_in: SignIn, scraps: Substance
) -> None:
    browser = signed_in(lyra)
    values = {"substance": scraps.pk, "kg_week": "2.5", "since": "1", "until": "2026-08-30"}
    page = browser.post(reverse("covenant_new"), values, follow=True)
    covenant = Covenant.objects.get()

    assert "Shall it count?" in page.content.decode()
    assert (covenant.grams_week, str(covenant.since), covenant.state) == (2500, "2026-06-22", "offered")

    begun = browser.post(reverse("covenant_begin", args=[covenant.pk]), follow=True).content.decode()

    assert "The Nexus counts on it now" in begun
    assert "It begins on Monday, 22 June" in begun


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kg_week", "-1"),
        ("kg_week", "lots"),
        ("kg_week", "5000"),
        ("until", "2020-01-01"),
        ("substance", "999"),
    ],
)
def test_bad_input_keeps_what_was_typed_and_books_nothing(
    lyra: Person, signed_in: SignIn, scraps: Substance, field: str, value: str
) -> None:
    good = {"substance": scraps.pk, "kg_week": "2.5", "since": "0", "until": "2026-08-30"}
    page = signed_in(lyra).post(reverse("covenant_new"), good | {field: value})

    assert page.status_code == 422
    assert "Your entries are still here" in page.content.decode()
    assert Covenant.objects.count() == 0


def test_my_covenant_shows_each_week_in_words(
    lyra: Person, signed_in: SignIn, promise: Promise, bring: Bring
) -> None:
    covenant = promise(lyra)
    bring(lyra, 3, 2)
    bring(lyra, 1, 16)
    page = signed_in(lyra).get(reverse("covenant", args=[covenant.pk])).content.decode()

    assert "You kept 1 of 2 weeks" in page
    tags = re.findall(r'<span class="tag[^>]*>(?:<span[^>]*>. </span>)?([^<]+)</span>', page)
    assert tags == ["it holds", "under way", "under way", "missed", "kept"]


@pytest.mark.parametrize("name", ["covenant", "covenant_begin", "covenant_end"])
@pytest.mark.parametrize("role", ["resident", "facilitator", "architect"])
def test_guessing_the_number_of_somebody_elses_covenant_finds_nothing(
    lyra: Person, enrol: Enrol, signed_in: SignIn, promise: Promise, name: str, role: str
) -> None:
    covenant = promise(lyra)
    browser = signed_in(enrol("Theo", role))
    address = reverse(name, args=[covenant.pk])
    answers = {browser.get(address).status_code, browser.post(address).status_code}
    covenant.refresh_from_db()

    assert answers <= {404, 405}
    assert covenant.state == "active"


def test_ending_asks_once_and_then_ends(lyra: Person, signed_in: SignIn, promise: Promise) -> None:
    covenant = promise(lyra)
    browser = signed_in(lyra)
    asked = browser.get(reverse("covenant_end", args=[covenant.pk])).content.decode()
    ended = browser.post(reverse("covenant_end", args=[covenant.pk]), follow=True).content.decode()

    assert "End it today?" in asked
    assert "Your covenant has ended" in ended


def test_a_second_press_says_so_kindly(lyra: Person, signed_in: SignIn, promise: Promise) -> None:
    covenant = promise(lyra)
    actions.end(lyra, covenant)
    page = signed_in(lyra).post(reverse("covenant_end", args=[covenant.pk]), follow=True)

    assert "This was done already" in page.content.decode()


def test_a_visitor_sees_totals_and_no_single_home(
    client: Client, lyra: Person, enrol: Enrol, promise: Promise, bring: Bring
) -> None:
    for person, kilograms in ((lyra, 3.1), (enrol("Theo"), 2.2), (enrol("Amara"), 1.3)):
        promise(person, kilograms)
        bring(person, 1, 16)
    page = client.get(reverse("covenants")).content.decode()

    assert "3 homes promised 6.60\u00a0kg this week" in page
    assert not [kg for kg in ("3.10", "2.20", "1.30", "Lyra", "Theo") if kg in page]


def test_with_two_homes_nobody_learns_what_the_other_brings(
    lyra: Person, enrol: Enrol, signed_in: SignIn, promise: Promise, bring: Bring
) -> None:
    promise(lyra, 3.1)
    promise(enrol("Theo"), 2.2)
    page = signed_in(lyra).get(reverse("covenants")).content.decode()

    assert "Fewer than three homes" in page
    assert "5.30" not in page


def test_the_together_page_links_what_exists(lyra: Person, signed_in: SignIn, promise: Promise) -> None:
    ledger.open_holder("linden", "Linden yard", "point", where="By the well")
    promise(lyra)
    page = signed_in(lyra).get(reverse("together")).content.decode()

    for name in ("covenants", "notices", "invite"):
        assert f'href="{reverse(name)}"' in page
    assert "Linden yard" in page
    assert "0 of 3 kg of Food scraps so far this week" in page
    assert "That is next, on Sunday, 21 June." in page
    assert "Last day of your covenant: Food scraps" in page


def test_the_together_page_says_what_rests(client: Client, scraps: Substance) -> None:
    ledger.close_material(scraps, reason="the plant is sour", instead="the compost bay")
    page = client.get(reverse("together")).content.decode()

    assert "Food scraps rests for now: bring it to the compost bay." in page


def test_a_visitor_sees_together_without_anything_personal(client: Client, db: None) -> None:
    page = client.get(reverse("together")).content.decode()

    assert reverse("notices") not in page
    assert "Nothing has a date yet" in page
