"""Balances a mapped feed must keep: what a laboratory brought, and what the model's inputs hold of it."""

from collections.abc import Iterable
from dataclasses import dataclass


class BalanceError(ValueError):
    """The numbers of a feedstock contradict each other; the message is a sentence that holds them."""


@dataclass(frozen=True)
class Balance:
    """One sum on both sides: `brought` by the sheet, `found` in the model inputs, both in `unit`.

    It closes where they differ by no more than `tolerance`, in the same unit.
    """

    name: str
    brought: float
    found: float
    unit: str
    tolerance: float

    @property
    def closes(self) -> bool:
        """Return whether both sides agree; a number that is not finite never does."""
        return abs(self.brought - self.found) <= self.tolerance


def require(owner: str, balances: Iterable[Balance]) -> None:
    """Do nothing if all balances close.

    Raises:
        BalanceError: one does not; the first is named with both numbers.
    """
    for balance in balances:
        if not balance.closes:
            raise BalanceError(
                f"{owner}: {balance.name} does not close: {balance.brought:.4g} {balance.unit} come in, "
                f"{balance.found:.4g} are found."
            )
