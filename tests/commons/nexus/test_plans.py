"""Feed plans: asked for, worked out, changed and accepted, and closed by safety."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from harmonia.commons.journal.models import Event
from harmonia.commons.ledger.models import Holder, Substance
from harmonia.commons.nexus import actions, planning, queries
from harmonia.commons.nexus.models import FeedPlan, PlantVersion
from harmonia.commons.people.models import Person
from harmonia.science.metabolism import PlanError, PlantEdit
from tests.commons.conftest import Enrol
from tests.commons.nexus.conftest import DEMO, Bring, rebuild

pytestmark = pytest.mark.django_db

OnCommit = Callable[..., AbstractContextManager[list[Callable[[], object]]]]
DAYS = 20


@pytest.fixture
def fed(kiran: Person, bring: Bring, gate: Holder, scraps: Substance) -> PlantVersion:
    """A plant fed 8 kg of scraps on each of twenty days until yesterday, with 12 kg waiting and all readings clear."""
    start = timezone.now() - timedelta(days=DAYS)
    plant = actions.commission(DEMO, by=kiran, at=start)
    for number in range(DAYS):
        bring(8000, at=start + timedelta(days=number, minutes=1))
        actions.feed(gate, scraps, at=start + timedelta(days=number, minutes=2))
    bring(12_000, at=timezone.now())
    clear_readings()
    return plant


def clear_readings() -> None:
    for kind in ("ch4_alarm", "leak_check"):
        actions.record_reading(kind, passed=True)
    actions.record_reading("h2s", 0.5)


@pytest.fixture
def proposed(fed: PlantVersion, kiran: Person) -> FeedPlan:
    return actions.make_plan(actions.ask_plan(kiran))


def test_a_plan_feeds_what_waits_and_what_is_promised_and_foresees_it_with_bands(proposed: FeedPlan) -> None:
    scraps = proposed.feed["food_waste"]

    assert proposed.state == "proposed"
    assert proposed.start == timezone.localdate()
    assert len(scraps) == 14
    assert 12 + 13 * 8 - 56 <= sum(scraps) <= 12 + 14 * 8 + 0.1
    assert all(
        low <= value <= high
        for low, value, high in zip(
            *(proposed.series[name] for name in ("gas_low", "gas_m3_d", "gas_high")), strict=True
        )
    )


def test_a_promise_is_planned(fed: PlantVersion, kiran: Person, bring: Bring) -> None:
    leaves = Substance.objects.get(code="leaves")
    actions.expect("covenant-1", leaves, Decimal(14), starts=timezone.localdate())
    plan = actions.make_plan(actions.ask_plan(kiran))

    assert sum(plan.feed["leaves"]) > 5


def test_the_worker_makes_the_plan_after_the_commit(
    fed: PlantVersion, kiran: Person, django_capture_on_commit_callbacks: OnCommit
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        actions.ask_plan(kiran, days=7)

    assert FeedPlan.objects.get().state == "proposed"


def test_an_accepted_plan_says_what_to_feed_today_and_who_accepted_it(
    proposed: FeedPlan, kiran: Person
) -> None:
    actions.accept_plan(proposed, kiran)
    proposed.refresh_from_db()
    page = queries.plan_in_force()

    assert proposed.state == "accepted"
    assert proposed.accepted_by is not None
    assert page is not None
    assert page.plan == proposed
    assert queries.plan_today()[0][0].code == "food_waste"
    assert queries.plan_today(timezone.now() + timedelta(days=30)) == []


def test_only_one_plan_is_in_force_and_one_on_the_table(proposed: FeedPlan, kiran: Person) -> None:
    actions.accept_plan(proposed, kiran)
    second = actions.make_plan(actions.ask_plan(kiran))
    third = actions.make_plan(actions.ask_plan(kiran))
    actions.accept_plan(third, kiran)

    states = list(FeedPlan.objects.values_list("state", flat=True))
    assert states == ["replaced", "replaced", "accepted"]
    with pytest.raises(actions.Refused, match="no longer on the table"):
        actions.accept_plan(second, kiran)


@pytest.mark.database
def test_the_database_holds_only_one_plan_in_force(proposed: FeedPlan, kiran: Person) -> None:
    actions.accept_plan(proposed, kiran)
    other = actions.make_plan(actions.ask_plan(kiran))
    other.state, other.accepted_at, other.accepted_by = "accepted", timezone.now(), proposed.asked_by

    with pytest.raises(IntegrityError), transaction.atomic():
        other.save()


def test_a_changed_plan_is_foreseen_before_it_can_be_accepted(proposed: FeedPlan, kiran: Person) -> None:
    half = {code: [kg / 2 for kg in days] for code, days in proposed.feed.items()}
    changed = actions.edit_plan(proposed, half, kiran)
    with pytest.raises(actions.Refused, match="no longer on the table"):
        actions.accept_plan(changed, kiran)
    actions.make_plan(changed)
    accepted = actions.accept_plan(changed, kiran)

    assert accepted.origin == FeedPlan.Origin.EDITED
    assert accepted.edited_from == proposed
    assert sum(accepted.series["gas_m3_d"]) < sum(proposed.series["gas_m3_d"])


@pytest.mark.parametrize(
    "feed",
    [
        {"food_waste": [1.0]},
        {"food_waste": [-1.0] * 14},
        {"food_waste": [float("nan")] * 14},
        {"food_waste": [1e9] * 14},
        {"moon_dust": [1.0] * 14},
    ],
)
def test_a_change_that_makes_no_sense_is_refused(
    proposed: FeedPlan, kiran: Person, feed: dict[str, list[float]]
) -> None:
    with pytest.raises(actions.Refused, match="zero or more"):
        actions.edit_plan(proposed, feed, kiran)

    assert FeedPlan.objects.count() == 1


@pytest.mark.parametrize("what", ["ask", "edit", "accept"])
def test_a_red_reading_closes_every_step_and_nobody_can_override_it(
    proposed: FeedPlan, kiran: Person, what: str
) -> None:
    actions.record_reading("leak_check", passed=False)
    steps: dict[str, Callable[[], object]] = {
        "ask": lambda: actions.ask_plan(kiran),
        "edit": lambda: actions.edit_plan(proposed, proposed.feed, kiran),
        "accept": lambda: actions.accept_plan(proposed, kiran),
    }

    with pytest.raises(actions.Refused, match="feed plans"):
        steps[what]()


def test_a_stale_reading_closes_plans_too(fed: PlantVersion, kiran: Person) -> None:
    with pytest.raises(actions.Refused, match="too old"):
        actions.ask_plan(kiran, at=timezone.now() + timedelta(days=400))


@pytest.mark.parametrize("role", ["resident", "facilitator"])
def test_only_a_scientist_plans(proposed: FeedPlan, enrol: Enrol, role: str) -> None:
    other = enrol("Bram", role)
    steps: list[Callable[[], object]] = [
        lambda: actions.ask_plan(other),
        lambda: actions.edit_plan(proposed, proposed.feed, other),
        lambda: actions.accept_plan(proposed, other),
    ]
    for step in steps:
        with pytest.raises(actions.Refused, match="Only a scientist"):
            step()


def test_a_plan_for_the_plant_before_is_not_accepted(proposed: FeedPlan, kiran: Person) -> None:
    rebuild([PlantEdit("liquid_m3", "add", 1.0)], "more room", kiran)

    with pytest.raises(actions.Refused, match="plant has changed"):
        actions.accept_plan(proposed, kiran)
    page = queries.plan_on_table()
    assert page is not None
    assert page.stale


def test_a_site_without_the_planner_is_told_so(
    fed: PlantVersion, kiran: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planning, "is_installed", lambda: False)

    with pytest.raises(actions.Refused, match="not installed"):
        actions.ask_plan(kiran)


def test_a_plan_that_cannot_be_made_says_why(
    fed: PlantVersion, kiran: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_rows: planning.Rows) -> planning.Made:
        raise PlanError("No plan was found.")

    monkeypatch.setattr(planning, "propose", fail)
    plan = actions.make_plan(actions.ask_plan(kiran))
    failed = queries.plan_failed()

    assert plan.state == "failed"
    assert failed is not None
    assert failed.why == failed.facts["status"] == "No plan was found."


def test_a_plan_is_worked_out_only_once(proposed: FeedPlan) -> None:
    made_at = proposed.made_at

    assert actions.make_plan(proposed).made_at == made_at


def test_the_journal_tells_steps_and_quantities_and_no_names(proposed: FeedPlan, kiran: Person) -> None:
    actions.accept_plan(proposed, kiran)
    told = {e.kind: e.payload for e in Event.objects.filter(topic__name="nexus", kind__startswith="plan")}

    assert set(told) == {"plan_asked", "planned", "plan_accepted"}
    assert told["plan_accepted"]["grams"]["food_waste"] == round(1000 * sum(proposed.feed["food_waste"]))
    assert "Kiran" not in str(told)


def test_a_new_plant_without_any_feed_gets_a_plan_of_what_waits(kiran: Person, bring: Bring) -> None:
    actions.commission(DEMO, by=kiran)
    clear_readings()
    bring(5000, at=timezone.now())
    plan = actions.make_plan(actions.ask_plan(kiran, days=7))

    assert plan.state == "proposed"
    assert 0 < sum(plan.feed["food_waste"]) <= 5.0


def test_advice_comes_from_the_newest_plan_and_ages(proposed: FeedPlan) -> None:
    advice = queries.plan_advice()

    assert advice
    assert all(row.sentence.endswith(".") for row in advice)
    assert queries.plan_advice(timezone.now() + timedelta(days=8)) == []


def test_a_plan_proposes_itself_once_a_week(fed: PlantVersion) -> None:
    first = actions.propose_if_due()
    again = actions.propose_if_due()

    assert first is not None
    assert first.asked_by is None
    assert again is None


@pytest.mark.parametrize("why", ["young", "red", "missing"])
def test_no_plan_proposes_itself_where_it_could_not_be_trusted(
    kiran: Person, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    age = timedelta(days=3 if why == "young" else 30)
    actions.commission(DEMO, by=kiran, at=timezone.now() - age)
    clear_readings()
    if why == "red":
        actions.record_reading("leak_check", passed=False)
    if why == "missing":
        monkeypatch.setattr(planning, "is_installed", lambda: False)

    assert actions.propose_if_due() is None


def test_a_plant_that_was_changed_is_planned_from_its_whole_past(fed: PlantVersion, kiran: Person) -> None:
    rebuild([PlantEdit("temperature_c", "set", 30.0)], "cooler", kiran)
    plan = actions.make_plan(actions.ask_plan(kiran, days=7))

    assert plan.state == "proposed"
    assert len(plan.series["gas_m3_d"]) == 7
