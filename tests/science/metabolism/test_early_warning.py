import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harmonia.science.metabolism.early_warning import Alarm, Cause, Signs, of_the_plant, trend, warnings
from harmonia.science.metabolism.warning_scores import best_static, events, scored, static_alarms

DAYS = 160
GENERATOR_SEEDS = st.integers(0, 2**32 - 1)


def steady(level: float, noise: float, seed: int = 1, days: int = DAYS) -> np.ndarray:
    return level + noise * np.random.default_rng(seed).standard_normal(days)


def souring(start: int = 120, seed: int = 1, a_day: float = 0.02) -> Signs:
    ramp = np.maximum(np.arange(DAYS) - start, 0)
    ratio = steady(0.2, 0.015, seed) + a_day * ramp
    alkalinity = steady(5.0, 0.1, seed + 1) - 0.08 * ramp
    return Signs(DAYS, ratio=ratio, alkalinity=alkalinity, acids=ratio * alkalinity)


@settings(max_examples=12, deadline=None)
@given(GENERATOR_SEEDS, st.floats(0.01, 0.02))
def test_a_slow_souring_is_told_days_ahead(seed: int, a_day: float) -> None:
    signs = souring(seed=seed % 1000, a_day=a_day)
    soured = events(signs)
    score = scored(warnings(signs), soured, DAYS)

    assert soured
    assert score.hits >= 1
    assert score.leads[0] >= 2


@settings(max_examples=12, deadline=None)
@given(GENERATOR_SEEDS, st.floats(0.3, 0.42))
def test_a_ratio_that_is_always_high_is_this_plants_own_and_stays_silent(seed: int, level: float) -> None:
    ratio = steady(level, 0.015, seed % 1000)

    assert warnings(Signs(DAYS, ratio=ratio, alkalinity=steady(5.0, 0.1, 3))) == ()


@settings(max_examples=12, deadline=None)
@given(st.integers(100, DAYS - 1), st.floats(0, 3), st.sampled_from(["ratio", "ph", "alkalinity", "acids"]))
def test_one_wild_reading_raises_nothing(day: int, wild: float, name: str) -> None:
    calm = {
        "ratio": steady(0.2, 0.01),
        "alkalinity": steady(5.0, 0.1, 2),
        "acids": steady(1.0, 0.05, 3),
        "ph": steady(7.3, 0.03, 4),
    }
    calm[name][day] = {"ratio": wild, "ph": 4 + wild, "alkalinity": wild, "acids": 5 * wild}[name]

    assert warnings(Signs(DAYS, **calm)) == ()


