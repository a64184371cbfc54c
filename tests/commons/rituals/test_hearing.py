"""What people say is kept once, reaches the screen only through a person, and can be taken back."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harmonia.commons.journal.queries import events_since
from harmonia.commons.journal.rooms import Declined, Spoken
from harmonia.commons.people.actions import leave
from harmonia.commons.people.models import Person
from harmonia.commons.rituals import actions, queries
from harmonia.commons.rituals.models import Offering, Participant, Press, Ritual
from harmonia.commons.rituals.present import NOTHING, apply
from tests.commons.rituals.conftest import Lead, Say, assert_events_tell_the_state


def offer(say: Say, who: Participant, key: str = "", **words: Any) -> Any:
    return say(who, "offer", key, **({"kind": "story", "words": "It held beans."} | words))


def test_an_offering_sent_twice_is_kept_once_and_answered_alike(say: Say, guest: Participant) -> None:
    first = offer(say, guest, "the-same-key")
    again = offer(say, guest, "the-same-key", words="other words")

    assert first == again
    assert Offering.objects.get().words == "It held beans."


def test_another_phone_may_use_the_same_key(say: Say, guest: Participant, ritual: Ritual) -> None:
    offer(say, guest, "the-same-key")
    offer(say, actions.join(ritual), "the-same-key")

    assert Offering.objects.count() == 2


def test_no_word_of_a_guest_is_in_the_journal(say: Say, guest: Participant, theo: Person) -> None:
    found = offer(say, guest, name="Nadia", words="a very private sentence")
    actions.release(Offering.objects.get(pk=found["offering"]), by=theo)
    told = str([event.payload for event in events_since(guest.ritual.topic, 0)])

    assert "private" not in told
    assert "Nadia" not in told


def test_only_a_person_lets_words_onto_the_screen(
    say: Say, guest: Participant, theo: Person, lyra: Person
) -> None:
    found = Offering.objects.get(pk=offer(say, guest)["offering"])
    assert queries.offering_shown(guest.ritual, found.pk) is None
    with pytest.raises(actions.Refused, match="role"):
        actions.release(found, by=lyra)
    actions.release(found, by=theo)
    shown = queries.offering_shown(guest.ritual, found.pk)

    assert shown
    assert shown.words == "It held beans."
    assert_events_tell_the_state(guest.ritual)
    with pytest.raises(actions.Refused, match="faster"):
        actions.release(found, by=theo)


def test_what_is_taken_back_is_erased_everywhere(
    say: Say, guest: Participant, theo: Person, ritual: Ritual
) -> None:
    found = Offering.objects.get(pk=offer(say, guest, name="Nadia")["offering"])
    actions.release(found, by=theo)
    with pytest.raises(Declined):
        say(actions.join(ritual), "take_back", offering=found.pk)
    assert say(guest, "take_back", offering=found.pk) == {"taken_back": found.pk}
    found.refresh_from_db()

    assert (found.words, found.name, found.state) == ("", "", "taken_back")
    assert queries.offering_shown(ritual, found.pk) is None
    assert_events_tell_the_state(ritual)


def test_a_facilitator_keeps_back_what_must_not_be_shown(say: Say, guest: Participant, theo: Person) -> None:
    found = Offering.objects.get(pk=offer(say, guest, words="rude")["offering"])
    actions.keep_back(found, by=theo)
    found.refresh_from_db()

    assert (found.state, found.words) == ("taken_back", "")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ({"words": ""}, "empty"),
        ({"words": "x" * 601}, "too-long"),
        ({"name": "x" * 41}, "too-long"),
        ({"kind": "sermon"}, "unknown"),
        ({"kind": "artifact", "artifact": "ZZZZ-ZZ"}, "no-such-thing"),
        ({"kind": "artifact", "artifact": "Z" * 4000}, "no-such-thing"),
        ({"kind": ["story"]}, "unknown"),
        ({"words": {"a": 1}}, "empty"),
        ({"words": "\u202e\x00"}, "empty"),
    ],
)
def test_what_cannot_be_taken_is_declined_with_a_code(
    say: Say, guest: Participant, words: Any, code: str
) -> None:
    with pytest.raises(Declined, match=code):
        offer(say, guest, **words)
    assert not Offering.objects.exists()


def test_strangers_other_rooms_and_unknown_words_are_declined(ritual: Ritual, guest: Participant) -> None:
    cases = [
        Spoken(ritual.topic, str(uuid4()), "k" * 8, "press", {}),
        Spoken(ritual.topic, "looks-1234", "k" * 8, "press", {}),
        Spoken("ritual-999999", str(guest.token), "k" * 8, "press", {}),
        Spoken("ritual-x", str(guest.token), "k" * 8, "press", {}),
        Spoken(ritual.topic, str(guest.token), "k" * 8, "explode", {}),
        Spoken(ritual.topic, str(guest.token), "k" * 8, "take_back", {"offering": "7"}),
    ]
    for spoken in cases:
        with pytest.raises(Declined), transaction.atomic():
            actions.hear(spoken)


def test_one_phone_cannot_fill_the_desk(
    say: Say, guest: Participant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("harmonia.commons.rituals.actions.hearing.MOST_EACH", 2)
    offer(say, guest)
    offer(say, guest)
    with pytest.raises(Declined, match="too-many"):
        offer(say, guest)


def test_a_press_counts_once_and_only_while_the_plant_is_switched_over(
    say: Say, guest: Participant, led_to: Lead
) -> None:
    with pytest.raises(Declined, match="not-now"):
        say(guest, "press")
    led_to("activating")
    say(guest, "press")
    say(guest, "press")
    present = queries.present(guest.ritual.topic)

    assert present
    assert present["pressed"] == Press.objects.count() == 1
    assert_events_tell_the_state(guest.ritual)


def test_nothing_is_taken_during_a_pause_and_all_that_was_said_stays(
    say: Say, guest: Participant, theo: Person, ritual: Ritual
) -> None:
    offer(say, guest, "before-it")
    actions.pause(ritual, by=theo, reason="rain")
    with pytest.raises(Declined, match="not-now"):
        offer(say, guest)

    assert offer(say, guest, "before-it")["offering"] == Offering.objects.get().pk


def test_answers_belong_to_the_question_that_was_asked(
    say: Say, guest: Participant, theo: Person, ritual: Ritual
) -> None:
    offer(say, guest, kind="answer", words="The lids")
    actions.ask(ritual, by=theo, question="Who comes on Sunday?")
    offer(say, guest, kind="answer", words="I do")
    present = queries.present(ritual.topic)

    assert present
    assert present["answered"] == 1
    assert set(Offering.objects.values_list("question", flat=True)) == {
        "What shall we keep?",
        "Who comes on Sunday?",
    }
    assert_events_tell_the_state(ritual)


def test_a_crowd_in_one_transaction_is_one_event(ritual: Ritual) -> None:
    before = len(events_since(ritual.topic, 0))
    with transaction.atomic():
        for number in range(50):
            who = actions.join(ritual)
            data = {"kind": "story", "words": f"story {number}"}
            actions.hear(Spoken(ritual.topic, str(who.token), f"key-{number:05}", "offer", data))
        actions.settle(ritual.topic)

    assert len(events_since(ritual.topic, 0)) == before + 1
    assert_events_tell_the_state(ritual)


def test_a_member_joins_once_and_what_they_offered_goes_with_them(
    say: Say, ritual: Ritual, lyra: Person
) -> None:
    who = actions.join(ritual, lyra)
    assert actions.join(ritual, lyra) == who
    found = Offering.objects.get(pk=offer(say, who)["offering"])
    assert queries.export(lyra)["offered"][0]["words"] == "It held beans."
    leave(lyra)
    found.refresh_from_db()

    assert (found.state, found.words) == ("taken_back", "")


def test_nobody_comes_into_what_is_over(ritual: Ritual, theo: Person) -> None:
    actions.call_off(ritual, by=theo, reason="rain")
    with pytest.raises(actions.Refused, match="over"):
        actions.join(ritual)


def test_a_machine_cannot_fill_the_room(
    ritual: Ritual, lyra: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("harmonia.commons.rituals.actions.joining.MOST_GUESTS", 1)
    actions.join(ritual)
    with pytest.raises(actions.Refused, match="can hold"):
        actions.join(ritual)
    assert actions.join(ritual, lyra)


ACTS = st.lists(
    st.sampled_from(
        ["offer", "answer", "release", "take_back", "keep_back", "ask", "caption", "pause", "resume", "next"]
    ),
    max_size=14,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS, seed=st.randoms(use_true_random=False))
def test_old_state_plus_events_is_the_new_state(
    acts: list[str], seed: Any, ritual: Ritual, theo: Person, guest: Participant, say: Say
) -> None:
    """Whatever people do, a phone that heard the last events knows what a phone knows that reads it all anew."""
    with transaction.atomic():
        point = transaction.savepoint()
        heard = events_since(ritual.topic, 0)
        middle = NOTHING
        for event in heard:
            middle = apply(middle, event.kind, event.payload)
        for act in acts:
            with transaction.atomic():
                _do(act, seed, ritual, theo, guest, say)
        for event in events_since(ritual.topic, len(heard)):
            middle = apply(middle, event.kind, event.payload)

        assert middle == queries.present(ritual.topic)
        transaction.savepoint_rollback(point)


def _do(act: str, seed: Any, ritual: Ritual, theo: Person, guest: Participant, say: Say) -> None:
    offerings = list(Offering.objects.filter(ritual=ritual).exclude(state="taken_back"))
    one = seed.choice(offerings) if offerings else None
    try:
        if act in ("offer", "answer"):
            offer(say, guest, kind="answer" if act == "answer" else "story")
        elif act == "ask":
            actions.ask(ritual, by=theo, question=seed.choice(["", "Why?", "When?"]))
        elif act == "caption":
            actions.caption(ritual, by=theo, words=seed.choice(["", "Hello"]))
        elif act == "pause":
            actions.pause(ritual, by=theo, reason="rain")
        elif act == "resume":
            actions.resume(ritual, by=theo)
        elif act == "next":
            actions.advance(ritual, by=theo)
        elif one is not None:
            _judge(act, one, theo, guest, say)
    except (actions.Refused, Declined):
        pass  # not possible at this moment: nothing may have changed


def _judge(act: str, one: Offering, theo: Person, guest: Participant, say: Say) -> None:
    if act == "release":
        actions.release(one, by=theo)
    elif act == "keep_back":
        actions.keep_back(one, by=theo)
    else:
        say(guest, "take_back", offering=one.pk)
