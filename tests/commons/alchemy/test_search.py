"""The same words find the same things on SQLite and PostgreSQL: both are compared with a plain reading of the texts."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harmonia.commons.alchemy import actions, queries
from harmonia.commons.alchemy.folding import asked, words
from harmonia.commons.alchemy.models import Artifact
from harmonia.commons.alchemy.queries import Narrowed
from harmonia.commons.ledger.models import Holder, Substance
from harmonia.commons.people.models import Person
from tests.commons.alchemy.conftest import Make

pytestmark = [pytest.mark.django_db, pytest.mark.database]
NOBODY = AnonymousUser()
LETTERS = st.text(st.sampled_from("aábcñÑçéßØ日本'\"*:()&|!-_%\\ .0١"), min_size=1, max_size=14)


def found(text: str, viewer: Person | AnonymousUser = NOBODY) -> set[str]:
    return {thing.title for thing in queries.gallery(viewer, Narrowed(words=text))}


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("lampara", {"Lámpara de café"}),
        ("LÁMPARA", {"Lámpara de café"}),
        ("cafe lamp", {"Lámpara de café"}),
        ("amp", set()),
        ("madera", {"Lámpara de café", "A stool"}),
        ("wood", {"Lámpara de café", "A stool"}),
        ("wobbl", {"A stool"}),
        ("wobbled cafe", set()),
        ("carpinteria joinery", {"A stool"}),
        ("oil", {"A stool"}),
        ("' OR 1=1 --", set()),
        ('"*" NEAR(a b) NOT : & | !', set()),
        ("", {"Lámpara de café", "A stool"}),
        ("!!!", {"Lámpara de café", "A stool"}),
    ],
)
def test_words_find_titles_stories_materials_and_techniques_in_both_languages(
    make: Make, text: str, titles: set[str]
) -> None:
    make(title="Lámpara de café")
    make(title="A stool", story="It wobbled.", techniques=["joinery"], care="Oil it.")

    assert found(text) == titles


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(LETTERS, min_size=1, max_size=4), LETTERS)
def test_both_databases_find_what_a_plain_reading_finds(
    make: Make, wood: Substance, stories: list[str], text: str
) -> None:
    with transaction.atomic():
        told = {}
        for number, story in enumerate(stories):
            thing = make(title=f"T{number}", story=f".{story}")
            texts = (story, thing.title, thing.code, wood.name_en, wood.name_es)
            told[thing.title] = [word for part in texts for word in words(part)]
        expected = {
            title
            for title, known in told.items()
            if all(any(word.startswith(wanted) for word in known) for wanted in asked(text))
        }
        hits = found(text)
        transaction.set_rollback(True)

    assert hits == expected


def test_words_of_a_private_story_find_it_for_its_teller_only(
    make: Make, kiran: Person, lyra: Person
) -> None:
    make(title="A stool", story="A zarzaparrilla.", access="only_me")

    assert (found("zarza", kiran), found("zarza", lyra), found("zarza")) == ({"A stool"}, set(), set())


def test_words_may_stand_in_different_parts_of_one_thing(make: Make, photo: bytes) -> None:
    make(title="A stool", story="It wobbled.", photo=photo, alt="Three legs")

    assert found("stool wobbled legs") == {"A stool"}


def test_changed_words_are_found_and_the_old_ones_are_not(make: Make, kiran: Person) -> None:
    thing = make(title="A stool", care="Oil it.")
    actions.describe(kiran, thing, care="Wax it.", techniques=["weaving"])

    assert (found("wax"), found("tejido weaving"), found("oil")) == ({"A stool"}, {"A stool"}, set())


def test_the_gallery_is_narrowed_by_material_technique_maker_and_months(
    client: Client, make: Make, yard: Holder, metal: Substance, lyra: Person, kiran: Person
) -> None:
    make(title="A stool", techniques=["joinery"])
    lamp = make(lyra, title="A lamp", materials=[(yard, metal, 300)], techniques=["metalwork"])
    choices = queries.choices(NOBODY)
    lyra_mark = next(choice.value for choice in choices["maker"] if choice.label == "Lyra")
    season = choices["season"][0].value

    for asked_for in ({"material": "metal"}, {"technique": "metalwork"}, {"maker": lyra_mark}):
        page = client.get(reverse("make"), asked_for).content.decode()
        assert ("A lamp" in page, "A stool" in page) == (True, False), asked_for
    assert "A lamp" in client.get(reverse("make"), {"season": season}).content.decode()
    Artifact.objects.filter(pk=lamp.pk).update(made_at=timezone.now().replace(year=2020, month=1, day=31))
    old = client.get(reverse("make"), {"season": "2019-12"}).content.decode()
    assert ("A lamp" in old, "A stool" in old) == (True, False)
    assert "December 2019 to February 2020" in old


def test_nobody_is_found_by_a_name_they_did_not_agree_to(
    make: Make, kiran: Person, noor: Person, lyra: Person
) -> None:
    make(title="A stool", named=False)
    make(noor, title="A toy")

    assert queries.choices(NOBODY)["maker"] == []
    assert [choice.label for choice in queries.choices(lyra)["maker"]] == ["Noor"]
    assert str(kiran.pseudonym.token) not in str(queries.choices(lyra))
