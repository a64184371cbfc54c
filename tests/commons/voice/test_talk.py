"""The conversation: statements, near-duplicates, stances, the map without people, moderation in the open."""

import random
from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from harmonia.commons.people.models import Person
from harmonia.commons.voice import actions, likeness, queries
from harmonia.commons.voice.models import Moderation, Statement, Upgrade
from harmonia.commons.voice.pages import talk
from tests.commons.conftest import Enrol

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]
ROOF = (
    "A roof over the leaf heap costs little and we can build it on one Saturday, so it should come before any machine"
    " that needs care and power every year."
)
ROOF_AGAIN = (
    "A roof above the leaf heap costs little and can be built on one Saturday, so it should come first, before any"
    " machine that needs care and power each year."
)
SCHOOL = (
    "The school garden takes dry leaves for its hedgehogs, so a part of them should stay there and rot in peace instead"
    " of being carried across the street."
)
GATE = (
    "Nobody over seventy should have to carry wet sacks: whoever comes with a wheelbarrow should find an open gate and a"
    " ramp, also on Sundays and feast days."
)


def test_a_statement_has_140_to_280_characters_without_empty_ones(shown: Upgrade, lyra: Person) -> None:
    for text in ("Too short.", "x" * 139, "x" * 281, "x " * 60 + " " * 100):
        with pytest.raises(actions.Refused, match="140 to 280"):
            actions.say(shown, text, by=lyra)
    said = actions.say(shown, f"  {ROOF}\n", by=lyra)

    assert said.text == ROOF
    assert queries.mine(lyra, shown) == {said.pk: 1}


def test_what_says_nearly_the_same_is_shown_before_it_is_posted(
    shown: Upgrade, lyra: Person, theo: Person, signed_in: SignIn
) -> None:
    for text in (ROOF, SCHOOL, GATE):
        actions.say(shown, text, by=lyra)
    browser = signed_in(theo)
    address = reverse("statement_new", args=[shown.pk])
    first = browser.post(address, {"text": ROOF_AGAIN}).content.decode()
    assert "Somebody said nearly the same" in first
    assert ROOF in first
    assert SCHOOL not in first
    assert Statement.objects.count() == 3
    browser.post(address, {"text": ROOF_AGAIN, "anyway": "1"})

    assert Statement.objects.count() == 4


def test_the_threshold_lies_between_other_thoughts_and_the_same_in_other_words() -> None:
    same = likeness.likeness(likeness.pieces(ROOF), likeness.pieces(ROOF_AGAIN))
    others = [likeness.likeness(likeness.pieces(ROOF), likeness.pieces(t)) for t in (SCHOOL, GATE)]

    assert max(others) < likeness.ALIKE < same


def test_a_stance_is_changed_and_the_last_one_counts(
    shown: Upgrade, lyra: Person, theo: Person, signed_in: SignIn
) -> None:
    said = actions.say(shown, ROOF, by=theo)
    browser = signed_in(lyra)
    asked = browser.get(reverse("upgrade_talk", args=[shown.pk])).content.decode()
    for stance in ("agree", "disagree", "nonsense"):
        browser.post(reverse("statement_react", args=[shown.pk, said.pk]), {"stance": stance})

    assert ROOF in asked
    assert queries.mine(lyra, shown) == {said.pk: -1}


def test_nobody_talks_before_the_question_is_shown_or_after_it_is_decided(
    drafted: Upgrade, theo: Person, client: Client
) -> None:
    with pytest.raises(actions.Refused, match="has not begun"):
        actions.say(drafted, ROOF, by=theo)

    assert client.get(reverse("upgrade_talk", args=[drafted.pk])).status_code == 404


