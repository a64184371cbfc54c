"""The jars' pages, as their makers, as neighbours and as strangers."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from harmonia.commons.ledger.models import Substance
from harmonia.commons.nexus import actions
from harmonia.commons.nexus.models import JarReading, JarTrial
from harmonia.commons.people.models import Person
from tests.commons.conftest import Enrol
from tests.commons.nexus.test_jars import home_plan, play, standard_plan

SignIn = Callable[[Person], Client]


@pytest.fixture
def jars(lyra: Person, scraps: Substance) -> JarTrial:
    """Lyra's home jars."""
    return actions.set_up_jars(home_plan(scraps), lyra, at=timezone.now() - timedelta(days=40))


def form(scraps: Substance, **changes: object) -> dict[str, object]:
    values: dict[str, object] = {
        "substance": scraps.pk, "fresh_g": "8", "inoculum_ml": 300, "inoculum": "digestate", "jars": 2, "blanks": 1,
        "vessel": "bag", "bag_l": 5, "headspace_ml": 500, "temperature_c": 30, "adult": "on", "gloves": "on",
        "outdoors": "on",
    }  # fmt: skip
    return values | changes


STANDARD = {
    "substrate_g": "4", "cellulose_g": 4, "inoculum_g": 8, "solids_error": 1, "inoculum": "sludge", "bottles": 3,
    "method": "methane", "vessel": "glass_vented", "headspace_ml": 200, "temperature_c": 37, "adult": "on",
    "gloves": "on", "outdoors": "on",
}  # fmt: skip


@pytest.mark.parametrize("page", ["nexus_jars", "nexus_jar_new", "nexus_jar_new_standard"])
def test_strangers_are_asked_to_sign_in(client: Client, db: None, page: str) -> None:
    assert client.get(reverse(page)).status_code == 302


def test_before_the_first_jar_the_list_says_what_one_is_worth(lyra: Person, signed_in: SignIn) -> None:
    page = signed_in(lyra).get(reverse("nexus_jars")).content.decode()

    assert "Nobody has filled a jar yet" in page
    assert "Before any jar" in page
    assert reverse("nexus_jar_new") in page


def test_a_resident_sets_up_jars_and_reads_them(lyra: Person, signed_in: SignIn, scraps: Substance) -> None:
    browser = signed_in(lyra)
    browser.post(reverse("nexus_jar_new"), form(scraps))
    trial = JarTrial.objects.get()
    browser.post(
        reverse("nexus_jar_read", args=[trial.pk]),
        {"bottle-J1": "120", "bottle-B1": "30", "temperature_c": "18"},
    )

    assert [bottle.name for bottle in trial.bottles.all()] == ["J1", "J2", "B1"]
    assert sorted(JarReading.objects.values_list("value", flat=True)) == [30, 120]
    assert trial.bottles.get(name="J1").substrate_g == pytest.approx(8 * 0.28 * 0.85)


def test_a_dangerous_jar_is_refused_on_the_page_with_what_was_typed(
    lyra: Person, signed_in: SignIn, scraps: Substance
) -> None:
    answer = signed_in(lyra).post(reverse("nexus_jar_new"), form(scraps, vessel="plastic", fresh_g="80"))
    page = answer.content.decode()

    assert answer.status_code == 422
    assert "0.3 bar is the most" in page
    assert 'value="80"' in page
    assert not JarTrial.objects.exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "Safe like this"),
        ({"vessel": "glass"}, "splinters"),
        ({"gloves": ""}, "gloves"),
        ({"fresh_g": ""}, "As soon as all is filled in"),
        ({"headspace_ml": "nan"}, "As soon as all is filled in"),
    ],
)
def test_the_word_on_safety_comes_while_the_form_is_filled_in(
    lyra: Person, signed_in: SignIn, scraps: Substance, changes: dict[str, object], words: str
) -> None:
    answer = signed_in(lyra).post(reverse("nexus_jar_check", args=["kitchen"]), form(scraps, **changes))

    assert words in answer.content.decode()
    assert not JarTrial.objects.exists()


def test_a_scientist_sets_up_a_standard_trial(kiran: Person, signed_in: SignIn, scraps: Substance) -> None:
    signed_in(kiran).post(reverse("nexus_jar_new_standard"), {"substance": scraps.pk, **STANDARD})
    trial = JarTrial.objects.get()

    assert trial.is_standard
    assert trial.bottles.count() == 9
    assert trial.solids_error == pytest.approx(0.01)


