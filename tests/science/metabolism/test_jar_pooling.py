import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harmonia.science.metabolism import jar_pooling
from harmonia.science.metabolism.jar_pooling import (
    HOUSEHOLD_SPREAD,
    KITCHEN_SHIFT,
    KITCHEN_SPREAD,
    STANDARD_SPREAD,
    JarYield,
    PoolError,
    Prior,
    Tier,
    bits_expected,
    bits_gained,
    pool_jars,
)

PRIORS = {
    "cellulose": Prior(366, 340, 395),
    "coffee_grounds": Prior(250, 120, 500),
    "food_waste": Prior(398, 348, 464),
    "grass": Prior(300, 200, 420),
}
ERROR: dict[Tier, float] = {"kitchen": 0.22, "standard": 0.04}


def jar(
    read: float, feedstock: str = "coffee_grounds", household: str = "a", tier: Tier = "kitchen"
) -> JarYield:
    return JarYield("j", feedstock, household, tier, read, ERROR[tier])


def community(seed: int) -> tuple[dict[str, float], list[JarYield]]:
    """Draw a community from the model's own priors: the truth of each feedstock, and its jars."""
    random = np.random.default_rng(seed)
    truth = {code: math.exp(p.centre + p.spread * random.standard_normal()) for code, p in PRIORS.items()}
    homes, kitchen, standard = (
        middle * math.exp(around * random.standard_normal())
        for middle, around in (HOUSEHOLD_SPREAD, KITCHEN_SPREAD, STANDARD_SPREAD)
    )
    offset = homes * random.standard_normal(8)
    shift = KITCHEN_SHIFT * random.standard_normal()
    jars = []
    for number in range(int(random.integers(0, 40))):
        tier: Tier = "kitchen" if random.random() < 0.7 else "standard"
        home, code = int(random.integers(8)), list(PRIORS)[int(random.integers(len(PRIORS)))]
        own = math.hypot(ERROR[tier], kitchen if tier == "kitchen" else standard)
        read = (
            math.log(truth[code])
            + offset[home]
            + shift * (tier == "kitchen")
            + own * random.standard_normal()
        )
        jars.append(JarYield(str(number), code, str(home), tier, math.exp(read), ERROR[tier]))
    return truth, jars


def test_without_jars_the_prior_stands() -> None:
    grass = pool_jars([], PRIORS).estimates["grass"]
    prior = PRIORS["grass"]

    assert grass.middle == pytest.approx(300, rel=1e-3)
    assert grass.high / grass.low == pytest.approx(prior.high / prior.low, rel=5e-3)
    assert grass.jars == 0


def test_one_jar_by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    # With spreads known, the precisions of prior and jar add; the jar's variance holds its own error, its
    # tier's, its household's and what home jars share.
    for name in ("HOUSEHOLD_SPREAD", "KITCHEN_SPREAD", "STANDARD_SPREAD"):
        monkeypatch.setattr(jar_pooling, name, (0.1, 1e-9))
    found = pool_jars([jar(400.0)], PRIORS).estimates["coffee_grounds"]
    prior = PRIORS["coffee_grounds"]
    noise = 0.22**2 + 0.1**2 + 0.1**2 + KITCHEN_SHIFT**2
    precision = prior.spread**-2 + 1 / noise
    middle = (prior.centre * prior.spread**-2 + math.log(400) / noise) / precision

    assert math.log(found.middle) == pytest.approx(middle, abs=2e-3)
    assert math.log(found.high / found.low) == pytest.approx(2 * 1.2816 / math.sqrt(precision), rel=5e-3)


def test_four_in_five_intervals_hold_the_truth_over_many_communities() -> None:
    held = []
    for seed in range(120):
        truth, jars = community(seed)
        estimates = pool_jars(jars, PRIORS).estimates
        held += [found.low <= truth[code] <= found.high for code, found in estimates.items()]

    # 480 intervals of 120 communities; three standard errors, were each community's four to fall together
    assert abs(np.mean(held) - 0.8) <= 3 * math.sqrt(0.8 * 0.2 / 120)


def test_a_home_jar_counts_less_than_a_standard_trial() -> None:
    home = pool_jars([jar(400)], PRIORS).estimates["coffee_grounds"]
    trial = pool_jars([jar(400, tier="standard")], PRIORS).estimates["coffee_grounds"]

    assert trial.half_width < 0.6 * home.half_width


