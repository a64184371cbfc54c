import numpy as np
import pytest

from harmonia.science.metabolism.assimilation import WEEK_DAYS, Assimilated, Watch, assimilate

DAYS = 30


def watch(
    readings: dict[str, np.ndarray], days: int = DAYS, volume: tuple[float, float] = (1.5, 1.5)
) -> Watch:
    feed, flow = np.full((days, 1), 20.0), np.full(days, 0.06)
    return Watch(("food_waste",), feed, flow, feed, flow, 35.0, volume, readings)


def kept(readings: dict[str, np.ndarray], members: int = 16) -> Assimilated:
    return assimilate(watch(readings), members)


def test_readings_draw_the_ensemble_to_the_plant() -> None:
    alone = kept({}).filtered["gas"][-1, 1]
    read = 0.6 * alone
    followed = kept({"gas": np.full(DAYS, read)}).filtered["gas"][-1, 1]

    assert abs(followed - read) < 0.4 * abs(alone - read)


def test_ph_as_the_plants_own_meter_shows_it_is_learnt() -> None:
    alone = kept({}).known["ph"][-1, 0, 1]
    followed = kept({"ph": np.full(DAYS, alone + 0.3)}).known["ph"][-1, 0, 1]

    assert followed == pytest.approx(alone + 0.3, abs=0.12)


def test_one_wild_reading_is_named_and_moves_little() -> None:
    calm = kept({}).filtered["gas"][:, 1]
    wild = calm.copy()
    wild[20] = 40 * calm[20]
    quiet, shaken = kept({"gas": calm}), kept({"gas": wild})

    assert [(doubt.day, doubt.reading) for doubt in shaken.doubts] == [(20, "gas")]
    assert shaken.known["gas"][21, 0, 1] == pytest.approx(quiet.known["gas"][21, 0, 1], rel=0.5)


def test_gaps_are_no_readings() -> None:
    empty = np.full(DAYS, np.nan)

    assert kept({"gas": empty}).known["gas"].tolist()[3] == kept({}).known["gas"].tolist()[3]


def test_a_forecast_ends_with_the_log() -> None:
    made = kept({})

    assert np.isfinite(made.known["gas"][DAYS - WEEK_DAYS]).all()
    assert np.isnan(made.known["gas"][DAYS - 1, 1:]).all()


def test_an_unknown_volume_stays_within_what_was_tried() -> None:
    made = assimilate(watch({"gas": np.full(DAYS, 2.0)}, volume=(0.5, 1.7)), 12)

    assert 0.5 <= made.liquid_m3[0] <= made.liquid_m3[2] <= 1.7


def test_the_same_seed_gives_the_same_numbers() -> None:
    readings = {"gas": np.full(12, 2.0)}
    one, other = (assimilate(watch(readings, 12), 8, seed=4) for _ in range(2))

    assert one.known["gas"].tolist()[0] == other.known["gas"].tolist()[0]
    assert one.liquid_m3 == other.liquid_m3
