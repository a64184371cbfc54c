import numpy as np
import pytest

from harmonia.science.metabolism.ensemble import draw_members
from harmonia.science.metabolism.feedstocks import FeedstockError, feedstock, feedstock_codes
from harmonia.science.metabolism.following import FollowCase, FollowOutcome, follow
from harmonia.science.metabolism.jar_pooling import JarYield, pool_jars
from harmonia.science.metabolism.jar_priors import methane_potentials, priors_of
from tests.science.metabolism.test_following import PLANT

TRIALS = [JarYield(f"t{k}", "food_waste", f"h{k}", "standard", 400 + 4 * k, 0.02) for k in range(8)]


def narrowed() -> dict[str, tuple[float, float, float]]:
    return methane_potentials(pool_jars(TRIALS, priors_of(["food_waste", "grass"])))


def test_every_feedstock_of_the_library_can_be_pooled() -> None:
    pooled = pool_jars([], priors_of(feedstock_codes()))

    for code in feedstock_codes():
        potential = feedstock(code).methane_potential
        assert pooled.estimates[code].middle == pytest.approx(1000 * potential.value, rel=1e-3)


def test_an_unknown_feedstock_is_refused() -> None:
    with pytest.raises(FeedstockError):
        priors_of(["moon_dust"])


def test_only_feedstocks_with_jars_are_narrowed() -> None:
    assert set(narrowed()) == {"food_waste"}


def test_the_ensemble_draws_from_what_the_jars_say() -> None:
    drawn = draw_members(("food_waste", "grass"), 400, 3, narrowed())
    value = feedstock("food_waste").methane_potential.value
    potentials = np.array([member.methane["food_waste"] * value for member in drawn[1:]])
    middle, low, high = narrowed()["food_waste"]

    assert np.quantile(potentials, [0.1, 0.5, 0.9]) == pytest.approx([low, middle, high], rel=0.02)
    assert drawn[0].methane["food_waste"] * value == pytest.approx(middle)


def test_without_jars_the_members_are_as_they_were() -> None:
    assert draw_members(("grass",), 5, 1) == draw_members(("grass",), 5, 1, narrowed())


def test_the_twin_s_band_narrows() -> None:
    def width(outcome: FollowOutcome) -> float:
        return float(np.mean(np.array(outcome.gas_high[-10:]) - np.array(outcome.gas_low[-10:])))

    feed = {"food_waste": (8.0,) * 30}
    before = follow(FollowCase(PLANT, feed, members=16, seed=2))
    after = follow(FollowCase(PLANT, feed, members=16, seed=2, methane=narrowed()))

    assert width(after) < 0.8 * width(before)
