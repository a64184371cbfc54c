"""The model follows by itself, once, and never in a thread that serves pages."""

import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from harmonia.commons.ledger.models import Holder, Substance
from harmonia.commons.nexus import actions, tasks
from harmonia.commons.nexus.models import PlantVersion, Run
from tests.commons.nexus.conftest import DEMO, Bring

pytestmark = pytest.mark.django_db

OnCommit = Callable[..., AbstractContextManager[list[Callable[[], object]]]]


@pytest.fixture
def recent(db: None) -> PlantVersion:
    return actions.commission(DEMO, at=timezone.now() - timedelta(days=3))


def test_feeding_lets_the_model_follow_after_the_commit(
    recent: PlantVersion,
    bring: Bring,
    gate: Holder,
    scraps: Substance,
    django_capture_on_commit_callbacks: OnCommit,
) -> None:
    bring(8000, at=timezone.now())
    with django_capture_on_commit_callbacks(execute=True):
        actions.feed(gate, scraps)

    assert Run.objects.count() == 1


def test_a_run_that_has_seen_everything_is_not_repeated(recent: PlantVersion) -> None:
    assert tasks.follow_soon.call() == "followed"
    assert tasks.follow_soon.call() == "up to date"


@pytest.mark.parametrize("cause", ["reading", "promise", "day"])
def test_a_reading_a_promise_and_a_new_day_are_followed(
    recent: PlantVersion, scraps: Substance, cause: str
) -> None:
    tasks.follow_soon.call()
    now = timezone.now()
    if cause == "reading":
        actions.record_reading("ph", 7.2)
    elif cause == "promise":
        actions.expect("covenant-1", scraps, Decimal(7), starts=now.date())
    else:
        now += timedelta(days=1)

    assert tasks.is_behind(now)


def test_burning_gas_is_no_reason_to_run_the_model(recent: PlantVersion) -> None:
    tasks.follow_soon.call()
    actions.burn(grams=1)

    assert not tasks.is_behind(timezone.now())


def test_a_site_without_a_plant_has_nothing_to_follow(db: None) -> None:
    assert tasks.follow_soon.call() == "no plant"


def test_one_wish_waits_in_the_queue_and_one_for_the_next_day(
    recent: PlantVersion, settings: Any, django_capture_on_commit_callbacks: OnCommit
) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    with django_capture_on_commit_callbacks(execute=True):
        tasks.follow_on_commit()
        tasks.follow_on_commit()
    with django_capture_on_commit_callbacks(execute=True):
        tasks.follow_on_commit()
    assert DBTaskResult.objects.count() == 1

    tasks.look_again_tomorrow(timezone.now())
    tasks.look_again_tomorrow(timezone.now())
    assert DBTaskResult.objects.count() == 2


SERVES_PAGES = """
import sys, django
django.setup()
import harmonia.commons.nexus.urls, harmonia.commons.nexus.tasks
from harmonia.science.metabolism import jar_priors, jar_readings, jar_safety
from harmonia.science.metabolism import PlantEdit, apply_edits, feedstock_codes, plant_from_toml, plant_to_toml
plant_to_toml(apply_edits(plant_from_toml(sys.argv[1]), [PlantEdit("liquid_m3", "add", 1.0)])), feedstock_codes()
sys.exit(any(name in sys.modules for name in ("numba", "scipy")))
"""


def test_pages_never_load_the_compiled_model() -> None:
    settings = {"DJANGO_SETTINGS_MODULE": "harmonia.site.settings"}
    done = subprocess.run([sys.executable, "-c", SERVES_PAGES, DEMO], check=False, env=settings)

    assert done.returncode == 0
