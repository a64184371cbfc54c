"""The pages of a ritual, as a guest, a member, a facilitator and somebody who tries."""

import json
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from harmonia.commons.people.models import Person
from harmonia.commons.rituals import actions, queries
from harmonia.commons.rituals.models import OVER, RITUAL, WAY, Offering, Participant, Ritual
from harmonia.commons.rituals.steps import STEPS, next_step
from harmonia.commons.rituals.words import HINTS, NEWS, STATES
from tests.commons.rituals.conftest import Lead, Say, decide, prepare

SignIn = Callable[[Person], Client]


def page(client: Client, name: str, *words: object) -> str:
    answer = client.get(reverse(name, args=words))
    assert answer.status_code == 200, answer
    return unescape(answer.content.decode())


def join(client: Client, ritual: Ritual) -> Participant:
    answer = client.post(reverse("ritual_join", args=[ritual.code]))
    assert answer["Location"] == reverse("ritual_here", args=[ritual.pk])
    return Participant.objects.latest("id")


def test_every_state_has_words_and_every_state_under_way_a_next_step() -> None:
    assert set(STATES) == set(NEWS) == set(HINTS) == set(RITUAL.steps)


@pytest.mark.parametrize("state", [*WAY, "closed"])
def test_every_page_opens_in_every_state(
    led_to: Lead, theo: Person, signed_in: SignIn, state: str, client: Client
) -> None:
    found = led_to(state)
    for name in ("ritual", "ritual_screen", "ritual_replay"):
        assert found.title in page(client, name, found.pk)
    if state not in OVER:
        join(client, found)
        assert str(NEWS[state]) in page(client, "ritual_here", found.pk)
    desk = page(signed_in(theo), "ritual_desk", found.pk)
    assert str(NEWS[state]) in desk
    assert (next_step(found) is None) == (state in OVER)


def test_a_guest_comes_in_with_one_press_and_no_account(client: Client, ritual: Ritual) -> None:
    typed = client.post(
        reverse("ritual_enter"), {"code": f" {ritual.code.lower()[:3]} {ritual.code.lower()[3:]}"}
    )
    assert typed["Location"] == reverse("ritual_join", args=[ritual.code])
    assert not Participant.objects.exists()  # looking at the door is not coming in
    assert "Come in as a guest" in page(client, "ritual_join", ritual.code)
    guest = join(client, ritual)
    assert guest.person is None
    assert str(guest.token) in page(client, "ritual_here", ritual.pk)
    assert client.get(reverse("ritual_join", args=[ritual.code]))["Location"] == reverse(
        "ritual_here", args=[ritual.pk]
    )

    assert not client.session.items()  # nothing is kept of a guest but a random number


def test_a_wrong_code_says_so(client: Client, ritual: Ritual) -> None:
    answer = client.post(reverse("ritual_enter"), {"code": "XXXXX"}, follow=True)
    assert "There is no ritual with this code" in answer.content.decode()


def test_a_forged_cookie_and_another_members_place_let_nobody_in(
    client: Client, ritual: Ritual, lyra: Person, theo: Person, signed_in: SignIn
) -> None:
    client.cookies[queries.cookie_name(ritual)] = str(actions.join(ritual).token)
    assert client.get(reverse("ritual_here", args=[ritual.pk])).status_code == 302
    browser = signed_in(lyra)
    browser.cookies.pop(queries.cookie_name(ritual))
    join(browser, ritual)
    assert browser.get(reverse("ritual_here", args=[ritual.pk])).status_code == 200
    browser.force_login(theo, backend="django.contrib.auth.backends.ModelBackend")

    assert browser.get(reverse("ritual_here", args=[ritual.pk])).status_code == 302


