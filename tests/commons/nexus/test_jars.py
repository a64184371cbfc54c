"""Jars: set up safely, read by their makers, told by the science, pooled."""

import math
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from harmonia.commons.journal import registry
from harmonia.commons.journal.models import Event
from harmonia.commons.ledger.models import Substance
from harmonia.commons.nexus import actions, queries, twin
from harmonia.commons.nexus.jars import BottlePlan, JarPlan, judge
from harmonia.commons.nexus.models import JarPool, JarReading, JarResult, JarTrial
from harmonia.commons.people.models import Person
from tests.commons.conftest import Enrol

READ_DAYS = (1, 2, 3, 4, 6, 8, 10, 13, 16, 20, 25, 30)


def home_plan(scraps: Substance, **changes: Any) -> JarPlan:
    """A plan of two home jars and a blank, breathing into bags."""
    plan = JarPlan(
        tier="kitchen", substance=scraps, method="gas", inoculum="digestate", vessel="bag", headspace_ml=500,
        temperature_c=30, solids_error=0.06, bag_ml=10_000, fresh_g=8, careful=True,
        bottles=(BottlePlan("J1", "substrate", 4, 2), BottlePlan("J2", "substrate", 4, 2),
                 BottlePlan("B1", "blank", 4, 0)),
    )  # fmt: skip
    return replace(plan, **changes)


def standard_plan(scraps: Substance) -> JarPlan:
    kinds = (("B", "blank", 0.0), ("C", "cellulose", 4.0), ("S", "substrate", 4.0))
    bottles = tuple(
        BottlePlan(f"{letter}{n}", kind, 8, grams) for letter, kind, grams in kinds for n in (1, 2, 3)
    )
    return home_plan(
        scraps, tier="standard", method="methane", vessel="glass_vented", bottles=bottles, solids_error=0.01
    )


def play(trial: JarTrial, by: Person, potential: float = 420.0, cellulose: float = 370.0) -> None:
    """Read a trial for thirty days, as a first-order curve has it."""
    gives = {"blank": 0.0, "cellulose": cellulose, "substrate": potential}
    for day in READ_DAYS:
        share = 1 - math.exp(-0.3 * day)
        values = {
            bottle.name: share * (bottle.inoculum_g * 30 + bottle.substrate_g * gives[bottle.content])
            * (1 / 0.559 if trial.method == "gas" else 1)  # wet gas of 60 % methane at 15 degC
            for bottle in trial.bottles.all()
        }  # fmt: skip
        actions.read_jars(trial, values, by, at=trial.opened_at + timedelta(days=day), temperature_c=15)


@pytest.fixture
def jars(lyra: Person, scraps: Substance) -> JarTrial:
    """Lyra's home jars, closed forty days ago."""
    return actions.set_up_jars(home_plan(scraps), lyra, at=timezone.now() - timedelta(days=40))


@pytest.fixture
def trial(kiran: Person, scraps: Substance) -> JarTrial:
    """Kiran's standard trial, closed forty days ago."""
    return actions.set_up_jars(standard_plan(scraps), kiran, at=timezone.now() - timedelta(days=40))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"vessel": "plastic", "headspace_ml": 2000}, "at most"),
        ({"vessel": "plastic"}, "0.3 bar is the most"),
        ({"vessel": "glass"}, "splinters"),
        ({"bag_ml": 200}, "larger bag"),
        ({"inoculum": "sludge"}, "Sewage sludge"),
        ({"careful": False}, "gloves"),
        ({"vessel": "column", "column_m": 4}, "holds back"),
        ({"method": "mass"}, "by volume"),
        ({"method": "pressure", "vessel": "glass_vented"}, "splinters"),
        ({"vessel": "plastic", "headspace_ml": 1}, "bar is the most: let it"),
        ({"headspace_ml": 0}, "more than nothing"),
        ({"bottles": ()}, "1 to 24"),
    ],
)
def test_a_dangerous_jar_is_refused_with_what_to_change(
    lyra: Person, scraps: Substance, changes: dict[str, Any], words: str
) -> None:
    with pytest.raises(actions.Refused, match=words):
        actions.set_up_jars(home_plan(scraps, **changes), lyra)

    assert not JarTrial.objects.exists()


def test_what_the_refusal_asks_for_is_safe(scraps: Substance) -> None:
    closed = home_plan(scraps, vessel="plastic", headspace_ml=2000)
    grams = float(judge(closed).refusals[0].split("at most ")[1].split(" g")[0])
    share = 0.95 * grams / closed.fresh_g  # the words round to a gram
    less = tuple(
        replace(b, inoculum_g=share * b.inoculum_g, substrate_g=share * b.substrate_g) for b in closed.bottles
    )

    assert judge(replace(closed, bottles=less)).refusals == ()


