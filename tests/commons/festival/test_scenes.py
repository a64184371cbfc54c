"""A story as a scene: for whom it is, what shape it has, and when that goes."""

import io
import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation
from PIL import Image

from harmonia.commons.alchemy import actions as alchemy
from harmonia.commons.festival import actions, queries
from harmonia.commons.festival.models import Scene
from harmonia.commons.festival.queries.scenes import LONGEST, phrases
from harmonia.commons.journal import registry
from harmonia.commons.people import actions as people
from harmonia.commons.people.models import Person
from tests.commons.tapestry.conftest import Tell
from tests.science.scenes.shapes import parts, whole
from tests.validator import issues

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]


def photo() -> bytes:
    out = io.BytesIO()
    pixels = np.full((120, 160, 3), 40, dtype=np.uint8)
    pixels[40:80, 60:100] = (220, 120, 60)
    Image.fromarray(pixels).save(out, "JPEG")
    return out.getvalue()


def files() -> list[Path]:
    return list((Path(settings.MEDIA_ROOT) / "festival").glob("*"))


def kinds(glb: bytes) -> str:
    return str(parts(glb)[0]["asset"].get("generator"))


@pytest.mark.parametrize(
    "name", ["festival_scene", "festival_scene_json", "festival_scene_glb", "festival_scene_still"]
)
@pytest.mark.parametrize(
    ("access", "stranger", "member"), [("public", 200, 200), ("habitat", 404, 200), ("only_me", 404, 404)]
)
def test_a_scene_is_for_those_who_may_read_the_story(
    client: Client,
    signed_in: SignIn,
    tell: Tell,
    lyra: Person,
    name: str,
    access: str,
    stranger: int,
    member: int,
) -> None:
    address = reverse(name, args=[tell("A stool", access=access).code])

    assert client.get(address).status_code == stranger
    assert signed_in(lyra).get(address).status_code == member


@pytest.mark.database
@pytest.mark.parametrize("deed", ["withdraw", "hide"])
def test_a_story_that_goes_takes_its_scene_with_it(
    client: Client, tell: Tell, kiran: Person, theo: Person, deed: str
) -> None:
    stool = tell("A stool")
    if deed == "hide":
        alchemy.hide(theo, stool, reason="Names a neighbour")
    else:
        alchemy.withdraw_story(kiran, stool.story)

    assert client.get(reverse("festival_scene_glb", args=[stool.code])).status_code == 404
    assert queries.public_story(stool.code) is None


def test_a_story_without_a_photo_is_its_patch_of_cloth(tell: Tell, tmp_path: Path) -> None:
    scene = queries.public_story(tell("A stool").code)
    assert scene
    glb = queries.shape(scene, AnonymousUser())

    assert scene.kind == "cloth"
    assert issues(glb, tmp_path)["numErrors"] == 0


def test_a_photo_becomes_a_relief(tell: Tell, tmp_path: Path) -> None:
    scene = queries.public_story(tell("A stool", photo=photo(), alt="A stool").code)
    assert scene
    glb = queries.shape(scene, AnonymousUser())

    assert scene.kind == "relief"
    assert issues(glb, tmp_path)["numErrors"] == 0
    assert parts(glb)[0]["images"][0]["mimeType"] == "image/jpeg"


def test_the_whole_cloth_hangs_as_glb(client: Client, tell: Tell, tmp_path: Path) -> None:
    assert client.get(reverse("festival_cloth")).status_code == 404
    tell("A stool")

    assert issues(client.get(reverse("festival_cloth")).content, tmp_path)["numErrors"] == 0


def test_a_teller_gives_a_shape_and_takes_it_away(
    tell: Tell, kiran: Person, django_capture_on_commit_callbacks: Any
) -> None:
    stool = tell("A stool")
    actions.dress(kiran, stool.code, sides={"front": "Three legs"}, glb=whole())
    scene = queries.public_story(stool.code)
    assert scene
    assert (scene.kind, scene.sides, queries.shape(scene, AnonymousUser())) == (
        "glb",
        {"front": "Three legs"},
        whole(),
    )
    with django_capture_on_commit_callbacks(execute=True):
        actions.dress(kiran, stool.code, sides={}, without_glb=True)

    assert files() == []


@pytest.mark.database
def test_a_new_shape_replaces_the_old_file(
    tell: Tell, kiran: Person, django_capture_on_commit_callbacks: Any
) -> None:
    stool = tell("A stool")
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(2):
            actions.dress(kiran, stool.code, sides={}, glb=whole())

    assert [file.stem for file in files()] == [Scene.objects.get().glb]