def test_the_room_gives_a_voice_to_participants_and_only_eyes_to_others(
    client: Client, ritual: Ritual
) -> None:
    address = reverse("room_token", args=[ritual.topic])
    assert client.get(address).json()["speaks"] is False
    guest = join(client, ritual)
    spoken = client.get(address).json()
    assert spoken["speaks"] is True
    assert UUID(str(guest.token))
    assert client.get(reverse("room_token", args=["ritual-99999"])).status_code == 404


def test_the_call_takes_a_story_from_anybody_and_shows_it_once_released(
    client: Client, ritual: Ritual, theo: Person, signed_in: SignIn
) -> None:
    words = {
        "kind": "story",
        "words": "The jar held plums <b>once</b>.",
        "name": "Nadia",
        "key": "form-key-1",
    }
    for _press in range(2):
        answer = client.post(reverse("ritual_offer", args=[ritual.pk]), words)
    assert answer["Location"] == reverse("ritual", args=[ritual.pk])
    offering = Offering.objects.get()
    stranger = Client()
    assert "plums" not in page(stranger, "ritual", ritual.pk)
    assert stranger.get(reverse("ritual_shown", args=[ritual.pk, offering.pk])).status_code == 404
    browser = signed_in(theo)
    assert "plums" in page(browser, "ritual_desk", ritual.pk)
    browser.post(reverse("ritual_judge", args=[ritual.pk, offering.pk]), {"verdict": "release"})
    raw = stranger.get(reverse("ritual", args=[ritual.pk])).content.decode()

    assert "plums &lt;b&gt;once" in raw
    shown = stranger.get(reverse("ritual_shown", args=[ritual.pk, offering.pk])).json()
    assert shown["words"] == words["words"]


def test_words_are_taken_back_from_the_same_browser_only(client: Client, ritual: Ritual) -> None:
    client.post(
        reverse("ritual_offer", args=[ritual.pk]), {"kind": "story", "words": "Mine.", "key": "form-key-1"}
    )
    offering = Offering.objects.get()
    address = reverse("ritual_take_back", args=[ritual.pk, offering.pk])
    assert Client().post(address).status_code == 404
    client.post(address)
    offering.refresh_from_db()

    assert (offering.state, offering.words) == ("taken_back", "")


@pytest.mark.parametrize("name", ["ritual_desk", "ritual_new", "ritual_say"])
def test_the_desk_is_closed_to_residents_and_guests(
    client: Client, ritual: Ritual, lyra: Person, name: str
) -> None:
    address = reverse(name, args=[] if name == "ritual_new" else [ritual.pk])
    ask = client.post if name == "ritual_say" else client.get
    assert ask(address).status_code == 302
    client.force_login(lyra, backend="django.contrib.auth.backends.ModelBackend")

    assert ask(address).status_code == 403


def test_no_step_can_be_taken_without_its_permission(client: Client, ritual: Ritual, lyra: Person) -> None:
    client.force_login(lyra, backend="django.contrib.auth.backends.ModelBackend")
    for step in STEPS:
        assert client.post(reverse("ritual_step", args=[ritual.pk, step])).status_code == 403, step


def test_a_facilitator_leads_from_the_announcement_to_the_end_by_buttons(
    theo: Person, kiran: Person, lyra: Person, ritual: Ritual, signed_in: SignIn
) -> None:
    browser = signed_in(theo)

    def press(step: str, **values: str) -> None:
        answer = browser.post(reverse("ritual_step", args=[ritual.pk, step]), values)
        assert answer.status_code == 302, step

    for _step in range(4):
        press("next")
    browser.post(reverse("ritual_say", args=[ritual.pk]), {"what": "caption", "line": "Welcome, all of you."})
    browser.post(
        reverse("ritual_say", args=[ritual.pk]), {"what": "question", "line": "Who comes on Sunday?"}
    )
    press("pause", reason="Rain")
    press("resume")
    decide(ritual, theo, lyra)
    assert "Prepare the switch-over first" in page(browser, "ritual_desk", ritual.pk)
    prepare(ritual, theo)
    press("press")
    press("call")
    assert browser.get(reverse("ritual_step", args=[ritual.pk, "act"])).status_code == 403
    browser = signed_in(kiran)
    press("act", seen="The bag hangs.")
    browser = signed_in(theo)
    press("next")
    found = Ritual.objects.get(pk=ritual.pk)
    record = page(browser, "ritual_replay", ritual.pk)

    assert found.state == "closed"
    for words in ("Welcome, all of you.", "Who comes on Sunday?", "Rain", "The bag hangs.", "Kiran"):
        assert words in record
    assert "Kiran" not in page(Client(), "ritual_replay", ritual.pk)  # names are for members