def test_little_feed_in_a_closed_plastic_bottle_is_safe_and_its_pressure_is_kept(
    lyra: Person, scraps: Substance
) -> None:
    bottles = (BottlePlan("J1", "substrate", 0.1, 0.1),)
    trial = actions.set_up_jars(home_plan(scraps, vessel="plastic", headspace_ml=1500, bottles=bottles), lyra)

    assert 0 < trial.peak_kpa <= 30


def test_a_child_is_asked_to_bring_an_adult(enrol: Enrol, lyra: Person, scraps: Substance) -> None:
    child = enrol("Mika")
    child.guardian = lyra
    child.save()

    with pytest.raises(actions.Refused, match="adult"):
        actions.set_up_jars(home_plan(scraps), child)


def test_a_standard_trial_belongs_to_the_bench(lyra: Person, scraps: Substance) -> None:
    with pytest.raises(actions.Refused, match="bench"):
        actions.set_up_jars(standard_plan(scraps), lyra)


def test_only_the_makers_write(jars: JarTrial, kiran: Person) -> None:
    for act in (
        lambda: actions.read_jars(jars, {"J1": 10}, kiran),
        lambda: actions.end_jars(jars, kiran),
        lambda: actions.let_read(jars, kiran, kiran),
    ):
        with pytest.raises(actions.Refused, match="somebody else's"):
            act()

    assert not JarReading.objects.exists()


def test_a_maker_may_let_somebody_read_too(jars: JarTrial, lyra: Person, kiran: Person) -> None:
    actions.let_read(jars, kiran, lyra)

    assert actions.read_jars(jars, {"J1": 10}, kiran)


@pytest.mark.parametrize(
    ("values", "more", "words"),
    [
        ({}, {}, "at least one"),
        ({"X9": 1.0}, {}, "by its name"),
        ({"J1": -1.0}, {}, "0 or more"),
        ({"J1": float("nan")}, {}, "0 or more"),
        ({"J1": 1.0}, {"temperature_c": 300}, "warm"),
        ({"J1": 1.0}, {"methane_share": 3.0}, "share"),
        ({"J1": 1.0}, {"days": -1}, "between"),
        ({"J1": 1.0}, {"days": 99}, "between"),
    ],
)
def test_a_reading_that_cannot_be_is_refused(
    jars: JarTrial, lyra: Person, values: dict[str, float], more: dict[str, float], words: str
) -> None:
    days = more.pop("days", 3)

    with pytest.raises(actions.Refused, match=words):
        actions.read_jars(jars, values, lyra, at=jars.opened_at + timedelta(days=days), **more)

    assert not JarReading.objects.exists()


def test_gas_so_far_never_shrinks(jars: JarTrial, lyra: Person) -> None:
    actions.read_jars(jars, {"J1": 500}, lyra, at=jars.opened_at + timedelta(days=2))

    with pytest.raises(actions.Refused, match="had 500 mL before"):
        actions.read_jars(jars, {"J1": 300}, lyra, at=jars.opened_at + timedelta(days=4))


def test_a_slip_is_answered_by_a_second_reading_of_the_day(jars: JarTrial, lyra: Person) -> None:
    noon = jars.opened_at.replace(hour=12) + timedelta(days=3)
    actions.read_jars(jars, {"J1": 5000}, lyra, at=noon)
    actions.read_jars(jars, {"J1": 500}, lyra, at=noon + timedelta(minutes=5))
    page = queries.jar_page(queries.jar_trial(jars.pk) or jars, lyra)

    assert [reading.value for reading in page.bottles[0][1]] == [500]
    assert JarReading.objects.count() == 2


def test_an_ended_trial_takes_no_readings(jars: JarTrial, lyra: Person) -> None:
    actions.end_jars(jars, lyra)

    with pytest.raises(actions.Refused, match="ended"):
        actions.read_jars(jars, {"J1": 10}, lyra)


