from functools import cache
from pathlib import Path

import numpy as np
import pytest

from harmonia.science.metabolism.expertise import RULES
from harmonia.science.metabolism.plant_log import LogError, read_log, read_map
from harmonia.science.metabolism.twin import (
    BURN_IN_DAYS,
    SCORED_RULES,
    WEEK_DAYS,
    TwinOutcome,
    follow_log,
    usual_before,
)
from tests.science.metabolism import synthetic

EXAMPLES = Path(__file__).parents[3] / "examples"
FEW = 8


def followed(table: list[list[str]], plant_map: str = synthetic.MAP) -> TwinOutcome:
    log_map = read_map(plant_map)
    return follow_log(read_log(synthetic.text(table), log_map), log_map, members=FEW)


@cache
def usual_days() -> TwinOutcome:
    return followed(synthetic.rows())


def test_a_plant_that_follows_its_feed_is_foreseen_better_than_by_plain_rules() -> None:
    scores = followed(synthetic.rows(120)).ahead[0].scores

    assert scores["twin"].mae < scores["persistence"].mae < scores["mean7"].mae
    assert scores["twin"].crps < scores["persistence"].crps


def test_later_readings_and_feed_change_no_earlier_forecast() -> None:
    changed = synthetic.rows()
    day = 45
    for row in changed[day:]:
        row[1], row[2] = "20", "6.0"
    for row in changed[day + 1 :]:
        row[4], row[5] = "30", "40"
    before, after = usual_days(), followed(changed)

    for horizon in range(WEEK_DAYS):
        # Issued at the end of day 44, so with the unchanged feed of day 45 and what is usual for later days.
        one, other = before.usual[horizon], after.usual[horizon]
        known = slice(BURN_IN_DAYS, day + 1 if horizon else day)
        assert one.points["twin"][known].tolist() == other.points["twin"][known].tolist()
        assert one.bands["twin"][known].tolist() == other.bands["twin"][known].tolist()
    assert (
        before.ahead[0].points["twin"][: day + 1].tolist()[1:]
        == (after.ahead[0].points["twin"][: day + 1].tolist()[1:])
    )
    assert after.ahead[0].points["twin"][day + 1] != before.ahead[0].points["twin"][day + 1]


def test_the_feed_of_the_day_itself_counts_only_where_it_is_called_known() -> None:
    changed = synthetic.rows()
    changed[50][4] = "60"
    before, after = usual_days(), followed(changed)

    assert after.ahead[0].points["twin"][49] == before.ahead[0].points["twin"][49]
    assert after.ahead[0].points["twin"][50] > before.ahead[0].points["twin"][50]
    assert after.usual[0].points["twin"][50] == before.usual[0].points["twin"][50]


def test_all_rules_are_scored_over_the_same_days_after_the_burn_in() -> None:
    table = synthetic.rows()
    table[40][1] = ""
    day = followed(table).ahead[0]

    assert not day.scored[:BURN_IN_DAYS].any()
    assert not day.scored[40]
    assert day.scored.sum() == 29
    assert set(day.scores) == set(SCORED_RULES)


def test_every_horizon_has_a_forecast_for_the_week_after_the_log() -> None:
    outcome = usual_days()
    end = len(outcome.gas) - WEEK_DAYS
    points = [horizon.points["twin"][end + horizon.days_ahead - 1] for horizon in outcome.usual]

    assert np.isfinite(points).all()
    assert min(points) > 0


def test_the_shares_of_the_blended_rules_make_a_whole() -> None:
    shares = usual_days().ahead[-1].shares

    assert set(shares) == set(RULES)
    assert sum(shares.values()) == pytest.approx(1.0)


def test_an_unknown_volume_is_estimated_and_a_known_one_kept() -> None:
    unknown = usual_days().assimilated.liquid_m3
    known = followed(synthetic.rows(), synthetic.MAP.replace("[plant]", "[plant]\nliquid_m3 = 1.5"))

    assert unknown[0] <= unknown[1] <= unknown[2]
    assert known.assimilated.liquid_m3 == pytest.approx((1.5, 1.5, 1.5))


def test_too_short_a_log_is_refused() -> None:
    with pytest.raises(LogError, match="37 days"):
        followed(synthetic.rows(30))


def test_a_log_that_feeds_nothing_is_refused() -> None:
    table = synthetic.rows()
    for row in table:
        row[4] = "0"

    with pytest.raises(LogError, match="nothing"):
        followed(table)


def test_usual_feed_is_the_mean_of_the_week_before() -> None:
    usual = usual_before(np.arange(20.0))

    assert usual[10] == np.mean([3, 4, 5, 6, 7, 8, 9])
    assert usual[0] == 0.0


@pytest.mark.reference
@pytest.mark.scale
@pytest.mark.parametrize(
    ("plant_map", "table", "day", "week"),
    [
        ("pilot/pilot_digester_1.toml", "pilot_food_fog_digesters/pilot_digester_1_daily.csv", 1.0, 0.9),
        ("muscatine/muscatine.toml", "muscatine_codigestion/labs_2020-01_to_2022-03.csv", 0.9, 0.8),
    ],
)
def test_real_plants_are_foreseen_better_than_by_their_last_reading(
    reference: Path, plant_map: str, table: str, day: float, week: float
) -> None:
    log_map = read_map((EXAMPLES / plant_map).read_text())
    outcome = follow_log(read_log((reference / table).read_text(), log_map), log_map)
    one, seven = outcome.ahead[0].scores, outcome.ahead[-1].scores

    assert one["twin"].mae <= day * one["persistence"].mae
    assert seven["twin"].mae <= week * seven["persistence"].mae
    assert 0.75 <= one["twin"].coverage <= 0.87
