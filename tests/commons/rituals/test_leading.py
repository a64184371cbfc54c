"""A ritual is led from step to step; what may not happen does not."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from harmonia.commons.notices.models import Notice
from harmonia.commons.people.models import Person
from harmonia.commons.rituals import actions, queries
from harmonia.commons.rituals.models import OVER, RITUAL, WAY, Activation, Passage, Ritual
from harmonia.commons.voice.models import Upgrade
from tests.commons.rituals.conftest import Lead, assert_events_tell_the_state, decide


def test_every_state_under_way_can_be_paused_and_called_off() -> None:
    for state in WAY:
        assert {"paused", "called_off"} <= set(RITUAL.steps[state])
    for state in OVER:
        assert RITUAL.steps[state] == ()


def test_an_announcement_reaches_every_member_once(ritual: Ritual, lyra: Person, theo: Person) -> None:
    told = Notice.objects.filter(person=theo, subject="A ritual is announced")

    assert told.get().link == f"/together/rituals/{ritual.pk}/"


def test_only_a_facilitator_announces_and_leads(lyra: Person, ritual: Ritual) -> None:
    with pytest.raises(actions.Refused, match="role"):
        actions.announce(lyra, title="Mine", place="Here", starts_at=timezone.now() + timedelta(days=1))
    for act in (
        lambda: actions.advance(ritual, by=lyra),
        lambda: actions.pause(ritual, by=lyra, reason="rain"),
        lambda: actions.call_off(ritual, by=lyra, reason="rain"),
        lambda: actions.ask(ritual, by=lyra, question="Why?"),
        lambda: actions.caption(ritual, by=lyra, words="Hello"),
    ):
        with pytest.raises(actions.Refused, match="role"):
            act()


def test_nothing_is_announced_for_yesterday(theo: Person) -> None:
    with pytest.raises(actions.Refused, match="past"):
        actions.announce(theo, title="Late", place="Here", starts_at=timezone.now() - timedelta(days=1))


def test_a_whole_ritual_goes_its_way_and_every_step_is_kept(led_to: Lead) -> None:
    over = led_to("closed")

    assert list(Passage.objects.filter(ritual=over).values_list("new", flat=True)) == [*WAY, "closed"]
    assert_events_tell_the_state(over)
    assert over.upgrade
    assert Upgrade.objects.get(pk=over.upgrade.pk).state == "activated"


def test_choosing_opens_the_vote_that_waits(led_to: Lead) -> None:
    choosing = led_to("choosing")
    assert choosing.upgrade
    choosing.upgrade.refresh_from_db()

    assert choosing.upgrade.state == "voting"


@pytest.mark.parametrize("state", WAY)
def test_a_pause_returns_to_where_it_was(led_to: Lead, theo: Person, state: str) -> None:
    before = led_to(state)
    actions.pause(before, by=theo, reason="A thunderstorm")
    paused = Ritual.objects.get(pk=before.pk)
    present = queries.present(paused.topic)
    assert present

    assert (present["state"], present["phase"], present["reason"]) == ("paused", state, "A thunderstorm")
    assert_events_tell_the_state(paused)
    actions.resume(paused, by=theo)
    paused.refresh_from_db()
    assert (paused.state, paused.paused_from, paused.reason) == (state, "", "")
    assert_events_tell_the_state(paused)


@pytest.mark.parametrize("state", WAY)
def test_it_can_be_called_off_from_anywhere_with_a_reason(led_to: Lead, theo: Person, state: str) -> None:
    found = led_to(state)
    with pytest.raises(actions.Refused, match="why"):
        actions.call_off(found, by=theo, reason="  ")
    actions.call_off(found, by=theo, reason="Somebody smelled gas")
    found.refresh_from_db()

    assert (found.state, found.reason) == ("called_off", "Somebody smelled gas")
    assert Passage.objects.filter(ritual=found).last().reason == "Somebody smelled gas"  # type: ignore[union-attr]
    for act in (actions.advance, actions.resume):
        with pytest.raises(actions.Refused):
            act(found, by=theo)


def test_whoever_asked_cannot_be_the_second_person(led_to: Lead, theo: Person, lyra: Person) -> None:
    choosing = led_to("choosing")
    decide(choosing, theo, lyra)
    actions.ask_activation(choosing, by=theo)

    with pytest.raises(actions.Refused, match="second person"):
        actions.confirm_activation(choosing, by=theo)
    with pytest.raises(actions.Refused, match="role"):
        actions.confirm_activation(choosing, by=lyra)
    assert Ritual.objects.get(pk=choosing.pk).state == "choosing"


def test_nobody_asks_while_the_vote_is_open_or_a_safety_reading_is_red(
    led_to: Lead, theo: Person, lyra: Person, kiran: Person, ines: Person
) -> None:
    from harmonia.commons.nexus import actions as nexus

    choosing = led_to("choosing")
    with pytest.raises(actions.Refused, match="decided"):
        actions.ask_activation(choosing, by=theo)
    decide(choosing, theo, lyra)
    actions.ask_activation(choosing, by=theo)
    nexus.record_reading("h2s", 300, by=kiran)
    with pytest.raises(actions.Refused, match="red"):
        actions.confirm_activation(choosing, by=ines)

    assert Activation.objects.get().confirmed_by is None
    assert Ritual.objects.get(pk=choosing.pk).state == "choosing"


def test_the_plant_changes_only_when_somebody_on_site_says_so(
    led_to: Lead, kiran: Person, theo: Person
) -> None:
    from harmonia.commons.nexus.queries import version

    activating = led_to("activating")
    before = version()
    with pytest.raises(actions.Refused, match="role"):
        actions.act(activating, by=theo, seen="I pressed a button")
    with pytest.raises(actions.Refused, match="saw"):
        actions.act(activating, by=kiran, seen=" ")
    assert version() == before
    actions.act(activating, by=kiran, seen="The bag hangs.")
    after = version()

    assert before
    assert after
    assert after.number == before.number + 1
    assert Activation.objects.get().seen == "The bag hangs."
    assert_events_tell_the_state(activating)


def test_it_may_celebrate_without_switching_over_and_says_why(led_to: Lead, theo: Person) -> None:
    choosing = led_to("choosing")
    actions.switch_another_day(choosing, by=theo, reason="The vote goes on until Sunday")
    choosing.refresh_from_db()

    assert choosing.state == "celebrating"
    assert choosing.reason == "The vote goes on until Sunday"
    assert_events_tell_the_state(choosing)


def test_place_and_time_change_only_before_anybody_gathers(ritual: Ritual, theo: Person) -> None:
    later = timezone.now() + timedelta(days=9)
    actions.move_date(ritual, by=theo, place="School garden", starts_at=later, minutes=60)
    ritual.refresh_from_db()
    assert (ritual.place, ritual.starts_at, ritual.minutes) == ("School garden", later, 60)
    actions.advance(ritual, by=theo)

    with pytest.raises(actions.Refused, match="begun"):
        actions.move_date(ritual, by=theo, place="Here", starts_at=later, minutes=60)
    assert_events_tell_the_state(ritual)


# -- what the database itself holds


@pytest.mark.database
@pytest.mark.django_db(transaction=False)
def test_the_database_refuses_one_person_twice(led_to: Lead, theo: Person, lyra: Person) -> None:
    choosing = led_to("choosing")
    decide(choosing, theo, lyra)
    asked = actions.ask_activation(choosing, by=theo)

    with pytest.raises(IntegrityError), transaction.atomic():
        Activation.objects.filter(pk=asked.pk).update(
            confirmed_by=asked.asked_by, confirmed_at=timezone.now()
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Ritual.objects.filter(pk=choosing.pk).update(state="activating")


@pytest.mark.database
def test_the_database_keeps_who_switched_and_needs_a_hand_on_site(led_to: Lead, kiran: Person) -> None:
    activating = led_to("activating")
    for change in (
        {"confirmed_by": None, "confirmed_at": None},
        {"asked_by": activating.activation.confirmed_by},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Activation.objects.filter(ritual=activating).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        Activation.objects.filter(ritual=activating).delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        Ritual.objects.filter(pk=activating.pk).update(state="celebrating")


@pytest.mark.database
def test_the_database_refuses_a_pause_that_leads_elsewhere_and_the_dead_that_rise(
    ritual: Ritual, theo: Person
) -> None:
    actions.pause(ritual, by=theo, reason="rain")
    with pytest.raises(IntegrityError), transaction.atomic():
        Ritual.objects.filter(pk=ritual.pk).update(state="activating", paused_from="")
    actions.call_off(ritual, by=theo, reason="rain")

    with pytest.raises(IntegrityError), transaction.atomic():
        Ritual.objects.filter(pk=ritual.pk).update(state="announced")


@pytest.mark.database
def test_the_record_is_append_only(ritual: Ritual) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Passage.objects.filter(ritual=ritual).update(reason="never happened")
    with pytest.raises(IntegrityError), transaction.atomic():
        Passage.objects.filter(ritual=ritual).delete()
