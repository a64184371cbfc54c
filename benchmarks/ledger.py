"""Acknowledged drop-offs beside plain Django ORM inserts; bulk import; a million movements checked, paged and traced.

Runs on SQLite in a folder of its own, or on the PostgreSQL of DATABASE_URL (an empty database). Times are CPU seconds
of this process, and wall clock in brackets: a PostgreSQL server works outside it.
"""

import os
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

ONE_BY_ONE, ROUNDS, BULK, PAGES = 800, 16, int(os.environ.get("HARMONIA_BENCH_MOVEMENTS", "1000000")), 40
HOMES, POINTS, BAYS = 1_500, 50, 449  # with the digester 2,000 holders


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
        _trace()


@dataclass
class Taken:
    """CPU and wall clock of a piece of work [s]."""

    cpu: float = 0.0
    wall: float = 0.0


@contextmanager
def _clock() -> Iterator[Taken]:
    taken, cpu, wall = Taken(), time.process_time(), time.perf_counter()
    yield taken
    taken.cpu, taken.wall = time.process_time() - cpu, time.perf_counter() - wall


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _timed(count: int, act: Callable[[int], object]) -> tuple[float, float]:
    with _clock() as taken:
        for number in range(count):
            act(number)
    return count / taken.cpu, count / taken.wall


def _plain_models() -> tuple[Any, Any, Any]:
    """Return models like a plain app's, in tables without a rule: what happened, its two legs, what was seen."""
    from django.db import connection, models

    class PlainMovement(models.Model):  # noqa: DJ008 - nobody prints one
        action = models.CharField(max_length=20)
        occurred_at = models.DateTimeField()
        recorded_at = models.DateTimeField()
        recorder = models.UUIDField(null=True)
        key = models.CharField(max_length=80, unique=True)
        note = models.CharField(max_length=200, blank=True)

        class Meta:
            app_label = "ledger"

    class PlainLine(models.Model):  # noqa: DJ008 - nobody prints one
        movement = models.ForeignKey(PlainMovement, on_delete=models.PROTECT)
        holder = models.ForeignKey("ledger.Holder", on_delete=models.PROTECT, related_name="+")
        substance = models.ForeignKey("ledger.Substance", on_delete=models.PROTECT, related_name="+")
        grams = models.BigIntegerField()

        class Meta:
            app_label = "ledger"

    class PlainDropOff(models.Model):  # noqa: DJ008 - nobody prints one
        movement = models.OneToOneField(PlainMovement, on_delete=models.PROTECT, primary_key=True)
        point = models.ForeignKey("ledger.Holder", on_delete=models.PROTECT, related_name="+")
        foreign_kind = models.CharField(max_length=8)
        foreign_percent = models.PositiveSmallIntegerField(default=0)

        class Meta:
            app_label = "ledger"

    made = (PlainMovement, PlainLine, PlainDropOff)
    with connection.schema_editor() as editor:
        for model in made:
            editor.create_model(model)
    return made


def _one_by_one() -> None:
    from django.db import connection, transaction

    from harmonia.commons.journal.models import Event, Topic
    from harmonia.commons.ledger import actions, queries
    from harmonia.commons.ledger.models import Holder

    home = actions.open_household("home-0")
    point = actions.open_holder("bench", "Bench", Holder.Kind.POINT)
    scraps = queries.substance("food_waste")
    Movement, Line, DropOff = _plain_models()
    Topic.objects.get_or_create(name="bench")

    def ours(number: int) -> None:
        actions.drop_off_from(
            home, recorder=None, point=point, substance=scraps, grams=900 + number, key=uuid4().hex
        )

    def plain(number: int) -> None:
        # The same rows by Django's own ORM, without a check, a balance, a seal or a lock.
        now = datetime.now(UTC)
        with transaction.atomic():
            movement = Movement.objects.create(
                action="dropoff", occurred_at=now, recorded_at=now, key=uuid4().hex
            )
            for holder, grams in ((home, -number), (point, number)):
                Line.objects.create(movement=movement, holder=holder, substance=scraps, grams=grams)
            DropOff.objects.create(movement=movement, point=point, foreign_kind="none")
            Event.objects.create(topic_id="bench", sequence=number, kind="booked", payload={}, at=now)

    ours(0)
    each = ONE_BY_ONE // ROUNDS  # short rounds in turn: a busy machine slows both alike
    rounds = [(_timed(each, ours), _timed_from(each, plain, turn)) for turn in range(ROUNDS)]
    for name, index in (("a CPU second", 0), ("a second", 1)):
        own, peer = (
            statistics.median(pair[index] for pair in column) for column in zip(*rounds, strict=True)
        )
        ratio = statistics.median(mine[index] / theirs[index] for mine, theirs in rounds)
        print(
            f"{connection.vendor}: acknowledged drop-offs {own:7.0f}, plain ORM inserts {peer:7.0f} {name},"
            f" ratio {ratio:.2f} (goal 0.80)"
        )


