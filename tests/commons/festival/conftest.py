"""Stories to show."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from harmonia.commons.festival import actions
from harmonia.commons.festival.models import Evening
from harmonia.commons.people.models import Person
from tests.commons.tapestry.conftest import Tell, kiran, tell, theo

__all__ = ["Tell", "kiran", "tell", "theo"]


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    cache.clear()


@pytest.fixture
def evening(theo: Person) -> Evening:
    """An evening in two days."""
    at = timezone.now() + timedelta(days=2)
    return actions.plan_evening(theo, title="Lantern night", place="Old laundry", at=at)
