import math

import pytest

from harmonia.science.metabolism.balances import Balance, BalanceError, require


def test_a_balance_within_its_tolerance_closes() -> None:
    require("Sheet", [Balance("COD", 10.0, 10.05, "kg", 0.1)])

    assert Balance("COD", 10.0, 10.05, "kg", 0.1).closes


@pytest.mark.parametrize("found", [9.0, math.nan, math.inf])
def test_a_broken_balance_is_an_error_with_both_numbers(found: float) -> None:
    balances = [Balance("N", 1.0, 1.0, "kg", 0.1), Balance("COD", 10.0, found, "kg", 0.1)]

    with pytest.raises(BalanceError, match=rf"Sheet: COD does not close: 10 kg come in, {found:g}"):
        require("Sheet", balances)