def test_a_thousand_home_jars_do_not_beat_what_they_share() -> None:
    many = [replace(jar(400), household=str(number)) for number in range(1000)]
    found = pool_jars(many, PRIORS).estimates["coffee_grounds"]

    assert math.log(found.high / found.low) > 0.8 * 2 * 1.2816 * KITCHEN_SHIFT


def test_two_jars_of_one_household_teach_less_than_two_of_two() -> None:
    same = pool_jars([jar(400), jar(400)], PRIORS).estimates["coffee_grounds"]
    other = pool_jars([jar(400), jar(400, household="b")], PRIORS).estimates["coffee_grounds"]

    assert other.half_width < same.half_width


def test_a_cellulose_control_that_reads_low_lifts_its_household() -> None:
    alone = [jar(200, tier="standard")]
    controlled = [*alone, jar(310, "cellulose", tier="standard")]

    lifted = pool_jars(controlled, PRIORS).estimates["coffee_grounds"].middle

    assert lifted > pool_jars(alone, PRIORS).estimates["coffee_grounds"].middle


def test_one_feedstock_s_jars_leave_another_as_it_was_without_a_common_household() -> None:
    before = pool_jars([], PRIORS).estimates["grass"]
    after = pool_jars([jar(400, tier="standard")], PRIORS).estimates["grass"]

    assert after.middle == pytest.approx(before.middle, rel=2e-3)


def test_a_halved_interval_is_one_bit() -> None:
    wide = pool_jars([], {"a": Prior(300, 200, 450)}).estimates["a"]
    half = pool_jars([], {"a": Prior(300, 300 * (200 / 300) ** 0.5, 300 * 1.5**0.5)}).estimates["a"]

    assert bits_gained(wide, half) == pytest.approx(1.0, abs=2e-3)
    assert bits_gained(half, wide) == pytest.approx(-1.0, abs=2e-3)


def test_a_jar_that_contradicts_teaches_less_than_one_that_agrees() -> None:
    first = [jar(250, household=str(number), tier="standard") for number in range(3)]
    before = pool_jars(first, PRIORS).estimates["coffee_grounds"]
    agrees, contradicts = (
        pool_jars([*first, jar(read, household="x", tier="standard")], PRIORS).estimates["coffee_grounds"]
        for read in (250, 700)
    )

    assert bits_gained(before, agrees) > 0 > bits_gained(before, contradicts)


def test_the_expected_bits_are_the_mean_of_those_gained() -> None:
    random = np.random.default_rng(5)
    prior = PRIORS["coffee_grounds"]
    before = pool_jars([], PRIORS).estimates["coffee_grounds"]
    gained = []
    for _ in range(120):
        spread, home = (
            m * math.exp(s * random.standard_normal()) for m, s in (KITCHEN_SPREAD, HOUSEHOLD_SPREAD)
        )
        noise = math.sqrt(0.22**2 + spread**2 + home**2 + KITCHEN_SHIFT**2)
        read = prior.centre + prior.spread * random.standard_normal() + noise * random.standard_normal()
        after = pool_jars([jar(math.exp(read))], PRIORS).estimates["coffee_grounds"]
        gained.append(bits_gained(before, after))
    error = np.std(gained) / math.sqrt(len(gained))

    foreseen = bits_expected([], PRIORS, "coffee_grounds", "a", "kitchen", 0.22)

    assert abs(np.mean(gained) - foreseen) < 3 * error + 0.03


def test_the_next_jar_teaches_most_where_least_is_known() -> None:
    bits = {code: bits_expected([], PRIORS, code, "a", "kitchen", 0.22) for code in PRIORS}

    assert max(bits, key=bits.__getitem__) == "coffee_grounds"
    assert min(bits, key=bits.__getitem__) == "cellulose"


@settings(max_examples=15, deadline=None)
@given(st.permutations(range(6)))
def test_the_order_of_jars_does_not_matter(order: list[int]) -> None:
    jars = [
        jar(300 + 30 * k, household=str(k % 3), tier="standard" if k % 2 else "kitchen") for k in range(6)
    ]
    found = pool_jars([jars[k] for k in order], PRIORS).estimates["coffee_grounds"]

    assert found.middle == pytest.approx(pool_jars(jars, PRIORS).estimates["coffee_grounds"].middle, rel=1e-9)


@pytest.mark.parametrize(
    "wrong",
    [jar(0.0), jar(float("nan")), jar(9000), jar(300, "moon_dust"), replace(jar(300), relative_error=0.0)],
)
def test_a_jar_that_cannot_be_is_refused_in_a_sentence(wrong: JarYield) -> None:
    with pytest.raises(PoolError, match=r"\.$"):
        pool_jars([wrong], PRIORS)
