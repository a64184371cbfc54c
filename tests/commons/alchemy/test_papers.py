"""Passports and label sheets: what a thing carries with it."""

import json
import re
import zlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from harmonia.cli.main import main
from harmonia.commons.alchemy import actions, sheets
from harmonia.commons.ledger.models import Substance
from harmonia.commons.people.models import Person
from harmonia.credentials import verify
from tests.commons.alchemy.conftest import Make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(settings: Any, tmp_path: Path) -> Path:
    """A home for the site's key."""
    settings.CONFIG = replace(settings.CONFIG, home=tmp_path, name="Linden", address="https://linden.example")
    return tmp_path


def test_a_passport_says_what_everybody_may_read_and_verifies_offline(
    client: Client,
    make: Make,
    wood: Substance,
    kiran: Person,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    bed = make(title="A bed", care="Oil it.", techniques=["joinery"])
    stool = make(title="A stool", materials=[(bed.holder, wood, 500)], story="A secret.", access="habitat")
    answer = client.get(reverse("artifact_passport", args=[stool.code]))
    signed = json.loads(answer.content)
    subject = signed["credentialSubject"]
    path = tmp_path / "stool.json"
    path.write_bytes(answer.content)

    assert answer["Content-Type"] == "application/vc+json"
    assert verify(signed).key == signed["issuer"]["id"]
    assert subject["url"] == f"https://linden.example/make/{stool.code}/"
    assert subject["material"] == [
        {
            "substance": "wood",
            "name": "Broken wood",
            "weight": {"type": ["QuantitativeValue"], "value": 500, "unitCode": "GRM"},
        }
    ]
    assert subject["isBasedOn"] == [{"id": f"urn:uuid:{bed.identity}", "name": "A bed", "relation": "remade"}]
    assert subject["creator"] == [{"type": ["Person"], "name": "Kiran", "part": ""}]
    assert subject["origin"]["modelled"] is True
    assert "claims no conformity" in signed["notice"]
    assert "secret" not in answer.content.decode()
    assert main(["passport", "verify", str(path), "--key", signed["issuer"]["id"]]) == 0
    path.write_text(path.read_text().replace("A stool", "A throne"))
    assert main(["passport", "verify", str(path)]) == 1
    capsys.readouterr()


def test_every_term_of_a_passport_is_defined_in_its_context(client: Client, make: Make) -> None:
    signed = json.loads(client.get(reverse("artifact_passport", args=[make(care="Oil it.").code])).content)
    base = {"@context", "id", "type", "name", "issuer", "validFrom", "credentialSubject", "proof"}
    defined = base | set(signed["@context"][1])

    def terms(value: Any) -> set[str]:
        if isinstance(value, list):
            return set().union(*map(terms, value)) if value else set()
        return set(value) | set().union(*map(terms, value.values())) if isinstance(value, dict) else set()

    unsigned = {name: value for name, value in signed.items() if name not in ("@context", "proof")}
    assert terms(unsigned) <= defined


def test_who_wants_no_name_has_none_in_the_passport(client: Client, make: Make) -> None:
    signed = json.loads(client.get(reverse("artifact_passport", args=[make(named=False).code])).content)

    assert signed["credentialSubject"]["creator"] == []


def test_what_is_hidden_has_no_passport(client: Client, make: Make, theo: Person) -> None:
    thing = make()
    actions.hide(theo, thing, reason="Names a neighbour")

    assert client.get(reverse("artifact_passport", args=[thing.code])).status_code == 404


def texts(pdf: bytes) -> int:
    """How many pages a PDF has, after reading every stream of it."""
    for stream in re.findall(rb"FlateDecode.*?stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        zlib.decompress(stream)
    return len(re.findall(rb"/Type /Page\b", pdf))


@pytest.mark.parametrize("name", sheets.LAYOUTS)
def test_labels_fill_sheets_and_stay_on_the_paper(name: str) -> None:
    layout = sheets.LAYOUTS[name]
    labels = [
        sheets.Label("K7QX-3M", f"Thing $x^2$ {n}", "https://linden.example/make/K7QX-3M/")
        for n in range(layout.labels)
    ]

    assert texts(sheets.sheets(labels, layout)) == 1
    assert texts(sheets.sheets(labels, layout, skip=1)) == 2
    assert (
        layout.first[0] + layout.across * layout.label[0] + (layout.across - 1) * layout.gap
        <= layout.paper[0] + 0.01
    )
    assert layout.first[1] + layout.down * layout.label[1] <= layout.paper[1]


@pytest.mark.parametrize(("name", "lines"), [("a4-24", 4), ("a4-21", 4), ("letter-30", 2)])
def test_a_long_title_ends_above_the_code(name: str, lines: int) -> None:
    assert sheets.lines_of(sheets.LAYOUTS[name]) == lines


def test_a_title_the_font_lacks_is_left_out_and_the_code_stays() -> None:
    assert sheets.printable("Lámpara de café")
    assert not sheets.printable("木のランプ")
    assert (
        texts(sheets.sheets([sheets.Label("K7QX-3M", "木", "https://x.example/")], sheets.LAYOUTS["a4-24"]))
        == 1
    )


def test_a_person_prints_labels_of_their_things(
    client: Client, make: Make, kiran: Person, lyra: Person
) -> None:
    thing, other = make(title="A stool"), make(lyra, title="A lamp")
    client.force_login(kiran, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("label_sheets")).content.decode()
    pdf = client.get(reverse("label_sheets"), {"things": [thing.code], "layout": "a4-21", "skip": "3"})
    stranger = client.get(reverse("label_sheets"), {"things": [other.code], "layout": "a4-21", "skip": "0"})

    assert ("A stool" in page, "A lamp" in page) == (True, False)
    assert (pdf["Content-Type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")
    assert stranger.status_code == 422


def test_the_label_page_gives_the_text_for_a_tag(client: Client, make: Make) -> None:
    page = client.get(reverse("artifact_label", args=[make().code])).content.decode()

    assert "For an NFC tag" in page
    assert "NTAG213" in page
