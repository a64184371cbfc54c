"""No sequence of movements, reversals, repeats and crashes breaks conservation."""

from collections import defaultdict
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from harmonia.commons.journal import rows
from harmonia.commons.ledger import actions, queries
from harmonia.commons.ledger.actions import booking
from harmonia.commons.ledger.checks import check
from harmonia.commons.ledger.models import Action, Balance, Holder, Movement, Substance

SUBSTANCES = ("food_waste", "leaves")
PLACES = ("home", "gate", "yard", "air")
GRAMS = st.integers(1, 5000)


class PowerCut(Exception):
    """The machine stops in the middle of a booking."""


class Books(RuleBasedStateMachine):
    """Books a habitat at random and keeps its own account beside the ledger's."""

    @initialize()
    def open_places(self) -> None:
        self.frame = transaction.atomic()
        self.frame.__enter__()
        self.holders = {
            "home": actions.open_household("home"),
            "gate": actions.open_holder("gate-m", "Gate", Holder.Kind.POINT),
            "yard": actions.open_holder("yard-m", "Yard", Holder.Kind.COMPOST),
            "air": queries.holder("air"),
        }
        self.substances = {code: queries.substance(code) for code in SUBSTANCES}
        self.account: dict[tuple[str, str], int] = defaultdict(int)
        self.booked: list[Movement] = []
        self.reversed: set[int] = set()

    def teardown(self) -> None:
        if not hasattr(self, "frame"):
            return
        try:
            connection.check_constraints()
            assert check().findings == ()
        finally:
            transaction.set_rollback(True)
            self.frame.__exit__(None, None, None)

    def postings(self, origin: str, goal: str, substance: str, grams: int) -> list[actions.Posting]:
        what: Substance = self.substances[substance]
        return [
            actions.Posting(self.holders[origin], what, -grams),
            actions.Posting(self.holders[goal], what, grams),
        ]

    @rule(
        origin=st.sampled_from(PLACES),
        goal=st.sampled_from(PLACES),
        substance=st.sampled_from(SUBSTANCES),
        grams=GRAMS,
        key=st.sampled_from(["", "a", "b"]),
    )
    def move(self, origin: str, goal: str, substance: str, grams: int, key: str) -> None:
        enough = origin in ("home", "air") or self.account[origin, substance] >= grams
        before = Movement.objects.count()
        try:
            movement = actions.book(
                Action.TRANSFER, self.postings(origin, goal, substance, grams), recorder=None, key=key
            )
        except actions.Refused:
            assert Movement.objects.count() == before
            return
        if Movement.objects.count() > before:
            assert enough
            assert origin != goal
            self.account[origin, substance] -= grams
            self.account[goal, substance] += grams
            self.booked.append(movement)

    @rule(index=st.integers(0, 50))
    def reverse(self, index: int) -> None:
        if not self.booked:
            return
        movement = self.booked[index % len(self.booked)]
        try:
            opposite = actions.reverse(movement, recorder=None, reason="mistake")
        except actions.Refused:
            return
        assert movement.pk not in self.reversed
        self.reversed.add(movement.pk)
        self.booked.append(opposite)
        for line in opposite.lines.select_related("holder", "substance"):
            place = next(name for name, holder in self.holders.items() if holder == line.holder)
            self.account[place, line.substance.code] += line.grams

    @rule(grams=GRAMS)
    def lose_power_before_the_seal(self, grams: int) -> None:
        def cut(table: str, *rest: Any) -> None:  # the cut comes between lines and seal
            if table == "ledger_seal":
                raise PowerCut
            rows.insert(table, *rest)

        scraps = self.postings("home", "gate", "leaves", grams)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(booking, "insert", cut)
            with pytest.raises(PowerCut):
                actions.book(Action.DROPOFF, scraps, recorder=None)

    @invariant()
    def the_books_equal_our_account(self) -> None:
        if not hasattr(self, "frame"):
            return
        kept = Balance.objects.filter(holder__in=self.holders.values()).exclude(grams=0)
        books = {(row.holder_id, row.substance_id): row.grams for row in kept}
        ours = {
            (self.holders[place].pk, self.substances[code].pk): grams
            for (place, code), grams in self.account.items()
            if grams
        }
        assert books == ours


@pytest.mark.database
@pytest.mark.django_db
def test_no_sequence_breaks_conservation() -> None:
    chosen = settings(
        max_examples=25, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
    )
    run_state_machine_as_test(Books, settings=chosen)