def test_the_record_plays_the_same_present(
    led_to: Lead, client: Client, say: Say, guest: Participant
) -> None:
    from harmonia.commons.rituals.present import NOTHING, apply

    say(guest, "offer", kind="story", words="a very private sentence")
    over = led_to("closed")
    answer = client.get(reverse("ritual_record", args=[over.pk]))
    present = NOTHING
    for event in answer.json()["events"]:
        present = apply(present, event["kind"], event["data"])

    assert present == queries.present(over.topic)
    assert "private" not in json.dumps(answer.json())


def test_a_calendar_takes_the_ritual_follows_its_date_and_strikes_it_out(
    client: Client, ritual: Ritual, theo: Person
) -> None:
    def entry() -> dict[str, str]:
        answer = client.get(reverse("ritual_calendar", args=[ritual.pk]))
        assert answer["Content-Type"].startswith("text/calendar")
        event = Calendar.from_ical(answer.content).walk("VEVENT")[0]
        return {name: str(event[name]) for name in ("UID", "SUMMARY", "LOCATION", "STATUS", "SEQUENCE", "URL")} | {
            "START": event.decoded("DTSTART").isoformat(), "END": event.decoded("DTEND").isoformat(),
        }  # fmt: skip

    first = entry()
    assert first["SUMMARY"] == ritual.title
    assert first["START"] == ritual.starts_at.replace(microsecond=0).isoformat()
    assert first["END"] == (ritual.starts_at + timedelta(minutes=90)).replace(microsecond=0).isoformat()
    assert first["URL"].endswith(reverse("ritual", args=[ritual.pk]))
    later = timezone.now() + timedelta(days=9)
    actions.move_date(ritual, by=theo, place="School garden", starts_at=later, minutes=60)
    moved = entry()
    assert (moved["UID"], moved["LOCATION"], moved["SEQUENCE"]) == (first["UID"], "School garden", "1")
    actions.call_off(ritual, by=theo, reason="Snow")

    assert (entry()["STATUS"], entry()["SEQUENCE"]) == ("CANCELLED", "2")


def test_a_form_says_what_is_wrong_and_announces_nothing(theo: Person, signed_in: SignIn) -> None:
    browser = signed_in(theo)
    answer = browser.post(
        reverse("ritual_new"),
        {"title": "Late", "place": "Here", "starts_at": "2020-01-01T10:00", "minutes": 90},
    )

    assert answer.status_code == 422
    assert "still to come" in answer.content.decode()
    assert not Ritual.objects.exists()


def test_together_says_what_is_coming(client: Client, ritual: Ritual) -> None:
    assert ritual.title in page(client, "together")
    assert reverse("ritual", args=[ritual.pk]) in page(client, "rituals")


def test_the_code_leads_in(client: Client, ritual: Ritual) -> None:
    answer = client.get(reverse("ritual_code", args=[ritual.pk]))
    assert answer["Content-Type"] == "image/svg+xml"
    assert b"<svg" in answer.content


def test_the_unveiling_tells_quantities_with_their_range(client: Client, led_to: Lead) -> None:
    text = page(client, "ritual_screen", led_to("unveiling").pk)

    assert "Cooking on our own gas" in text
    assert "most likely 17 to 25" in text