@pytest.mark.database
def test_the_database_keeps_readings_as_they_were_written(jars: JarTrial, lyra: Person) -> None:
    actions.read_jars(jars, {"J1": 10}, lyra)

    for statement in ("UPDATE nexus_jarreading SET value = 1", "DELETE FROM nexus_jarreading"):
        with (
            pytest.raises(DatabaseError, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


@pytest.mark.database
@pytest.mark.parametrize(
    "change", [{"vessel": "glass"}, {"peak_kpa": 31}, {"inoculum": "sludge"}, {"state": "lost"}]
)
def test_the_database_itself_refuses_a_dangerous_jar(jars: JarTrial, change: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        JarTrial.objects.filter(pk=jars.pk).update(**change)


def test_home_jars_tell_what_went_in(jars: JarTrial, lyra: Person) -> None:
    play(jars, lyra)
    told = actions.hear_jars(jars).told

    assert [jar["methane_ml_g"] for jar in told["jars"]] == pytest.approx([420, 420], rel=0.02)
    assert told["fit"]["curve"] == "first_order"
    assert not JarPool.objects.exists()


def test_jars_nobody_read_say_so(jars: JarTrial, lyra: Person) -> None:
    actions.hear_jars(jars)
    page = queries.jar_page(queries.jar_trial(jars.pk) or jars, lyra)

    assert "four readings" in page.silence
    assert page.result is None


def test_a_standard_trial_is_valid_by_the_rules(trial: JarTrial, kiran: Person) -> None:
    play(trial, kiran)
    told = actions.hear_jars(trial).told

    assert told["valid"] is True
    assert told["results"][-1]["mean"] == pytest.approx(420, rel=0.01)


def test_a_broken_rule_is_said_in_words(trial: JarTrial, kiran: Person) -> None:
    play(trial, kiran, cellulose=300)
    actions.hear_jars(trial)
    page = queries.jar_page(queries.jar_trial(trial.pk) or trial, kiran)

    assert page.valid is False
    assert any("340 to 395" in reason for reason in page.broken)


def test_ended_jars_join_the_pool_and_say_what_they_narrowed(
    trial: JarTrial, kiran: Person, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    play(trial, kiran)
    with django_capture_on_commit_callbacks(execute=True):
        actions.end_jars(trial, kiran)
    pool = JarPool.objects.get()
    page = queries.jar_page(queries.jar_trial(trial.pk) or trial, kiran)

    assert pool.gained["after"] < pool.gained["before"]
    assert pool.gained["bits"] > 0.1
    assert "narrowed" in page.narrowed
    assert Event.objects.filter(topic_id="nexus", kind="jars_pooled").exists()


def test_the_pool_narrows_what_the_model_is_told(trial: JarTrial, kiran: Person) -> None:
    assert twin.methane_of_jars() == {}
    play(trial, kiran)
    actions.end_jars(trial, kiran)
    actions.hear_jars(trial)
    value, low, high = twin.methane_of_jars()["food_waste"]

    assert set(twin.methane_of_jars()) == {"food_waste"}
    assert low < value < high
    assert high - low < 0.464 - 0.348


def test_jars_given_up_stay_out_of_the_pool(jars: JarTrial, lyra: Person) -> None:
    play(jars, lyra)
    actions.end_jars(jars, lyra, abandon=True)
    actions.hear_jars(jars)

    assert not JarPool.objects.exists()


def test_a_second_trial_adds_fewer_bits(trial: JarTrial, kiran: Person, scraps: Substance) -> None:
    second = actions.set_up_jars(standard_plan(scraps), kiran, at=timezone.now() - timedelta(days=39))
    for one in (trial, second):
        play(one, kiran)
        actions.end_jars(one, kiran)
        actions.hear_jars(one)
    first_bits, second_bits = (pool.gained["bits"] for pool in JarPool.objects.all())

    assert second_bits < first_bits


def test_the_tables_a_person_takes_home_give_the_same_result(
    trial: JarTrial, kiran: Person, tmp_path: Any
) -> None:
    from harmonia.cli.jar_tables import read_bottles
    from harmonia.science.metabolism.jar_trials import evaluate_trial

    play(trial, kiran)
    told = actions.hear_jars(trial).told
    for name, rows in (("s", queries.setup_table(trial)), ("v", queries.volumes_table(trial))):
        (tmp_path / f"{name}.csv").write_text("\n".join(",".join(row) for row in rows))
    again = evaluate_trial(read_bottles(tmp_path / "s.csv", tmp_path / "v.csv"))

    assert [r.mean for r in again.results] == pytest.approx([r["mean"] for r in told["results"]], rel=1e-4)
    assert again.valid == told["valid"]


def test_a_person_takes_their_own_readings_home(jars: JarTrial, lyra: Person, kiran: Person) -> None:
    actions.read_jars(jars, {"J1": 10}, lyra)

    assert registry.export(lyra)["jars"][0]["readings"][0]["value"] == 10
    assert registry.export(kiran)["jars"] == []


def test_no_event_and_no_row_holds_a_name(jars: JarTrial, lyra: Person) -> None:
    play(jars, lyra)
    actions.hear_jars(jars)
    told = [str(event.payload) for event in Event.objects.filter(topic_id="nexus")]
    told += [str(result.told) for result in JarResult.objects.all()]

    assert all("Lyra" not in words for words in told)