def test_a_resident_s_standard_trial_is_refused(lyra: Person, signed_in: SignIn, scraps: Substance) -> None:
    answer = signed_in(lyra).post(reverse("nexus_jar_new_standard"), {"substance": scraps.pk, **STANDARD})

    assert answer.status_code == 422
    assert not JarTrial.objects.exists()


def test_neighbours_read_but_cannot_write(
    jars: JarTrial, lyra: Person, enrol: Enrol, signed_in: SignIn
) -> None:
    browser = signed_in(enrol("Theo"))
    page = browser.get(reverse("nexus_jar", args=[jars.pk])).content.decode()
    browser.post(reverse("nexus_jar_read", args=[jars.pk]), {"bottle-J1": "120", "temperature_c": "18"})
    browser.post(reverse("nexus_jar_end", args=[jars.pk]))
    jars.refresh_from_db()

    assert "Lyra" in page
    assert reverse("nexus_jar_read", args=[jars.pk]) not in page
    assert not JarReading.objects.exists()
    assert jars.is_open


def test_when_a_maker_leaves_their_name_goes_and_the_jars_stay(
    jars: JarTrial, lyra: Person, enrol: Enrol, signed_in: SignIn
) -> None:
    from harmonia.commons.people import actions as people

    people.leave(lyra)
    page = signed_in(enrol("Theo")).get(reverse("nexus_jar", args=[jars.pk])).content.decode()

    assert "Lyra" not in page
    assert "J1" in page


def test_an_empty_reading_is_asked_for_again(jars: JarTrial, lyra: Person, signed_in: SignIn) -> None:
    answer = signed_in(lyra).post(reverse("nexus_jar_read", args=[jars.pk]), {"temperature_c": "18"})

    assert answer.status_code == 422
    assert "at least one bottle" in answer.content.decode()


def test_the_result_page_says_it_with_its_range_and_a_chart(
    jars: JarTrial, lyra: Person, signed_in: SignIn
) -> None:
    play(jars, lyra)
    actions.hear_jars(jars)
    page = signed_in(lyra).get(reverse("nexus_jar", args=[jars.pk])).content.decode()

    assert "mL of methane a gram" in page
    assert "four times in five" in page
    assert page.count("data-chart") == 1
    assert "methane potential" in page
    assert "Methane potential" not in page  # a home jar's result is never called so


def test_the_list_and_the_page_tell_what_a_trial_narrowed(
    kiran: Person, signed_in: SignIn, scraps: Substance
) -> None:
    trial = actions.set_up_jars(standard_plan(scraps), kiran, at=timezone.now() - timedelta(days=40))
    play(trial, kiran)
    browser = signed_in(kiran)
    browser.post(reverse("nexus_jar_end", args=[trial.pk]))
    actions.hear_jars(JarTrial.objects.get())
    page = browser.get(reverse("nexus_jar", args=[trial.pk])).content.decode()
    listed = browser.get(reverse("nexus_jars")).content.decode()

    assert "your jars narrowed" in page
    assert "The trial is valid" in page
    assert "bits" in listed


@pytest.mark.parametrize("table", ["setup", "volumes"])
def test_a_table_is_downloaded(jars: JarTrial, lyra: Person, signed_in: SignIn, table: str) -> None:
    answer = signed_in(lyra).get(reverse(f"nexus_jar_{table}", args=[jars.pk]))

    assert answer["Content-Type"].startswith("text/csv")
    assert answer.content.decode().startswith("id,")


def test_somebody_is_let_in_to_read(jars: JarTrial, lyra: Person, enrol: Enrol, signed_in: SignIn) -> None:
    theo = enrol("Theo")
    signed_in(lyra).post(reverse("nexus_jar_share", args=[jars.pk]), {"person": theo.pk})

    assert jars.makers.count() == 2


def test_a_jar_that_is_not_there_is_not_found(lyra: Person, signed_in: SignIn) -> None:
    assert signed_in(lyra).get(reverse("nexus_jar", args=[99])).status_code == 404


def test_pages_cost_as_many_questions_for_many_jars_as_for_few(
    lyra: Person, signed_in: SignIn, scraps: Substance, django_assert_max_num_queries: Any
) -> None:
    for _ in range(6):
        actions.set_up_jars(home_plan(scraps), lyra)
    browser = signed_in(lyra)

    with django_assert_max_num_queries(40):
        browser.get(reverse("nexus_jars"))
