"""A workshop with matter, people who make, and photos as phones write them."""

import io
from collections.abc import Callable
from decimal import Decimal
from typing import Any, cast

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from PIL import Image

from harmonia.commons.alchemy import actions
from harmonia.commons.alchemy.models import Artifact
from harmonia.commons.ledger import actions as ledger
from harmonia.commons.ledger import queries as books
from harmonia.commons.ledger.models import Holder, Substance
from harmonia.commons.people import actions as people
from harmonia.commons.people.models import Person
from tests.commons.conftest import Enrol

Make = Callable[..., Artifact]


@pytest.fixture
def kiran(enrol: Enrol) -> Person:
    """A resident who makes things."""
    return enrol("Kiran")


@pytest.fixture
def theo(enrol: Enrol) -> Person:
    """A facilitator."""
    return enrol("Theo", "facilitator")


@pytest.fixture
def noor(lyra: Person) -> Person:
    """Somebody under 16, here through Lyra."""
    return people.enrol(email="noor@example.org", name="Noor", password="digest-more-7", guardian=lyra)


@pytest.fixture
def wood(db: None) -> Substance:
    """Broken wood."""
    return books.substance("wood")


@pytest.fixture
def metal(db: None) -> Substance:
    """Metal parts."""
    return books.substance("metal")


@pytest.fixture
def yard(kiran: Person, gate: Holder, wood: Substance, metal: Substance) -> Holder:
    """A collection point where 10 kg of wood and 2 kg of metal lie."""
    for substance, weight in ((wood, 10), (metal, 2)):
        ledger.record_drop_off(kiran, point=gate, substance=substance, kilograms=Decimal(weight))
    return gate


@pytest.fixture
def make(kiran: Person, yard: Holder, wood: Substance) -> Make:
    """Make something: `make(title="A stool", story="It wobbled.")`."""

    def made(person: Person | None = None, **values: Any) -> Artifact:
        given: dict[str, Any] = {"title": "A stool", "materials": [(yard, wood, 500)], **values}
        if "photo" in given:
            given.setdefault("alt", "A low stool on a workbench")
        return actions.make(person or kiran, **given)

    return made


def jpeg(size: tuple[int, int] = (640, 480), colour: str = "#8a3b12", **options: Any) -> bytes:
    """Return a plain JPEG."""
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG", **options)
    return out.getvalue()


@pytest.fixture
def photo() -> bytes:
    """A plain photo."""
    return jpeg()


def fetched(client: Client, name: str) -> HttpResponse:
    """Fetch one file of a picture or recording to its end, as a browser does."""
    answer = client.get(reverse("media", args=[name]))
    if answer.streaming:
        answer.getvalue()
    return cast(HttpResponse, answer)
