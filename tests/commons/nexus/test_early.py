"""What the readings themselves warn of, and in which words."""

import pytest

from harmonia.commons.nexus import actions, alarms, early
from harmonia.commons.nexus.causes import cause_outlook, cause_sentence, cause_title
from harmonia.commons.nexus.models import Alarm, PlantDay, PlantVersion
from harmonia.commons.nexus.queries import band_kept
from harmonia.commons.nexus.words import say
from tests.commons.nexus.conftest import day, moment
from tests.commons.nexus.test_alarms import a_run

pytestmark = pytest.mark.django_db


def read(kind: str, number: int, value: float) -> None:
    actions.record_reading(kind, value, at=moment(number))


def test_acids_above_half_the_buffer_twice_are_an_alarm_whatever_the_model_says(
    running: PlantVersion,
) -> None:
    run = a_run(running)
    for number, acids in ((3, 2900), (4, 3000), (5, 3100)):
        read("alkalinity", number, 5000)
        read("acids", number, acids)
    (finding,) = alarms.judge(run, moment(5, 1))

    assert finding.kind == Alarm.Kind.ACIDS
    assert finding.facts["cause"] == "acids_high"
    assert finding.facts["ratio"] == pytest.approx(0.6)


def test_one_wild_reading_is_no_alarm(running: PlantVersion) -> None:
    run = a_run(running)
    for number, acids in ((3, 500), (4, 9000), (5, 520)):
        read("alkalinity", number, 5000)
        read("acids", number, acids)

    assert alarms.judge(run, moment(5, 1)) == []


def test_two_low_ph_readings_are_an_alarm_with_words(running: PlantVersion) -> None:
    run = a_run(running)
    read("ph", 4, 6.7)
    read("ph", 5, 6.6)
    (finding,) = alarms.judge(run, moment(5, 1))
    said = say(Alarm(kind=finding.kind, since=moment(5), facts=finding.facts))

    assert said.title == "The plant is turning sour"
    assert "pH is down to 6.60 on two of three readings" in said.sentence


def test_a_foreseen_low_ph_warns_once_the_readings_sink(running: PlantVersion) -> None:
    run = a_run(running, ph=[7.1] * 6 + [7.0, 6.9, 6.8, 6.7, 6.65, *[6.65] * 9])
    for number, ph in ((2, 7.15), (3, 7.1), (4, 7.05), (5, 7.0)):
        read("ph", number, ph)
    (facts,) = early.causes(run, moment(5, 1))

    assert facts["cause"] == "ph_foreseen"
    assert facts["left"] == 4.0


def test_readings_move_the_models_ph_and_acids_of_the_days_to_come(running: PlantVersion) -> None:
    series: dict[str, list[float]] = {"gas_m3_d": [1.0] * 10}
    series |= {name: [7.2] * 10 for name in ("ph", "ph_low", "ph_high")}
    series |= {name: [0.1] * 10 for name in ("acid_ratio", "acid_ratio_low", "acid_ratio_high")}
    for number in range(6):
        read("ph", number, 7.5)
        read("alkalinity", number, 5000)
        read("acids", number, 1500)
    moved = early.corrected(series, day(0), moment(5, 1))

    assert moved["ph"][9] == pytest.approx(7.5, abs=0.06)
    assert moved["ph_by_model"] == [7.2] * 10
    assert moved["acid_ratio_high"][9] == pytest.approx(0.3, abs=0.05)
    assert moved["gas_m3_d"] == [1.0] * 10


def test_a_run_without_readings_says_what_the_model_said(fed_week: PlantVersion) -> None:
    run = actions.follow(day(6))

    assert run.series("ph") == pytest.approx(run.series("ph_by_model"))


def test_past_forecasts_are_held_against_the_meter(running: PlantVersion) -> None:
    a_run(running)
    for number, gas in ((6, 1.5), (7, 5.0)):
        PlantDay.objects.create(day=day(number), gas_m3=gas, measured=True)
    kept = band_kept(moment(8))

    assert (kept.forecasts, kept.inside) == (2, 1)


def test_nothing_read_warns_of_nothing(running: PlantVersion) -> None:
    assert early.causes(a_run(running), moment(5, 1)) == []


def test_the_feed_behind_an_alarm_is_named_with_its_day() -> None:
    facts = {"cause": "acids_rising", "ratio": 0.4, "usual": 0.2, "a_week": 0.1, "left": 5.2} | {
        "more": "food waste",
        "since": "2026-09-08",
        "now_kg": 9.04,
        "usual_kg": 6.0,
    }

    assert "0.40 of the buffer (usual here 0.20)" in cause_sentence(facts)
    assert "More food waste than the plant can follow since Tuesday 8 September: 9.0 kg" in cause_sentence(
        facts
    )
    assert "in about 5 days" in cause_outlook(facts)
    assert cause_title(facts) == "The acids rise towards souring"


@pytest.mark.parametrize(
    ("cause", "numbers"),
    [
        ("acids_high", {"ratio": 0.6, "usual": 0.2}),
        ("acids_rising_buffered", {"acids": 3.0, "usual": 1.5}),
        ("alkalinity_sinking", {"alkalinity": 1.8, "usual": 4.0}),
        ("ph_low", {"ph": 6.6, "usual": 7.2}),
        ("ph_foreseen", {"ph": 7.0, "foreseen": 6.6}),
        ("gas_short", {"gas_share": 0.6}),
    ],
)
def test_every_cause_has_a_title_a_sentence_and_an_outlook(cause: str, numbers: dict[str, float]) -> None:
    facts = {"cause": cause, "left": None, **numbers}

    assert cause_title(facts)
    assert "%" not in cause_sentence(facts).replace("60 %", "")
    assert cause_outlook(facts).startswith("Feed half")