def _timed_from(count: int, act: Callable[[int], object], round_: int) -> tuple[float, float]:
    return _timed(count, lambda number: act(1 + round_ * count + number))


def _entries(count: int) -> Iterator[Any]:
    """Yield deposits, feedings and outputs in turn, among 2,000 holders, none of them below zero."""
    from harmonia.commons.ledger.exchange.records import Entry
    from harmonia.commons.ledger.models import Movement

    first = (Movement.objects.order_by("-id").values_list("id", flat=True).first() or 0) + 1
    start = datetime(2020, 1, 1, tzinfo=UTC)
    for step in range(count):
        at = start + timedelta(minutes=step)
        turn, kind = divmod(step, 5)
        point, bay = f"point-{turn % POINTS}", f"bay-{turn % BAYS}"
        if kind < 3:
            legs = ((f"home-{(7 * step) % HOMES}", "food_waste", -1000), (point, "food_waste", 1000))
        elif kind == 3:
            legs = ((point, "food_waste", -2500), ("vessel", "slurry", 2500))
        else:
            legs = (("vessel", "slurry", -2000), (bay, "digestate", 2000))
        yield Entry(
            first + step, ("dropoff", "consume", "produce")[max(0, kind - 2)], at, at, f"bulk-{step}", legs
        )


def _bulk() -> None:
    from harmonia.commons.ledger import actions
    from harmonia.commons.ledger.models import Holder

    for number in range(HOMES):
        actions.open_household(f"home-{number}")
    kinds = [(f"point-{n}", Holder.Kind.POINT) for n in range(POINTS)]
    kinds += [(f"bay-{n}", Holder.Kind.COMPOST) for n in range(BAYS)]
    for code, kind in [*kinds, ("vessel", Holder.Kind.DIGESTER)]:
        actions.open_holder(code, code, kind)
    entries = list(_entries(BULK))
    with _clock() as taken:
        actions.append_many(entries)
    print(f"bulk import {BULK / taken.cpu:8.0f} [{BULK / taken.wall:.0f}] movements/s (goal 20,000)")


def _check() -> None:
    from harmonia.commons.ledger.checks import check

    with _clock() as taken:
        verdict = check()
    sound = "sound" if not verdict.findings else verdict.findings[0].sentence
    print(
        f"check of {verdict.movements} movements {taken.cpu:5.1f} [{taken.wall:.1f}] s (goal 20 for a million), {sound}"
    )


def _trace() -> None:
    from harmonia.commons.ledger import queries
    from harmonia.commons.ledger.models import Movement

    deposit = Movement.objects.get(key="bulk-10")
    bay = queries.holder("bay-7")
    with _clock() as taken:
        trail = queries.where_did_it_go([deposit])
    print(
        f"one deposit followed, with its range, {taken.cpu:5.1f} [{taken.wall:.1f}] s (goal 10), {len(trail.parts)} places"
    )
    with _clock() as taken:
        fed = queries.who_fed(bay)
    print(
        f"who fed one bay {taken.cpu:5.1f} [{taken.wall:.1f}] s (goal 10), {sum(s.movements for s in fed.sources)} deposits;"
        f" peak of all {_peak_mb():.0f} MB (goal 2,000)"
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
    client.get("/books/")
    addresses = [f"/books/?before={last - number * (last // PAGES)}" for number in range(PAGES)]
    for name, asked in (("first page", ["/books/"] * PAGES), ("any page", addresses)):
        times = []
        for address in asked:
            with _clock() as taken:
                answer = client.get(address)
            times.append(1000 * taken.wall)
            assert answer.status_code == 200, answer.status_code
        worst = sorted(times)[int(0.95 * PAGES)]
        print(f"books, {name}: median {statistics.median(times):5.1f} ms, p95 {worst:5.1f} ms (goal 50)")


if __name__ == "__main__":
    main()
