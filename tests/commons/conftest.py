"""A small habitat for the tests of the people's side."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from harmonia.commons.ledger import actions as ledger
from harmonia.commons.ledger import queries
from harmonia.commons.ledger.models import Holder, Substance
from harmonia.commons.people import actions as people
from harmonia.commons.people.models import Person

Enrol = Callable[..., Person]


@pytest.fixture(autouse=True)
def plain_site(settings: Any, tmp_path: Path) -> None:
    """Serve tests over plain http, keep files and keys in a folder of the test, run tasks at once."""
    settings.SECURE_SSL_REDIRECT = False
    settings.MEDIA_ROOT = tmp_path / "media"
    # A key that is made on the way lies there, not beside the sources.
    settings.CONFIG = replace(settings.CONFIG, home=tmp_path / "home")
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()  # a test's books begin at number one again; what was traced of another's must not be met
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


@pytest.fixture
def enrol(db: None) -> Enrol:
    """Make people: `enrol("Lyra", "scientist")`."""

    def make(name: str, *roles: str) -> Person:
        return people.enrol(
            email=f"{name.lower()}@example.org", name=name, password="digest-more-7", roles=roles
        )

    return make


@pytest.fixture
def lyra(enrol: Enrol) -> Person:
    """A resident."""
    return enrol("Lyra")


@pytest.fixture
def signed_in(client: Client) -> Callable[[Person], Client]:
    """Return a browser in which a person is signed in."""

    def sign_in(person: Person) -> Client:
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


@pytest.fixture
def gate(db: None) -> Holder:
    """A collection point."""
    return ledger.open_holder("gate", "Gate", Holder.Kind.POINT, where="By the old well")


@pytest.fixture
def scraps(db: None) -> Substance:
    """Food scraps."""
    return queries.substance("food_waste")
