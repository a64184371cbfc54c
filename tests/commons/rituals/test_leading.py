"""A ritual is led from step to step; what may not happen does not."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from harmonia.commons.nexus import actions as nexus
from harmonia.commons.nexus.queries import version
from harmonia.commons.notices.models import Notice
from harmonia.commons.people.actions import give_roles
from harmonia.commons.people.models import Person
from harmonia.commons.rituals import actions, queries
from harmonia.commons.rituals.models import OVER, RITUAL, WAY, Activation, Participant, Passage, Ritual
from harmonia.commons.voice.models import Upgrade
from tests.commons.conftest import Enrol
from tests.commons.rituals.conftest import Lead, Say, assert_events_tell_the_state, decide, prepare


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
    acts: tuple[Callable[[], object], ...] = (
        lambda: actions.advance(ritual, by=lyra),
        lambda: actions.pause(ritual, by=lyra, reason="rain"),
        lambda: actions.call_off(ritual, by=lyra, reason="rain"),
        lambda: actions.ask(ritual, by=lyra, question="Why?"),
        lambda: actions.caption(ritual, by=lyra, words="Hello"),
    )
    for act in acts:
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
    with pytest.raises(actions.Refused, match="words"):
        actions.call_off(found, by=theo, reason="  ")
    actions.call_off(found, by=theo, reason="Somebody smelled gas")
    found.refresh_from_db()

    assert (found.state, found.reason) == ("called_off", "Somebody smelled gas")
    assert Passage.objects.filter(ritual=found).last().reason == "Somebody smelled gas"  # type: ignore[union-attr]
    for act in (actions.advance, actions.resume):
        with pytest.raises(actions.Refused):
            act(found, by=theo)


def test_whoever_called_for_it_cannot_confirm_it(
    led_to: Lead, theo: Person, kiran: Person, enrol: Enrol
) -> None:
    activating = led_to("activating")
    give_roles(kiran, ["facilitator", "scientist"])
    kiran = Person.objects.get(pk=kiran.pk)
    actions.call_for_it(activating, by=kiran)

    with pytest.raises(actions.Refused, match="two"):
        actions.act(activating, by=kiran, seen="I did both")
    with pytest.raises(actions.Refused, match="role"):
        actions.act(activating, by=theo, seen="I pressed a button")
    assert Ritual.objects.get(pk=activating.pk).state == "activating"
    actions.act(activating, by=enrol("Noor", "scientist"), seen="The bag hangs.")
    assert Ritual.objects.get(pk=activating.pk).state == "celebrating"


def test_nobody_presses_before_the_vote_is_decided_and_the_checklist_clear(
    led_to: Lead, theo: Person, lyra: Person, kiran: Person
) -> None:
    choosing = led_to("choosing")
    with pytest.raises(actions.Refused, match="prepared"):
        actions.let_press(choosing, by=theo)
    decide(choosing, theo, lyra)
    switch = prepare(choosing, theo)
    nexus.check_item(switch, "crowd_zone", passed=False, reason="Children stand inside it", by=theo)
    with pytest.raises(actions.Refused, match="Children stand inside it"):
        actions.let_press(choosing, by=theo)

    assert Ritual.objects.get(pk=choosing.pk).state == "choosing"


def test_a_safety_reading_that_turns_red_stops_the_switch_at_the_last_moment(
    led_to: Lead, theo: Person, kiran: Person
) -> None:
    activating = led_to("activating")
    actions.call_for_it(activating, by=theo)
    nexus.record_reading("h2s", 300, by=kiran)
    before = version()
    with pytest.raises(actions.Refused, match="red"):
        actions.act(activating, by=kiran, seen="The bag hangs.")

    assert version() == before
    assert Activation.objects.get().confirmed_by is None
    actions.switch_another_day(activating, by=theo, reason="The hydrogen sulphide reading is red")
    assert Ritual.objects.get(pk=activating.pk).state == "celebrating"
    assert_events_tell_the_state(activating)


def test_the_plant_changes_only_when_somebody_on_site_says_so(
    led_to: Lead, kiran: Person, theo: Person, say: Say, guest: Participant
) -> None:
    activating = led_to("activating")
    before = version()
    say(guest, "press")
    actions.call_for_it(activating, by=theo)
    with pytest.raises(actions.Refused, match="words"):
        actions.act(activating, by=kiran, seen=" ")
    assert version() == before
    actions.act(activating, by=kiran, seen="The bag hangs.")
    after, found = version(), Activation.objects.get()

    assert before
    assert after
    assert after.number == before.number + 1
    assert (found.seen, found.crowd, found.switch.crowd) == ("The bag hangs.", 1, 1)
    assert activating.upgrade
    assert Upgrade.objects.get(pk=activating.upgrade.pk).plant_version == after
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
def test_the_database_refuses_one_person_twice(led_to: Lead, theo: Person) -> None:
    activating = led_to("activating")
    with pytest.raises(IntegrityError), transaction.atomic():
        Ritual.objects.filter(pk=activating.pk).update(state="celebrating")
    called = actions.call_for_it(activating, by=theo)
    alone = {"confirmed_by": called.called_by, "confirmed_at": timezone.now(), "seen": "alone"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Activation.objects.filter(pk=called.pk).update(**alone)

    with pytest.raises(IntegrityError), transaction.atomic():
        Ritual.objects.filter(pk=activating.pk).update(state="celebrating")


@pytest.mark.database
def test_the_database_keeps_who_switched(led_to: Lead) -> None:
    found = led_to("celebrating").activation
    for change in ({"confirmed_by": None, "confirmed_at": None, "seen": ""}, {"called_by": uuid4()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Activation.objects.filter(pk=found.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        Activation.objects.filter(pk=found.pk).delete()


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
