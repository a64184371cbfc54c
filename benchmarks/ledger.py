"""Acknowledged drop-offs beside plain Django inserts; bulk import; a million movements checked and paged.

Runs on SQLite in a folder of its own, or on the PostgreSQL of DATABASE_URL (an empty database).
"""

import os
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

ONE_BY_ONE, BULK, PAGES = 400, int(os.environ.get("HARMONIA_BENCH_MOVEMENTS", "1000000")), 40


def main() -> None:
    """Print each figure with its limit."""
    with tempfile.TemporaryDirectory() as home:
        os.environ.setdefault("HARMONIA_HOME", home)
        os.environ["DJANGO_SETTINGS_MODULE"] = "harmonia.site.settings"
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        _one_by_one()
        _bulk()
        _check()
        _pages()


def _timed(count: int, act: Callable[[int], object]) -> float:
    begin = time.process_time()
    for number in range(count):
        act(number)
    return count / (time.process_time() - begin)


def _one_by_one() -> None:
    from django.db import connection, transaction

    from harmonia.commons.journal.models import Event, Topic
    from harmonia.commons.ledger import actions, queries
    from harmonia.commons.ledger.models import Balance, Holder

    home = actions.open_household("home-bench")
    point = actions.open_holder("bench", "Bench", Holder.Kind.POINT)
    scraps = queries.substance("food_waste")
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE plain_drop_off (id integer PRIMARY KEY, at text, key text UNIQUE, home integer, point integer,"
            " substance integer, grams integer)"
        )
    Topic.objects.get_or_create(name="bench")

    def ours(number: int) -> None:
        actions.drop_off_from(
            home, recorder=None, point=point, substance=scraps, grams=900 + number, key=uuid4().hex
        )

    def plain(number: int) -> None:
        # What an app without invariants writes for the same event: two rows that say it and one that tells it.
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(
                    "INSERT INTO plain_drop_off (id, at, key, home, point, substance, grams)"
                    " VALUES (%s,%s,%s,%s,%s,%s,%s)",
                    [number, str(datetime.now(UTC)), uuid4().hex, home.pk, point.pk, scraps.pk, 900 + number],
                )
            Balance.objects.filter(holder=point, substance=scraps).first()
            Event.objects.create(
                topic_id="bench", sequence=number, kind="x", payload={}, at=datetime.now(UTC)
            )

    ours(0)
    rounds = [(_timed(ONE_BY_ONE // 4, ours), _timed_from(ONE_BY_ONE // 4, plain, k)) for k in range(4)]
    own, peer = (statistics.median(column) for column in zip(*rounds, strict=True))
    print(f"{connection.vendor}: acknowledged drop-offs {own:8.0f}, plain inserts {peer:8.0f} a CPU second")
    print(f"ratio {own / peer:.2f} (goal 0.80)")


def _timed_from(count: int, act: Callable[[int], object], round_: int) -> float:
    return _timed(count, lambda number: act(1 + round_ * count + number))


def _entries(count: int) -> Iterator[Any]:
    from harmonia.commons.ledger.exchange.records import Entry
    from harmonia.commons.ledger.models import Movement

    first = (Movement.objects.order_by("-id").values_list("id", flat=True).first() or 0) + 1
    start = datetime(2020, 1, 1, tzinfo=UTC)
    for step in range(count):
        at = start + timedelta(minutes=step)
        legs = (("home-bench", "food_waste", -1000), ("bench", "food_waste", 1000))
        yield Entry(first + step, "dropoff", at, at, f"bulk-{step}", legs)


def _bulk() -> None:
    from harmonia.commons.ledger import actions

    begin = time.process_time()
    actions.append_many(_entries(BULK))
    taken = time.process_time() - begin
    print(f"bulk import {BULK / taken:10.0f} movements/s (goal 20,000)")


def _check() -> None:
    from harmonia.commons.ledger.checks import check

    begin = time.process_time()
    verdict = check()
    taken = time.process_time() - begin
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sound = "sound" if not verdict.findings else verdict.findings[0].sentence
    print(
        f"check of {verdict.movements} movements {taken:6.1f} s (goal 20 for a million), {sound}, peak {peak:.0f} MB"
    )


def _pages() -> None:
    from django.conf import settings
    from django.test import Client

    from harmonia.commons.ledger.models import Movement
    from harmonia.commons.people import actions as people

    settings.ALLOWED_HOSTS = ["testserver"]
    settings.SECURE_SSL_REDIRECT = False
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    person = people.enrol(email="bench@example.org", name="Bench", password="a-long-password-9")
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    last = Movement.objects.count()
    times = []
    client.get("/books/")
    for number in range(PAGES):
        begin = time.process_time()
        answer = client.get(f"/books/?before={last - number * (last // PAGES)}")
        times.append(1000 * (time.process_time() - begin))
        assert answer.status_code == 200, answer.status_code
    worst = sorted(times)[int(0.95 * PAGES)]
    print(f"books page, median {statistics.median(times):5.1f} ms, p95 {worst:5.1f} ms (goal 50)")


if __name__ == "__main__":
    main()
