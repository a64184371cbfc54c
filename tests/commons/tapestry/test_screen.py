"""What the screen is made of, and that what is taken back is gone from all of it at once."""

import io
import json
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from PIL import Image

from harmonia.commons.alchemy import actions as alchemy
from harmonia.commons.people.models import Person
from harmonia.commons.tapestry import queries
from harmonia.science.weaving import tapestry as documents
from harmonia.science.weaving.texels import DARNED
from tests.commons.tapestry.conftest import Tell

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    cache.clear()


def threads(client: Client) -> list[dict[str, Any]]:
    return list(client.get(reverse("tapestry_threads")).json()["threads"])


def tiles(client: Client) -> list[str]:
    pyramid = client.get(reverse("tapestry_pyramid")).json()
    return [
        pyramid["address"].format(
            level=level, column=n % one["columns"], row=n // one["columns"], name=one["names"][n]
        )
        for level, one in enumerate(pyramid["levels"])
        for n in range(len(one["names"]))
    ]


def test_threads_stand_in_the_order_of_the_patches(client: Client, tell: Tell) -> None:
    codes = [tell(f"Thing {day}", day=day).code for day in (3, 1, 2)]

    assert sorted(thread["code"] for thread in threads(client)) == sorted(codes)
    assert [thread["code"] for thread in threads(client)] == list(queries.cloth_texels().seeds)


def test_every_tile_of_the_pyramid_is_there(client: Client, tell: Tell) -> None:
    tell("A stool")
    answers = [client.get(address) for address in tiles(client)]

    assert {answer.status_code for answer in answers} == {200}
    assert all(max(Image.open(io.BytesIO(a.content)).size) <= 256 for a in answers)


def test_a_browser_that_holds_the_same_is_told_so(client: Client, tell: Tell) -> None:
    tell("A stool")
    for name in ("tapestry_texels", "tapestry_threads", "tapestry_png", "tapestry_pyramid"):
        first = client.get(reverse(name))
        again = client.get(reverse(name), headers={"if-none-match": first["ETag"]})

        assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
        assert "must-revalidate" in first["Cache-Control"]


def test_a_withdrawn_story_is_gone_from_cloth_tiles_words_and_document_at_once(
    client: Client, tell: Tell, kiran: Person, django_capture_on_commit_callbacks: Any
) -> None:
    tell("A stool", day=1)
    lamp = tell("A secret lamp", day=2, material="metal")
    row, lane = queries.cloth_texels().place(lamp.code) or (-1, -1)
    before = {name: client.get(reverse(name)).content for name in ("tapestry_texels", "tapestry_png")}
    old = tiles(client)
    with django_capture_on_commit_callbacks(execute=True):
        alchemy.withdraw_story(kiran, lamp.story)
    gone = [address for address in old if client.get(address).status_code == 404]

    assert queries.cloth_texels().cells[row, lane] == DARNED
    assert any(f"/{lane}/{row}." in address for address in gone)
    assert all(client.get(reverse(name)).content != content for name, content in before.items())
    for name in ("tapestry_threads", "tapestry_document", "tapestry"):
        assert "secret" not in client.get(reverse(name)).content.decode()
    assert {"seed": lamp.code, "darned": True}.items() <= client.get(reverse("tapestry_document")).json()[
        "communities"
    ][0]["threads"][1].items()


def test_nothing_drawn_is_kept_for_a_minute(client: Client, tell: Tell, monkeypatch: Any) -> None:
    kept_for: list[int] = []
    keep = cache.set

    def keeping(key: str, value: object, seconds: int) -> None:
        kept_for.append(seconds)
        keep(key, value, seconds)

    monkeypatch.setattr(cache, "set", keeping)
    tell("A stool")
    for address in [reverse("tapestry"), reverse("tapestry_png"), reverse("tapestry_texels"), *tiles(client)]:
        client.get(address)

    assert kept_for
    assert max(kept_for) < 60


def test_what_this_process_drew_is_dropped_when_a_story_goes(
    tell: Tell, kiran: Person, django_capture_on_commit_callbacks: Any
) -> None:
    stool = tell("A stool")
    queries.picture()
    assert cache.get("tapestry-picture")
    with django_capture_on_commit_callbacks(execute=True):
        alchemy.withdraw_story(kiran, stool.story)

    assert cache.get("tapestry-picture") is None


@pytest.mark.parametrize("access", ["habitat", "only_me"])
def test_stories_that_are_not_for_everybody_reach_no_screen(
    client: Client, tell: Tell, kiran: Person, theo: Person, access: str
) -> None:
    tell("A stool")
    tell("A secret lamp", access=access)
    alchemy.hide(theo, tell("A secret chair"), reason="Names a neighbour")

    assert [thread["name"].partition(":")[2][:8] for thread in threads(client)] == [" A stool"]
    assert "secret" not in client.get(reverse("tapestry_document")).content.decode()


def test_a_kiosk_gets_words_that_anybody_may_read(client: Client, tell: Tell, theo: Person) -> None:
    from datetime import timedelta

    from django.utils import timezone

    from harmonia.commons.tapestry import actions

    today = timezone.localdate()
    stop = actions.plan_stop(theo, place="Bakery", first_day=today, last_day=today + timedelta(days=2))
    tell("A stool", story="From a **bed** frame.")
    tell("A lamp", story="Private.", access="habitat")
    page = client.get(reverse("tapestry_kiosk", args=[stop.code])).content.decode()
    words = client.get(reverse("tapestry_kiosk_words", args=[stop.code])).content.decode()

    assert "From a **bed** frame." in words
    assert "Private" not in words
    assert "stool" not in page  # the page may be kept without a network, so it holds no story


def test_the_document_reads_back_and_its_hash_holds(client: Client, tell: Tell) -> None:
    tell("A stool")
    text = client.get(reverse("tapestry_document")).content

    assert documents.read_tapestry(text).sha256 == json.loads(text)["sha256"]


def test_the_cloth_may_stand_in_other_peoples_pages_and_nothing_else_may(client: Client, tell: Tell) -> None:
    tell("A stool")
    embed, page = client.get(reverse("tapestry_embed")), client.get(reverse("tapestry"))

    assert "X-Frame-Options" not in embed
    assert "frame-ancestors *" in embed["Content-Security-Policy"]
    assert page["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    assert "Set-Cookie" not in embed


def test_names_of_tiles_that_never_were_lead_nowhere(client: Client, tell: Tell) -> None:
    tell("A stool")
    for address in ("0/0/0", "99/0/0", "0/999999/0"):
        assert client.get(f"/tapestry/tiles/{address}.{'0' * 20}.png").status_code == 404


def test_before_the_first_story_there_is_bare_cloth(client: Client) -> None:
    assert client.get(reverse("tapestry_texels")).content[:4] == b"HFB1"
    assert client.get(reverse("tapestry_bare")).content[:4] == b"HFB1"
    assert threads(client) == []
