"""Mail that fails breaks nothing and is tried again."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone
from django_tasks import task_backends
from django_tasks.backends.dummy import DummyBackend

from harmonia.commons.notices import actions, tasks
from harmonia.commons.notices.models import Notice
from harmonia.commons.people.models import Person

pytestmark = pytest.mark.django_db
Capture = Any


@pytest.fixture
def broken(settings: Any) -> None:
    """A mail server that is down."""
    settings.EMAIL_BACKEND = "tests.commons.notices.broken_mail.EmailBackend"


@pytest.fixture
def waiting(lyra: Person, django_capture_on_commit_callbacks: Capture) -> Notice:
    """A notice whose mail has not left yet."""
    with django_capture_on_commit_callbacks():
        notice = actions.notify(lyra, kind="upgrade", subject="A vote", text="It is open.", link="/choose/")
    assert notice is not None
    return notice


def state(notice: Notice) -> tuple[str, int]:
    notice.refresh_from_db()
    return notice.mail_state, notice.mail_tries


def test_a_delivered_mail_says_why_it_came_and_leads_to_the_site(waiting: Notice) -> None:
    assert tasks.deliver.call(waiting.pk) == "sent"

    assert state(waiting) == ("sent", 1)
    assert mail.outbox[0].to == ["lyra@example.org"]
    assert "It is open." in mail.outbox[0].body
    assert "/choose/" in mail.outbox[0].body
    assert "/notices/preferences/" in mail.outbox[0].body


def test_a_mail_is_sent_once_however_often_its_task_runs(waiting: Notice) -> None:
    results = [tasks.deliver.call(waiting.pk) for _ in range(3)]

    assert results == ["sent", "", ""]
    assert len(mail.outbox) == 1


@pytest.mark.usefixtures("broken")
def test_a_mail_server_that_is_down_breaks_nothing_and_is_noted(
    lyra: Person, django_capture_on_commit_callbacks: Capture
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        notice = actions.notify(lyra, kind="upgrade", subject="A vote", text="It is open.")

    assert notice is not None
    assert state(notice) == ("failed", 1)
    assert notice.mail_error == "ConnectionRefusedError: nobody answers"


@pytest.mark.usefixtures("broken")
def test_a_failed_mail_is_tried_again_later_each_time(waiting: Notice, settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    backend = task_backends["default"]
    assert isinstance(backend, DummyBackend)
    pauses = []
    for _ in range(2):
        tasks.deliver.call(waiting.pk)
        [planned] = backend.results
        assert planned.task.run_after is not None
        waiting.refresh_from_db()
        assert waiting.mail_tried_at is not None
        pauses.append(round((planned.task.run_after - waiting.mail_tried_at).total_seconds() / 60))
        backend.clear()

    assert pauses == [5, 20]


def test_a_batch_plans_a_sweep_before_it_sends(waiting: Notice, settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    backend = task_backends["default"]
    assert isinstance(backend, DummyBackend)

    assert tasks.deliver_many.call([waiting.pk]) == 1
    [planned] = backend.results
    assert (planned.task.func, planned.args) == (tasks.retry.func, [])
    assert planned.task.run_after is not None


@pytest.mark.usefixtures("broken")
def test_after_six_tries_a_mail_is_given_up(waiting: Notice) -> None:
    results = [tasks.deliver.call(waiting.pk) for _ in range(7)]

    assert results == ["failed"] * 5 + ["lost", ""]
    assert state(waiting) == ("lost", 6)


@pytest.mark.parametrize("left", ["waiting", "sending", "failed"])
def test_the_sweep_sends_what_a_crash_left_behind(waiting: Notice, left: str) -> None:
    long_ago = timezone.now() - timedelta(days=2)
    Notice.objects.update(mail_state=left, mail_tried_at=long_ago, at=long_ago)

    assert tasks.retry.call() == 1
    assert state(waiting)[0] == "sent"


def test_the_sweep_leaves_alone_what_is_on_its_way(waiting: Notice) -> None:
    Notice.objects.update(mail_state="sending", mail_tried_at=timezone.now())

    assert tasks.retry.call() == 0
    assert state(waiting) == ("sending", 0)
    assert mail.outbox == []
