"""The frame around every page, the landing page, and the pages for when something went wrong."""

import re
from datetime import date
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.template import Context, Template, TemplateSyntaxError
from django.template.loader import render_to_string
from django.urls import path
from django.utils.safestring import SafeString
from pytest_django.fixtures import Settings


def nowhere(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


PLACES = ("bring", "nexus", "make", "choose", "tapestry", "together")
urlpatterns = [path(f"{name}/", nowhere, name=name) for name in (*PLACES, "home", "thread", "sign_in")]
FACTS = {
    "week_kg": 402.4,
    "week_homes": 31,
    "cooking_hours": 148.0,
    "stats": [{"label": "Gas today", "figure": "1.62 m³", "note": "1.4 to 1.8 tomorrow"}],
}


@pytest.fixture(autouse=True)
def bare_site(settings: Settings) -> None:
    """Take addresses from this file, and static files without the manifest of a collected site."""
    settings.ROOT_URLCONF = __name__
    backend = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": backend}


def page(source: str, **context: Any) -> str:
    return Template('{% extends "base.html" %}' + source).render(Context(context))


def home(**context: Any) -> str:
    return render_to_string("site/home.html", {"headline_facts": {}, "ring_days": [], **context})


def test_the_place_of_a_page_is_marked_in_the_navigation_once() -> None:
    html = page("{% block place %}nexus{% endblock %}")

    assert len(re.findall(r"aria-current", html)) == 1
    assert re.search(r'aria-current="true"[^>]*><svg.*?<span>Nexus</span>', html, re.DOTALL)


def test_the_six_places_stand_in_their_order() -> None:
    names = re.findall(r"<span>(\w+)</span></a></li>", page(""))

    assert names == ["Bring", "Nexus", "Make", "Choose", "Tapestry", "Together"]


def test_every_page_says_that_it_is_no_safety_device() -> None:
    assert "never a safety device" in page("")


def test_only_the_demonstration_says_that_its_people_are_fictional() -> None:
    assert "fictional people" in page("", demo=True)
    assert "fictional people" not in page("")


@pytest.mark.parametrize(("theme", "attribute"), [("night", True), ("day", True), ("", False), ("x", False)])
def test_a_chosen_theme_is_written_into_the_page(theme: str, attribute: bool) -> None:
    assert (f'data-theme="{theme}"' in page("", theme=theme)) is attribute


def test_without_a_story_there_is_a_hairline_and_no_invented_cloth() -> None:
    assert '<div class="strip" aria-hidden="true"></div>' in page("", cloth_strip="")
    assert '<div class="strip" aria-hidden="true"><svg></svg></div>' in page(
        "", cloth_strip=SafeString("<svg></svg>")
    )


def test_cloth_that_is_not_marked_safe_is_escaped() -> None:
    assert "<script>alert" not in page("", cloth_strip="<script>alert(1)</script>")


def test_messages_are_announced() -> None:
    html = page("", messages=[{"level_tag": "success", "message": "Booked."}])

    assert '<div role="status"><ul class="messages"><li class="success">' in html


def test_a_page_without_a_lede_has_no_empty_line() -> None:
    assert 'class="lede"' not in page("{% block heading %}News{% endblock %}")
    assert '<p class="lede">Soon.</p>' in page("{% block lede %}Soon.{% endblock %}")


def test_the_door_tells_the_week_in_words() -> None:
    html = home(headline_facts=FACTS, ring_days=[(date(2026, 11, 1), 1.5, 0, 2)])

    assert "31 households brought 402\u00a0kg" in html
    assert "148 hours of cooking" in html
    assert '<dd class="figure">1.62 m³</dd>' in html


def test_the_door_of_an_empty_habitat_invites_and_invents_nothing() -> None:
    html = home()

    assert "Nobody has brought anything yet this week." in html
    assert 'class="stats"' not in html
    assert "<article" not in html


def test_an_alarm_at_the_door_is_a_sentence_with_one_button() -> None:
    html = home(
        alarm={"title": "Too much fat", "sentence": "pH falls in six days.", "url": "/n", "action": "See"}
    )
    card = html[html.index("<article") : html.index("</article>")]

    assert "pH falls in six days." in card
    assert card.count('class="button"') == 1


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "500"])
def test_an_error_page_needs_no_context_and_leads_on(name: str) -> None:
    html = render_to_string(f"{name}.html")

    assert html.count("<h1>") == 1
    assert '<a class="button" href="/">' in html


def test_a_capture_without_a_name_is_refused() -> None:
    with pytest.raises(TemplateSyntaxError, match="capture takes one name"):
        Template("{% load look %}{% capture %}x{% endcapture %}")
