"""Whether required safety readings stand in the way."""

import pytest

from harmonia.commons.nexus import actions
from harmonia.commons.nexus.models import PlantVersion
from harmonia.commons.nexus.safety import CLEAR, MISSING, RED, STALE, check_safety
from tests.commons.nexus.conftest import DEMO, START, moment

pytestmark = pytest.mark.django_db


def states(number: int) -> dict[str, str]:
    return {check.kind.value: check.state for check in check_safety(moment(number)).checks}


def test_a_new_plant_requires_three_readings_and_has_none(running: PlantVersion) -> None:
    assert states(0) == {"ch4_alarm": MISSING, "h2s": MISSING, "leak_check": MISSING}


def test_fresh_and_clear_readings_open_everything(safe: None) -> None:
    assert check_safety(moment(8)).is_clear


def test_a_reading_goes_stale_after_its_hours(safe: None) -> None:
    assert states(15) == {"ch4_alarm": CLEAR, "h2s": STALE, "leak_check": CLEAR}


def test_a_failed_test_is_red_until_a_passed_one(safe: None) -> None:
    actions.record_reading("leak_check", passed=False, at=moment(8))
    assert states(8)["leak_check"] == RED

    actions.record_reading("leak_check", passed=True, at=moment(9))
    assert states(9)["leak_check"] == CLEAR


def test_a_reading_of_the_future_does_not_count_yet(safe: None) -> None:
    assert states(6)["h2s"] == MISSING


def test_the_sentence_says_what_is_closed_and_why(safe: None) -> None:
    sentence = check_safety(moment(15)).sentence

    assert "Hydrogen sulphide" in sentence
    assert "stay closed" in sentence


def test_a_site_that_requires_none_is_never_blocked(db: None) -> None:
    actions.commission(DEMO, at=START, require_safety_readings=False)

    assert check_safety(moment(0)).is_clear