def test_nobody_dresses_somebody_elses_story(tell: Tell, lyra: Person, theo: Person) -> None:
    code = tell("A stool").code
    for person in (lyra, theo):
        with pytest.raises(actions.Refused, match="told"):
            actions.dress(person, code, sides={}, glb=whole())

    assert files() == []


def test_a_file_that_is_no_glb_is_refused_with_its_reason(tell: Tell, kiran: Person) -> None:
    with pytest.raises(actions.Refused, match=r"no GLB.*Nothing was saved"):
        actions.dress(kiran, tell("A stool").code, sides={}, glb=b"%PDF-1.7" + bytes(40))

    assert files() == []


@pytest.mark.parametrize("deed", ["withdraw", "leave"])
def test_the_file_goes_with_the_story_and_with_its_teller(
    tell: Tell, kiran: Person, django_capture_on_commit_callbacks: Any, deed: str
) -> None:
    stool = tell("A stool")
    actions.dress(kiran, stool.code, sides={}, glb=whole())
    assert len(files()) == 1
    with django_capture_on_commit_callbacks(execute=True):
        if deed == "leave":
            people.leave(kiran)
        else:
            alchemy.withdraw_story(kiran, stool.story)

    assert (files(), Scene.objects.count()) == ([], 0)


def test_a_teller_uploads_on_the_page(signed_in: SignIn, tell: Tell, kiran: Person) -> None:
    address = reverse("festival_dress", args=[tell("A stool").code])
    browser = signed_in(kiran)
    bad = browser.post(address, {"glb": SimpleUploadedFile("x.glb", b"nonsense" * 9)})
    good = browser.post(address, {"glb": SimpleUploadedFile("x.glb", whole()), "front": "Three legs"})

    assert (bad.status_code, good.status_code) == (422, 302)
    assert "no GLB" in bad.content.decode()
    assert Scene.objects.get().front == "Three legs"


def test_the_page_of_dressing_is_the_tellers_alone(signed_in: SignIn, tell: Tell, lyra: Person) -> None:
    address = reverse("festival_dress", args=[tell("A stool").code])

    assert signed_in(lyra).get(address).status_code == 404


def test_a_person_takes_home_what_they_added(tell: Tell, kiran: Person) -> None:
    code = tell("A stool").code
    actions.dress(kiran, code, sides={"back": "A knot"}, glb=whole())

    assert registry.export(kiran)["festival"]["scenes"][0] == {
        "artifact": code,
        "glb_bytes": len(whole()),
        "front": "",
        "right": "",
        "back": "A knot",
        "left": "",
    }


def test_words_are_cut_where_they_can_be_read() -> None:
    text = "# It **broke**.\n\nThen I mended it, " + "and mended it again, " * 12 + "until it held! Twice?"
    found = phrases(text)

    assert (found[0], found[-1]) == ("It broke.", "Twice?")
    assert max(map(len, found)) <= LONGEST
    assert re.sub(r"\W", "", "".join(found)) == re.sub(r"\W", "", text)


def test_the_pages_policy_lets_pictures_out_of_the_file_and_nothing_else_in(
    client: Client, tell: Tell
) -> None:
    policy = client.get(reverse("festival_scene", args=[tell("A stool").code]))["Content-Security-Policy"]

    assert "connect-src 'self' blob:" in policy
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


def test_the_pyramid_is_printed_true_to_scale(client: Client) -> None:
    import matplotlib as mpl

    page = client.get(reverse("festival_pyramid")).content.decode()
    with mpl.rc_context({"pdf.compression": 0}):
        pdf = client.get(reverse("festival_template", args=["cd", "a4"])).content.decode("latin-1")
    box = [float(x) for x in re.search(r"/MediaBox \[ ([\d. ]+)\]", pdf)[1].split()]  # type: ignore[index]
    lines = [tuple(map(float, found)) for found in re.findall(r"([\d.]+) ([\d.]+) [ml]\b", pdf)]
    mm = 72 / 25.4
    lengths = [np.hypot(a[0] - b[0], a[1] - b[1]) / mm for a, b in pairwise(lines)]

    assert "CD case" in page
    assert box[2:] == pytest.approx([210 * mm, 297 * mm], abs=0.1)
    assert min(abs(length - 100) for length in lengths) < 0.05
    assert min(abs(length - 112) for length in lengths) < 0.05
    assert client.get("/festival/pyramid/barn-a4.pdf").status_code == 404


@pytest.mark.usefixtures("spanish")
def test_a_file_that_is_no_glb_is_refused_in_the_language_of_now(tell: Tell, kiran: Person) -> None:
    with translation.override("es"), pytest.raises(actions.Refused) as raised:
        actions.dress(kiran, tell("A stool").code, sides={}, glb=b"%PDF-1.7" + bytes(40))

    assert "El archivo no es GLB (glTF binario)." in str(raised.value)
