"""Newcomers get a vote by the word of two members; no member's word is worth more than a year's share."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from harmonia.commons.people import actions, queries
from harmonia.commons.people.models import Person, Vouch
from harmonia.commons.people.vouching import VOUCHES_A_YEAR
from tests.commons.conftest import Enrol

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]


def newcomer(host: Person, name: str = "New") -> Person:
    code = actions.invite(host).code
    return actions.join(code, email=f"{name.lower()}@example.org", name=name, password="digest-more-7")


def test_two_members_make_a_newcomer_a_member_with_a_vote(enrol: Enrol) -> None:
    ana, ben = enrol("Ana"), enrol("Ben")
    new = newcomer(ana)
    assert not new.vouched
    assert not actions.vouch(ana, new)
    assert actions.vouch(ben, new)

    assert Person.objects.get(pk=new.pk).vouched
    assert queries.audit().founders == 2


def test_the_first_members_need_as_many_words_as_there_are_members(enrol: Enrol) -> None:
    ana = enrol("Ana")
    new = newcomer(ana)

    assert queries.vouchers_needed(new) == 1
    assert actions.vouch(ana, new)


def test_who_is_invited_by_the_set_up_is_a_member_at_once(db: None) -> None:
    code = actions.invite(None, "architect").code

    assert actions.join(code, email="a@example.org", name="A", password="digest-more-7").vouched


def test_nobody_vouches_twice_for_themselves_or_without_a_vote(enrol: Enrol) -> None:
    ana = enrol("Ana")
    enrol("Ben")
    new, other = newcomer(ana), newcomer(ana, "Other")
    actions.vouch(ana, new)
    for voucher, person, why in (
        (ana, new, "already"),
        (new, other, "with a vote"),
        (ana, ana, "Somebody else"),
    ):
        with pytest.raises(actions.Refused, match=why):
            actions.vouch(voucher, person)


def test_children_cannot_vouch(enrol: Enrol) -> None:
    ana = enrol("Ana")
    kid = actions.enrol(email="k@example.org", name="Kid", password=None, guardian=ana)

    with pytest.raises(actions.Refused, match="with a vote"):
        actions.vouch(kid, newcomer(ana))


def test_one_member_vouches_for_so_many_within_a_year_and_no_more(enrol: Enrol) -> None:
    ana = enrol("Ana")
    enrol("Ben")
    for n in range(VOUCHES_A_YEAR):
        actions.vouch(ana, newcomer(ana, f"New{n}"))
    late = newcomer(ana, "Late")
    with pytest.raises(actions.Refused, match="within a year"):
        actions.vouch(ana, late)
    Vouch.objects.filter(voucher=ana).update(at=timezone.now() - timedelta(days=366))
    actions.vouch(ana, late)

    assert queries.audit().most_by_one == 1


@pytest.mark.database
def test_the_database_refuses_a_word_for_oneself_and_a_second_word(enrol: Enrol) -> None:
    ana, ben = enrol("Ana"), enrol("Ben")
    Vouch.objects.create(newcomer=ana, voucher=ben, at=timezone.now())
    for other in (ana, ben):
        with pytest.raises(IntegrityError), transaction.atomic():
            Vouch.objects.create(newcomer=ana, voucher=other, at=timezone.now())


def test_members_see_names_and_vouchers_and_visitors_see_figures(enrol: Enrol, client: Client) -> None:
    ana = enrol("Ana")
    enrol("Ben")
    new = newcomer(ana, "Nova")
    actions.vouch(ana, new)
    outside = client.get("/members/")
    audit = client.get("/members/audit/").content.decode()
    client.force_login(ana, backend="django.contrib.auth.backends.ModelBackend")
    inside = client.get("/members/").content.decode()

    assert outside.status_code == 302
    assert "Nova" not in audit
    assert "Ana" not in audit
    assert "Nova" in inside
    assert queries.member_list()[-1].vouchers == ("Ana",)


def test_a_member_gives_their_word_on_the_page(enrol: Enrol, signed_in: SignIn) -> None:
    ana, ben = enrol("Ana"), enrol("Ben")
    new = newcomer(ana)
    actions.vouch(ana, new)
    page = signed_in(ben).post(f"/members/{new.pk}/vouch/", follow=True).content.decode()

    assert "New has a vote now." in page


def test_somebody_without_a_device_gets_a_place_and_needs_words_too(enrol: Enrol, signed_in: SignIn) -> None:
    theo, lyra = enrol("Theo", "facilitator"), enrol("Lyra")
    browser = signed_in(theo)
    browser.post("/members/new/", {"name": "Old Karl"})
    karl = Person.objects.get(name="Old Karl")
    with pytest.raises(actions.Refused, match="facilitator"):
        actions.enrol_without_device(lyra, name="Other")

    assert (karl.email, karl.vouched, karl.has_usable_password()) == (None, False, False)


def test_a_household_is_shared_by_invitation_and_forgotten_on_leaving(enrol: Enrol) -> None:
    ana, ben = enrol("Ana"), enrol("Ben")
    code = actions.invite(ana, same_household=True).code
    partner = actions.join(code, email="p@example.org", name="P", password="digest-more-7")
    assert partner.home == ana.home != ben.home
    actions.leave(partner)
    partner.refresh_from_db()

    assert partner.home != ana.home
