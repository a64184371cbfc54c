import numpy as np

from harmonia.science.metabolism.feed_rise import strongest_rise


def test_the_feed_that_rose_is_named_with_its_first_day() -> None:
    grease, sludge = np.full(60, 5.0), np.full(60, 20.0)
    grease[52:] = 9.0
    rise = strongest_rise({"grease": grease, "sludge": sludge}, 58)

    assert rise is not None
    assert (rise.name, rise.now_kg_d, rise.usual_kg_d) == ("grease", 9.0, 5.0)
    assert 50 <= rise.since <= 52


def test_a_steady_feed_did_not_rise() -> None:
    assert strongest_rise({"grease": np.full(60, 5.0)}, 59) is None


def test_a_feed_known_for_a_few_days_only_has_no_usual() -> None:
    assert strongest_rise({"grease": np.arange(9.0)}, 8) is None


def test_later_feed_does_not_count() -> None:
    grease = np.full(60, 5.0)
    grease[40:] = 50.0

    assert strongest_rise({"grease": grease}, 39) is None
