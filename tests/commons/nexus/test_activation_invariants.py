"""What the database itself refuses, whoever asks: overrides of safety, lonely confirmations, leaps, rewriting."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from harmonia.commons.nexus import actions
from harmonia.commons.nexus.models import Activation, PreflightCheck, RampRecord
from harmonia.commons.nexus.models.preflight_check import ATTESTED_H
from harmonia.commons.people.models import Person
from tests.commons.nexus.conftest import moment
from tests.commons.nexus.switching import *  # noqa: F403 - fixtures
from tests.commons.nexus.switching import STEPS, attest_all, noon

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def refused(act: Callable[[], object], *, match: str | None = None) -> None:
    with pytest.raises(IntegrityError, match=match), transaction.atomic():
        act()


def look(activation: Activation, item: str, **change: object) -> PreflightCheck:
    values: dict[str, object] = {
        "state": "green",
        "at": noon(7),
        "recorded_at": noon(7),
        "by": uuid4(),
        "reason": "x",
    }
    return PreflightCheck.objects.create(activation=activation, item=item, **(values | change))


def test_no_safety_item_can_be_overridden(prepared: Activation) -> None:
    for item in (*ATTESTED_H, "readings"):
        refused(lambda item=item: look(prepared, item, state="overridden"))  # type: ignore[misc]


def test_an_override_has_a_reason_and_nothing_is_seen_in_the_future(prepared: Activation) -> None:
    refused(lambda: look(prepared, "twin", state="overridden", reason=""))
    refused(lambda: look(prepared, "operator", at=noon(8)))
    refused(lambda: look(prepared, "twin"))


def confirm_by_hand(activation: Activation, **change: object) -> None:
    values: dict[str, object] = {
        "state": "ramping", "pressed_by": uuid4(), "pressed_at": noon(7), "confirmed_by": uuid4(),
        "confirmed_at": noon(7), "version": activation.before,
    }  # fmt: skip
    Activation.objects.filter(pk=activation.pk).update(**(values | change))


def test_no_confirmation_gets_past_a_safety_item_that_is_missing_red_or_stale(prepared: Activation) -> None:
    says = "a safety item is missing, red or stale"
    for item in ATTESTED_H:
        refused(lambda: confirm_by_hand(prepared), match=says)
        look(prepared, item)
    for item, hours in ATTESTED_H.items():
        look(prepared, item, state="red")
        refused(lambda: confirm_by_hand(prepared), match=says)
        look(prepared, item, at=noon(7) - timedelta(hours=hours, seconds=2))
        refused(lambda: confirm_by_hand(prepared), match=says)
        look(prepared, item, at=noon(8), recorded_at=noon(8))
        refused(lambda: confirm_by_hand(prepared), match=says)
        look(prepared, item)

    assert Activation.objects.get(pk=prepared.pk).state == "checking"


def test_with_every_item_fresh_and_green_two_people_may_confirm_and_one_may_not(
    prepared: Activation, mira: Person
) -> None:
    attest_all(prepared, mira, noon(7))
    alone = uuid4()
    refused(lambda: confirm_by_hand(prepared, pressed_by=alone, confirmed_by=alone))
    refused(lambda: confirm_by_hand(prepared, pressed_by=None))
    confirm_by_hand(prepared)

    assert Activation.objects.get(pk=prepared.pk).state == "ramping"


def test_nobody_inserts_a_confirmed_one_and_two_are_never_open(prepared: Activation) -> None:
    def insert(**change: object) -> None:
        values: dict[str, object] = {
            "title": "x", "goal_kg_vs_m3_d": 1.0, "before": prepared.before, "prepared_at": noon(7),
            "prepared_by": uuid4(),
        }  # fmt: skip
        Activation.objects.create(**(values | change))

    refused(insert)
    refused(lambda: insert(slot=None))
    refused(
        lambda: insert(
            state="finished", slot=None, version=prepared.before, pressed_by=uuid4(), pressed_at=noon(7),
            confirmed_by=uuid4(), confirmed_at=noon(7),
        )
    )  # fmt: skip


def test_what_was_confirmed_stays(running_ramp: Activation) -> None:
    rewritten: list[dict[str, object]] = [
        {"title": "another"},
        {"edits": []},
        {"words": ["we promised less"]},
        {"promised": {}},
        {"goal_kg_vs_m3_d": 9.0},
        {"pressed_by": uuid4()},
        {"confirmed_by": uuid4()},
        {"confirmed_at": noon(6)},
    ]
    for change in rewritten:
        refused(lambda change=change: Activation.objects.filter(pk=running_ramp.pk).update(**change))  # type: ignore[misc]


def test_nothing_is_deleted_or_rewritten(running_ramp: Activation, mira: Person) -> None:
    tables = ("nexus_activation", "nexus_preflightcheck", "nexus_ramprecord")
    for table in tables:
        refused(lambda table=table: run(f"DELETE FROM {table}"))  # type: ignore[misc]
    refused(lambda: run("UPDATE nexus_preflightcheck SET state = 'green'"))
    refused(lambda: run("UPDATE nexus_ramprecord SET loading_kg_vs_m3_d = 0.1"))


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_ramp_neither_leaps_nor_hurries_nor_skips(running_ramp: Activation) -> None:
    for kind, load, number, day in (
        ("rise", STEPS[0] + 0.51, 2, 30),
        ("rise", STEPS[1], 2, 20),
        ("rise", STEPS[1], 3, 30),
        ("hold", STEPS[1], 2, 30),
        ("resume", STEPS[0], 2, 30),
        ("start", STEPS[0], 2, 30),
        ("hold", STEPS[0], 2, 5),
    ):
        refused(lambda words=(kind, load, number, day): add(running_ramp, *words))  # type: ignore[misc]


def test_a_ramp_does_not_rise_while_it_is_held_nor_after_its_end(running_ramp: Activation) -> None:
    add(running_ramp, "hold", STEPS[0], 2, 20)
    refused(lambda: add(running_ramp, "rise", STEPS[1], 3, 30))
    add(running_ramp, "resume", STEPS[0], 3, 30)
    add(running_ramp, "rise", STEPS[1], 4, 31)
    add(running_ramp, "finish", STEPS[1], 5, 50)
    refused(lambda: add(running_ramp, "rise", STEPS[2], 6, 70))

    assert actions.watch_ramp(moment(50)) in ("ramping", "holding", "none")


def add(activation: Activation, kind: str, load: float, number: int, day: int) -> None:
    RampRecord.objects.create(
        activation=activation, kind=kind, loading_kg_vs_m3_d=load, number=number, at=noon(day), by=uuid4()
    )
