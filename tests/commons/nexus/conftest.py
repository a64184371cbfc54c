"""A plant to test with."""

from datetime import UTC, datetime
from importlib.resources import files

import pytest
from django.test import TestCase

from harmonia.commons.ledger import actions as ledger
from harmonia.commons.ledger.models import Holder, Substance
from harmonia.commons.nexus import actions
from harmonia.commons.nexus.models import PlantVersion
from harmonia.commons.people.models import Person

DEMO = files("harmonia.commons.nexus").joinpath("plants/demo.toml").read_text("utf-8")
START = datetime(2026, 9, 1, 8, tzinfo=UTC)


@pytest.fixture
def kiran(enrol: "object") -> Person:
    """A scientist."""
    assert callable(enrol)
    person = enrol("Kiran", "scientist")
    assert isinstance(person, Person)
    return person


@pytest.fixture
def running(db: None, kiran: Person) -> PlantVersion:
    """A plant in force since the first of September, not fed yet."""
    return actions.commission(DEMO, by=kiran, at=START)