@settings(max_examples=10, deadline=None)
@given(st.sets(st.integers(0, DAYS - 1), max_size=DAYS // 2))
def test_gaps_raise_nothing_and_hide_no_long_souring(missing: set[int]) -> None:
    signs = souring(start=100)
    gaps = list(missing)
    for values in (signs.ratio, signs.alkalinity, signs.acids):
        assert values is not None
        values[gaps] = np.nan
    alarms = warnings(signs)

    assert all(alarm.first > 100 for alarm in alarms)
    assert len(missing) > DAYS // 3 or alarms


def test_low_and_sinking_alkalinity_warns_by_itself() -> None:
    sinking = np.concatenate([steady(4.0, 0.05, days=100), np.linspace(4.0, 1.5, 40)])
    (alarm,) = warnings(Signs(140, alkalinity=sinking))

    assert [cause.kind for cause in alarm.causes] == ["alkalinity_sinking"]


def test_an_ammonia_buffered_plant_is_judged_by_its_acids() -> None:
    acids = steady(1.5, 0.05) + 0.15 * np.maximum(np.arange(DAYS) - 120, 0)
    (alarm,) = warnings(Signs(DAYS, ph=steady(7.8, 0.03), acids=acids))

    assert alarm.causes[0].kind == "acids_rising_buffered"
    assert 120 < alarm.first < 135


def test_two_low_ph_readings_warn() -> None:
    ph = steady(7.2, 0.03)
    ph[150:152] = [6.75, 6.7]
    (alarm,) = warnings(Signs(DAYS, ph=ph))

    assert (alarm.first, alarm.causes[0].kind) == (151, "ph_low")


def test_a_twin_that_foresees_souring_warns_once_the_readings_sink() -> None:
    foreseen = np.full((DAYS, 7), 7.2)
    foreseen[140:, 4:] = 6.6
    sinking = steady(7.2, 0.01) - 0.03 * np.maximum(np.arange(DAYS) - 135, 0)
    still = warnings(Signs(DAYS, ph=steady(7.2, 0.001), foreseen_ph=foreseen))
    (alarm,) = warnings(Signs(DAYS, ph=sinking, foreseen_ph=foreseen))

    assert still == ()
    assert alarm.causes[0].kind == "ph_foreseen"
    assert alarm.causes[0].in_days == 5.0


def test_without_a_laboratory_gas_short_of_its_feed_warns() -> None:
    expected = steady(100.0, 1.0)
    gas = expected.copy()
    gas[150:] *= 0.5
    solids = np.full(DAYS, 10.0)
    solids[145:] = 20.0
    (alarm,) = warnings(Signs(DAYS, gas=gas, expected_gas=expected, solids=solids))

    assert alarm.causes[0].kind == "gas_short"
    assert alarm.first == 152
    assert warnings(Signs(DAYS, gas=gas, expected_gas=expected, solids=np.full(DAYS, 10.0))) == ()


@settings(max_examples=8, deadline=None)
@given(st.integers(20, DAYS - 2), st.floats(-5, 5))
def test_what_comes_later_changes_no_earlier_alarm(day: int, later: float) -> None:
    signs, changed = souring(), souring()
    for values in (changed.ratio, changed.alkalinity, changed.acids):
        assert values is not None
        values[day + 1 :] = abs(later)
    before = [alarm.first for alarm in warnings(signs) if alarm.first <= day]

    assert [alarm.first for alarm in warnings(changed) if alarm.first <= day] == before


def test_series_of_unequal_length_are_refused() -> None:
    with pytest.raises(ValueError, match="ph has 3 entries for 5 days"):
        warnings(Signs(5, ph=np.ones(3)))


def test_a_trend_is_the_median_slope_whatever_one_reading_says() -> None:
    values = 0.5 * np.arange(14.0)
    values[7] = 900.0

    assert trend(values, 13) == pytest.approx(0.5)


def spell(first: int, last: int) -> Alarm:
    return Alarm(first, last, (Cause("acids_high"),))


def test_alarms_of_two_digesters_are_one_alarm_of_the_plant() -> None:
    together = of_the_plant([(spell(10, 12), spell(90, 91)), (spell(15, 20),)])

    assert [(alarm.first, alarm.last) for alarm in together] == [(10, 20), (90, 91)]


def test_hits_misses_leads_and_false_alarms_are_counted() -> None:
    score = scored((spell(10, 12), spell(100, 101)), (15, 200), 365)

    assert (score.hits, score.misses, score.leads, score.false_alarms) == (1, 1, (5,), 1)
    assert score.false_alarms_per_year == pytest.approx(1.0, rel=0.01)


def test_an_alarm_that_always_stands_warns_of_nothing() -> None:
    assert scored((spell(0, 364),), (200,), 365).hits == 0


def test_souring_needs_alkalinity_to_fall_or_ph_to_be_low_twice() -> None:
    ratio = np.full(40, 0.6)
    firm, falling = np.full(40, 5.0), np.linspace(5.0, 3.05, 40)
    ph = np.full(40, 7.2)
    ph[20] = 6.5

    assert events(Signs(40, ratio=ratio, alkalinity=firm, ph=ph)) == ()
    assert events(Signs(40, ratio=ratio, alkalinity=falling)) == (3,)
    ph[21] = 6.6
    assert events(Signs(40, ph=ph)) == (21,)


def test_the_best_static_rule_is_the_one_that_misses_least() -> None:
    ratio = np.full(100, 0.32)
    ratio[50:53] = 0.48
    limit, score = best_static(ratio, (52,))

    assert limit == 0.35
    assert score.hits == 1
    assert len(static_alarms(ratio, 0.6)) == 0
