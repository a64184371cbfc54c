"""What needs care, who is told, and when it is over."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import override

from harmonia.commons.ledger import actions as ledger
from harmonia.commons.ledger import queries as books
from harmonia.commons.nexus import actions, alarms
from harmonia.commons.nexus.models import Alarm, PlantVersion, Run
from harmonia.commons.nexus.queries import open_alarms
from harmonia.commons.nexus.words import say, status_in_words
from harmonia.commons.notices import queries as notices
from harmonia.commons.notices.models import Notice
from harmonia.commons.people.models import Person
from tests.commons.nexus.conftest import day, grams, moment

pytestmark = pytest.mark.django_db

CALM = [0.1] * 20
NEUTRAL = [7.4] * 20
PH_FACTS = {"in_days": 3, "soonest": 2, "latest": 5, "lowest": 6.5, "limit": 6.8}


@pytest.fixture
def ran(running: PlantVersion) -> Run:
    return a_run(running)


def a_run(version: PlantVersion, *, acids: Sequence[float] = CALM, ph: Sequence[float] = NEUTRAL) -> Run:
    gas = [1.5] * 20
    outcome = {
        "acid_ratio": list(acids),
        "acid_ratio_low": [ratio - 0.05 for ratio in acids],
        "acid_ratio_high": [ratio + 0.1 for ratio in acids],
        "ph": list(ph),
        "ph_low": [value - 0.2 for value in ph],
        "ph_high": [value + 0.2 for value in ph],
        "gas_m3_d": gas,
        "gas_low": [1.2] * 20,
        "gas_high": [1.8] * 20,
        "methane_share": [0.6] * 20,
    }
    return Run.objects.create(
        version=version, made_at=moment(5), start=day(0), until=day(5), horizon_days=14, engine="e", seed=1,
        members=24, status="ok", outcome=outcome,
    )  # fmt: skip


def kinds(run: Run) -> set[str]:
    return {finding.kind for finding in alarms.judge(run, moment(6))}


def test_a_calm_plant_raises_nothing(ran: Run) -> None:
    assert kinds(ran) == set()


def test_more_acid_than_half_the_buffer_is_an_alarm(running: PlantVersion) -> None:
    assert kinds(a_run(running, acids=[0.51] * 20)) == {"acids"}


def test_acids_that_rise_day_by_day_are_an_alarm_before_they_are_high(running: PlantVersion) -> None:
    rising = [0.30, 0.31, 0.32, 0.33, 0.34, 0.36, *[0.4] * 14]

    assert kinds(a_run(running, acids=rising)) == {"acids"}


def test_a_rise_far_below_the_calm_limit_is_none(running: PlantVersion) -> None:
    assert kinds(a_run(running, acids=[0.01 * n for n in range(20)])) == set()


@pytest.mark.parametrize(
    ("values", "steady"),
    [
        ([0.1, 0.2, 0.3, 0.4, 0.5, 0.6], True),
        ([0.1, 0.2, 0.3, 0.3, 0.5, 0.6], False),
        ([0.100, 0.101, 0.102, 0.103, 0.104, 0.105], False),
        ([0.1, 0.6], False),
    ],
)
def test_a_steady_rise_is_five_days_each_above_the_one_before(values: list[float], steady: bool) -> None:
    assert alarms.rises_steadily(values) is steady


def test_a_forecast_below_ph_6_8_is_an_alarm_that_says_when(running: PlantVersion) -> None:
    run = a_run(running, ph=[7.4] * 9 + [6.9, 6.7, 6.5, *[6.4] * 8])
    found = next(finding for finding in alarms.judge(run, moment(6)) if finding.kind == "ph")

    assert (found.facts["soonest"], found.facts["in_days"], found.facts["latest"]) == (4, 5, 6)


def test_a_forecast_that_only_touches_the_band_is_none(running: PlantVersion) -> None:
    assert kinds(a_run(running, ph=[6.9] * 20)) == set()


def test_a_full_gas_store_is_an_alarm_until_somebody_cooks(fed_week: PlantVersion) -> None:
    actions.follow(day(6))
    assert {alarm.kind for alarm in open_alarms()} == {"gas_store"}

    actions.burn(grams=grams("gas-store", "biogas"), at=moment(7))
    assert open_alarms() == []


def test_old_readings_are_an_alarm_until_somebody_reads(fed_week: PlantVersion) -> None:
    actions.record_reading("ph", 7.3, at=moment(-3))
    actions.follow(day(6))
    assert "readings" in {alarm.kind for alarm in open_alarms()}

    actions.record_reading("ph", 7.3, at=moment(7))
    assert "readings" not in {alarm.kind for alarm in open_alarms()}


def test_instruments_a_site_does_not_have_are_not_asked_for(ran: Run) -> None:
    assert alarms.stale_readings(moment(100)) == []


def settle(run: Run) -> list[tuple[str, object]]:
    return [
        (kind, payload["what"]) for kind, payload in alarms.settle(alarms.judge(run, moment(6)), moment(6))
    ]


def test_an_acid_alarm_closes_the_fattiest_material_and_lifting_opens_it(running: PlantVersion) -> None:
    assert settle(a_run(running, acids=[0.6] * 20)) == [("alarm_raised", "acids")]
    assert [closure.substance.code for closure in books.closures().values()] == ["fog"]

    assert settle(a_run(running)) == [("alarm_lifted", "acids")]
    assert books.closures() == {}


def test_a_material_somebody_else_closed_stays_closed(running: PlantVersion) -> None:
    ledger.close_material(books.substance("fog"), reason="the drum leaks", instead="next week")
    settle(a_run(running, acids=[0.6] * 20))
    settle(a_run(running))

    assert [closure.reason for closure in books.closures().values()] == ["the drum leaks"]


def test_what_goes_on_is_renewed_and_not_told_again(running: PlantVersion) -> None:
    settle(a_run(running, acids=[0.6] * 20))

    assert settle(a_run(running, acids=[0.7] * 20)) == []
    assert open_alarms()[0].facts["ratio"] == 0.7


def test_gas_burnt_in_a_history_that_is_entered_later_wakes_nobody(fed_week: PlantVersion) -> None:
    actions.follow(day(6), quiet=True)
    actions.burn(grams=1, at=moment(1), quiet=True)
    assert not Alarm.objects.exists()

    actions.burn(grams=1, at=moment(7))
    assert {alarm.kind for alarm in open_alarms()} == {"gas_store"}


@pytest.mark.parametrize(("days_ago", "mailed"), [(0, True), (1, True), (3, False)])
def test_an_alarm_of_days_ago_is_kept_with_its_date_and_not_mailed_as_new(
    running: PlantVersion, kiran: Person, days_ago: int, mailed: bool
) -> None:
    then = timezone.now() - timedelta(days=days_ago)
    alarms.settle([alarms.Finding(Alarm.Kind.PH, PH_FACTS)], then)
    notice = Notice.objects.get(person=kiran, kind="alarm")

    assert notice.at == then
    assert (notice.mail_state != "none") == mailed


def test_those_who_may_change_the_plant_are_told_once(
    running: PlantVersion, kiran: Person, lyra: Person
) -> None:
    settle(a_run(running, acids=[0.6] * 20))
    settle(a_run(running, acids=[0.6] * 20))

    assert len(notices.notices_of(kiran, limit=9)) == 1
    assert notices.notices_of(lyra, limit=9) == []


@pytest.mark.database
def test_the_database_holds_one_open_alarm_of_a_kind(db: None) -> None:
    Alarm.objects.create(kind="ph", since=timezone.now())

    with pytest.raises(IntegrityError):
        Alarm.objects.create(kind="ph", since=timezone.now())


def test_an_alarm_says_what_since_when_what_comes_and_what_to_do(running: PlantVersion) -> None:
    settle(a_run(running, acids=[0.6] * 20, ph=[6.9] * 7 + [6.7] * 13))
    said = {alarm.kind: say(alarm) for alarm in open_alarms()}

    assert said["acids"].what == "Acids stand at 0.60 of what the buffer can hold; calm is below 0.30."
    assert said["acids"].outlook == "If nothing changes it is about 0.60 in 14 days (0.55 to 0.70)."
    assert said["acids"].closes == "Cooking oil and fat"
    assert said["ph"].outlook == (
        "If nothing changes, pH falls under 6.8 in about 2 days (0 days at the soonest)."
    )
    assert said["ph"].care_url == "/nexus/reading/"


def test_numbers_in_alarms_are_written_as_the_reader_writes_them(running: PlantVersion) -> None:
    settle(a_run(running, acids=[0.6] * 20))

    with override("es"):
        assert "0,60" in say(open_alarms()[0]).what


@pytest.mark.parametrize(
    "status", ["ok", "sour: pH falls below 6.5 from day 3 in 20 of 24 runs", "anything new"]
)
def test_every_end_of_a_run_has_words(status: str) -> None:
    assert status_in_words(status)


@pytest.mark.usefixtures("spanish")
@pytest.mark.parametrize(
    ("rest", "words"),
    [
        (
            "sour: pH falls below 6.5 from day 3 in 20 of 24 runs",
            "(el pH baja de 6,5 desde el día 3 en 20 de 24 cálculos)",
        ),
        (
            "at risk: methanogens are lost in 2 of 24 runs, first on day 9",
            "(se pierden los microbios que hacen el gas en 2 de 24 cálculos, por primera vez el día 9)",
        ),
        (
            "not complete: 1 of 24 runs stopped before the last day",
            "(cálculos detenidos antes del último día: 1 de 24)",
        ),
    ],
)
def test_in_how_many_runs_is_read_in_spanish(rest: str, words: str) -> None:
    with override("es"):
        assert status_in_words(rest).endswith(words)
