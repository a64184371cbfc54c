"""The pages, as a person and as an attacker meets them."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from harmonia.commons.alchemy import actions
from harmonia.commons.alchemy.models import Artifact
from harmonia.commons.ledger import queries as books
from harmonia.commons.ledger.models import Holder, Substance
from harmonia.commons.people import actions as people
from harmonia.commons.people.models import Person
from tests.commons.alchemy.conftest import Make

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]


def filled(holder: Holder, substance: Substance, **values: Any) -> dict[str, Any]:
    return {
        "title": "A stool from a bed frame",
        "story": "It *wobbled*.",
        "language": "en",
        "access": "public",
        "key": "0f6e1a52-0b5e-4c86-9a0b-3f6a52e1c001",
        "material-TOTAL_FORMS": "4",
        "material-INITIAL_FORMS": "0",
        "material-0-source": f"{holder.pk}-{substance.pk}",
        "material-0-kilograms": "3.2",
        **values,
    }


def test_making_is_for_people_who_are_signed_in(client: Client, yard: Holder) -> None:
    response = client.get(reverse("artifact_new"))

    assert response.status_code == 302
    assert "next=/make/new/" in response["Location"]


def test_a_person_makes_a_thing_and_its_page_tells_of_it(
    signed_in: SignIn, kiran: Person, yard: Holder, wood: Substance, photo: bytes
) -> None:
    upload = SimpleUploadedFile("IMG_0001.exe", photo, "application/x-evil")
    data = filled(yard, wood, photo=upload, alt="A low stool on a bench")
    response = signed_in(kiran).post(reverse("artifact_new"), data, follow=True)

    page = response.content.decode()
    assert response.redirect_chain == [(reverse("artifact", args=[Artifact.objects.get().code]), 302)]
    assert "A stool from a bed frame" in page
    assert "<em>wobbled</em>" in page
    assert 'alt="A low stool on a bench"' in page
    assert "3.2\N{NO-BREAK SPACE}kg" in page
    assert books.grams_of(yard, wood) == 6800


def test_before_publishing_the_page_says_what_can_never_be_called_back(
    signed_in: SignIn, kiran: Person, yard: Holder
) -> None:
    page = signed_in(kiran).get(reverse("artifact_new")).content.decode()

    assert page.index("What can never be called back") < page.index("Put it in the books")
    assert "backups" in page


def test_a_form_sent_twice_makes_one_thing(
    signed_in: SignIn, kiran: Person, yard: Holder, wood: Substance
) -> None:
    browser = signed_in(kiran)
    for _ in range(2):
        browser.post(reverse("artifact_new"), filled(yard, wood))

    assert Artifact.objects.count() == 1
    assert books.grams_of(yard, wood) == 6800


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"title": ""}, "This field is required"),
        ({"material-0-kilograms": "-3"}, "greater than or equal to 0.001"),
        ({"material-0-kilograms": "11"}, "not 11"),
        ({"material-0-kilograms": ""}, "how much of it"),
        ({"material-0-source": ""}, "where it lay"),
        ({"material-0-source": "", "material-0-kilograms": ""}, "Say what it was"),
        ({"material-1-kilograms": "1"}, "where it lay"),
        ({"material-0-source": "999-1"}, "not there any more"),
        ({"access": "martians"}, "martians is not one of the available choices"),
        ({"language": "zz-evil"}, "zz-evil is not one of the available choices"),
    ],
)
def test_a_slip_gets_a_sentence_and_keeps_what_was_typed(
    signed_in: SignIn, kiran: Person, yard: Holder, wood: Substance, wrong: dict[str, str], sentence: str
) -> None:
    response = signed_in(kiran).post(reverse("artifact_new"), filled(yard, wood, **wrong))

    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert "It *wobbled*." in page
    assert not Artifact.objects.exists()


def test_a_photo_needs_alt_text(
    signed_in: SignIn, kiran: Person, yard: Holder, wood: Substance, photo: bytes
) -> None:
    upload = SimpleUploadedFile("stool.jpg", photo)
    response = signed_in(kiran).post(reverse("artifact_new"), filled(yard, wood, photo=upload))

    assert "who can&#x27;t see it" in response.content.decode()
    assert not Artifact.objects.exists()


def test_a_web_page_named_like_a_photo_is_refused_on_the_page(
    signed_in: SignIn, kiran: Person, yard: Holder, wood: Substance
) -> None:
    upload = SimpleUploadedFile("stool.jpg", b"<script>alert(1)</script>", "image/jpeg")
    response = signed_in(kiran).post(reverse("artifact_new"), filled(yard, wood, photo=upload, alt="A stool"))

    assert "This is no photo we can read" in response.content.decode()
    assert not Artifact.objects.exists()


def test_without_material_the_page_says_so_instead_of_a_form(signed_in: SignIn, kiran: Person) -> None:
    page = signed_in(kiran).get(reverse("artifact_new")).content.decode()

    assert "No material lies here yet" in page
    assert "Put it in the books" not in page


def test_an_empty_gallery_invites(client: Client, db: None) -> None:
    page = client.get(reverse("make")).content.decode()

    assert "Nothing was made here yet" in page
    assert reverse("artifact_new") in page


def test_the_gallery_can_be_filtered_by_material(
    client: Client, make: Make, yard: Holder, metal: Substance
) -> None:
    make(title="A stool")
    make(title="A lamp", materials=[(yard, metal, 300)])
    page = client.get(reverse("make"), {"material": "metal"}).content.decode()

    assert "A lamp" in page
    assert "A stool" not in page
    assert "Metal parts became one thing" in page


def test_a_gallery_page_or_material_that_does_not_exist_still_answers(client: Client, make: Make) -> None:
    make(title="A stool")

    page = client.get(reverse("make"), {"material": "'; --", "page": "99999"}).content.decode()
    assert "A stool" in page


def test_a_code_typed_in_small_letters_leads_to_its_page(client: Client, make: Make) -> None:
    code = make().code
    response = client.get(f"/make/{code.lower().replace('-', '')}/")

    assert (response.status_code, response["Location"]) == (301, f"/make/{code}/")


def test_a_code_nobody_made_is_not_found(client: Client, db: None) -> None:
    assert client.get("/make/2222-22/").status_code == 404
    assert client.get("/make/OOOO-11/").status_code == 404


def test_a_story_that_attacks_is_harmless_text(client: Client, make: Make) -> None:
    thing = make(
        title="<script>alert(1)</script>", story="<img src=x onerror=alert(1)>\n\n[x](javascript:alert(1))"
    )

    for address in (
        reverse("artifact", args=[thing.code]),
        reverse("make"),
        reverse("artifact_label", args=[thing.code]),
    ):
        page = client.get(address).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert 'href="javascript' not in page


def test_photos_are_served_in_their_format_to_those_who_may_see_them(
    client: Client, signed_in: SignIn, make: Make, lyra: Person, photo: bytes
) -> None:
    address = reverse("media", args=[make(photo=photo, access="habitat").pictures.get().files("webp")[0]])
    assert client.get(address).status_code == 404

    response = signed_in(lyra).get(address)
    assert response["Content-Type"] == "image/webp"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert Image.open(io.BytesIO(response.getvalue())).format == "WEBP"


def test_the_teller_takes_story_and_photo_back(
    signed_in: SignIn, kiran: Person, make: Make, photo: bytes
) -> None:
    thing = make(story="Regret.", photo=photo)
    browser = signed_in(kiran)
    assert (
        "Take back what you told?"
        in browser.get(reverse("story_withdraw", args=[thing.code])).content.decode()
    )
    page = browser.post(
        reverse("story_withdraw", args=[thing.code]),
        {"story": "on", f"picture-{thing.pictures.get().pk}": "on"},
        follow=True,
    ).content.decode()

    assert "Regret." not in page
    assert "Its teller took it back" in page
    assert '<img src="/media' not in page


def test_nobody_else_can_take_a_story_back(signed_in: SignIn, lyra: Person, make: Make) -> None:
    thing = make(story="Mine.")
    response = signed_in(lyra).post(reverse("story_withdraw", args=[thing.code]), {"story": "on"})

    assert response.status_code == 404
    thing.story.refresh_from_db()
    assert thing.story.text == "Mine."


def test_a_facilitator_hides_with_a_reason_and_the_maker_reads_it(
    client: Client, signed_in: SignIn, theo: Person, kiran: Person, make: Make
) -> None:
    thing = make(title="A rude thing", story="Rude words.")
    signed_in(theo).post(
        reverse("artifact_moderate", args=[thing.code]), {"step": "hide", "reason": "It insults a neighbour"}
    )
    client.logout()

    response = client.get(reverse("artifact", args=[thing.code]))
    assert response.status_code == 404
    assert "rude" not in response.content.decode().lower()
    assert (
        "It insults a neighbour"
        in signed_in(kiran).get(reverse("artifact", args=[thing.code])).content.decode()
    )
    page = signed_in(theo).get(reverse("artifact_moderate", args=[thing.code])).content.decode()
    assert "It insults a neighbour" in page


def test_a_resident_cannot_hide_anything(signed_in: SignIn, lyra: Person, make: Make) -> None:
    thing = make()
    response = signed_in(lyra).post(reverse("artifact_moderate", args=[thing.code]), {"reason": "envy"})

    assert response.status_code == 404
    thing.refresh_from_db()
    assert thing.state == "shown"


def test_the_label_leads_to_the_things_own_address(client: Client, make: Make) -> None:
    code = make().code
    page = client.get(reverse("artifact_label", args=[code])).content.decode()
    svg = client.get(reverse("artifact_qr", args=[code, "svg"]))
    png = client.get(reverse("artifact_qr", args=[code, "png"]))

    assert f"http://testserver/make/{code}/" in page
    assert (svg["Content-Type"], svg.content[:5]) == ("image/svg+xml", b"<?xml")
    assert Image.open(io.BytesIO(png.content)).size == Image.open(io.BytesIO(png.content)).convert("1").size
    assert png["Content-Type"] == "image/png"


def test_a_hidden_thing_has_no_label_and_no_code(client: Client, theo: Person, make: Make) -> None:
    thing = make()
    actions.hide(theo, thing, reason="Names a neighbour")

    assert client.get(reverse("artifact_label", args=[thing.code])).status_code == 404
    assert client.get(reverse("artifact_qr", args=[thing.code, "svg"])).status_code == 404


def test_after_leaving_the_page_names_nobody(client: Client, kiran: Person, make: Make) -> None:
    thing = make(story="It wobbled.")
    people.leave(kiran)
    page = client.get(reverse("artifact", args=[thing.code])).content.decode()

    assert "somebody who left" in page
    assert "Kiran" not in page