def crowd_talks(shown: Upgrade, enrol: Enrol, count: int) -> list[Statement]:
    dice = random.Random(3)
    people = [enrol(f"P{n}") for n in range(count)]
    said = [
        actions.say(shown, f"{text} Number {n} of them all.", by=people[0])
        for n, text in enumerate((ROOF, SCHOOL, GATE) * 2)
    ]
    for n, person in enumerate(people[1:], start=1):
        for number, statement in enumerate(said):
            likes = number == 0 or (number % 2 == n % 2)
            actions.react(statement, (1 if likes else -1) if dice.random() < 0.9 else 0, by=person)
    return said


def test_consensus_comes_first_and_no_group_is_claimed_among_few(
    shown: Upgrade, enrol: Enrol, client: Client
) -> None:
    said = crowd_talks(shown, enrol, 12)
    page = client.get(reverse("upgrade_map", args=[shown.pk])).content.decode()

    assert "You agree on" in page
    assert page.index(said[0].text) < page.index("The map of thoughts")
    assert "groups need 50" in page
    assert not [n for n in range(12) if f">P{n}<" in page]


def test_sixty_people_may_be_groups_with_their_steadiness(
    shown: Upgrade, enrol: Enrol, client: Client
) -> None:
    crowd_talks(shown, enrol, 60)
    facts = talk.map_facts(shown)
    page = client.get(reverse("upgrade_map", args=[shown.pk])).content.decode()

    assert facts["people"] == 60
    assert [group.size >= 25 for group in facts["groups"]] == [True, True]
    assert "steady" in page
    assert facts["no_groups"] == ""


def test_no_count_under_five_is_told(shown: Upgrade, enrol: Enrol, client: Client) -> None:
    crowd_talks(shown, enrol, 4)
    page = client.get(reverse("upgrade_map", args=[shown.pk])).content.decode()

    assert "fewer than five took a stance" in page
    assert "% agree" not in page


def test_the_same_stances_give_the_same_map(shown: Upgrade, enrol: Enrol) -> None:
    crowd_talks(shown, enrol, 12)
    one, two = talk.map_facts(shown), talk.map_facts(shown)

    assert one["dots"] == two["dots"]


def test_hiding_is_written_down_with_name_and_reason_for_everybody(
    shown: Upgrade, theo: Person, lyra: Person, client: Client
) -> None:
    said = actions.say(shown, ROOF, by=lyra)
    with pytest.raises(actions.Refused, match="reason"):
        actions.moderate(said, by=theo, hidden=True, why=" ")
    with pytest.raises(actions.Refused, match="role"):
        actions.moderate(said, by=lyra, hidden=True, why="I dislike it.")
    actions.moderate(said, by=theo, hidden=True, why="It names a child.")
    page = client.get(reverse("upgrade_moderation", args=[shown.pk])).content.decode()
    talked = client.get(reverse("upgrade_map", args=[shown.pk])).content.decode()
    said.refresh_from_db()
    with pytest.raises(actions.Refused, match="hidden now"):
        actions.react(said, 1, by=theo)

    assert "It names a child. (Theo)" in page
    assert ROOF not in page
    assert ROOF not in talked


@pytest.mark.database
def test_the_moderation_log_cannot_be_rewritten(shown: Upgrade, theo: Person, lyra: Person) -> None:
    said = actions.say(shown, ROOF, by=lyra)
    actions.moderate(said, by=theo, hidden=True, why="It names a child.")
    for statement in ("UPDATE voice_moderation SET why = 'x'", "DELETE FROM voice_moderation"):
        with (
            pytest.raises(IntegrityError, match="moderation log"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)

    assert Moderation.objects.get().why == "It names a child."


def test_a_statement_is_only_text(shown: Upgrade, lyra: Person, client: Client) -> None:
    text = (
        "<script>alert(1)</script> "
        + "Somebody clever writes a hundred and forty characters to break the page, and nothing happens but text. "
        * 2
    )
    actions.say(shown, text[:270], by=lyra)

    assert "<script>alert" not in client.get(reverse("upgrade_map", args=[shown.pk])).content.decode()
