import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harmonia.science.metabolism.balances import BalanceError
from harmonia.science.metabolism.trial_batch import (
    METHANE_PER_COD,
    TrialFeed,
    solve_degradable,
    trial_methane,
)

SUGAR = TrialFeed((1.0, 0.0, 0.0), 0.5, 1.2)


@settings(max_examples=25, deadline=None)
@given(
    share=st.floats(0.02, 1.0),
    protein=st.floats(0.0, 0.5),
    lipid=st.floats(0.0, 0.5),
    disintegration=st.floats(0.02, 1.5),
    days=st.floats(10.0, 60.0),
)
def test_the_solved_share_gives_the_gas_it_was_solved_for(
    share: float, protein: float, lipid: float, disintegration: float, days: float
) -> None:
    feed = TrialFeed((1 - protein - lipid, protein, lipid), disintegration, 1.4, days=days)
    wanted = trial_methane(feed, share)

    assert trial_methane(feed, solve_degradable("x", feed, wanted)) == pytest.approx(
        wanted, rel=2e-4, abs=1e-6
    )


def test_the_short_cut_would_lose_about_a_tenth_of_the_gas() -> None:
    gas = trial_methane(SUGAR, 0.8)
    short_cut = 0.8 * 1.2 * METHANE_PER_COD

    assert 0.05 < 1 - gas / short_cut < 0.15


@pytest.mark.parametrize("disintegration", [0.2, 0.3, 0.6])
def test_wholly_degradable_cellulose_lies_where_a_valid_trial_must_find_it(disintegration: float) -> None:
    # 340 to 395 mL/g: Hafner, Fruteau de Laclos, Koch & Holliger (2020), doi:10.3390/w12061752.
    cellulose = TrialFeed((1.0, 0.0, 0.0), disintegration, 1.1842)

    assert 0.340 < trial_methane(cellulose, 1.0) < 0.395


def test_a_short_trial_of_a_slow_feed_needs_a_larger_share() -> None:
    slow = TrialFeed((1.0, 0.0, 0.0), 0.05, 1.2, days=15.0)
    longer = TrialFeed((1.0, 0.0, 0.0), 0.05, 1.2, days=60.0)

    assert solve_degradable("x", slow, 0.15) > 1.5 * solve_degradable("x", longer, 0.15)


def test_more_gas_than_all_cod_gives_is_refused_with_the_numbers() -> None:
    with pytest.raises(BalanceError, match=r"0\.5 m3/kg VS needs 1\.\d\d times what the 1\.20 kg COD/kg VS"):
        solve_degradable("Sugar", SUGAR, 0.5)


def test_less_gas_than_dissolved_acids_give_is_refused() -> None:
    with pytest.raises(BalanceError, match=r"dissolved acids alone would give 0\.0"):
        solve_degradable("Silage", TrialFeed((1.0, 0.0, 0.0), 0.5, 1.2, acetate=0.2), 0.01)


def test_dissolved_acids_need_no_opening() -> None:
    with_acid = TrialFeed((1.0, 0.0, 0.0), 0.5, 1.0, acetate=0.2)

    assert solve_degradable("x", with_acid, 0.3) < solve_degradable("x", SUGAR, 0.3)
