"""No sequence of feeding, following, reading and burning loses or makes matter."""

from collections.abc import Callable
from datetime import timedelta
from unittest import mock

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from harmonia.commons.ledger import actions as ledger
from harmonia.commons.ledger import checks
from harmonia.commons.ledger import queries as books
from harmonia.commons.ledger.models import Holder
from harmonia.commons.nexus import actions, twin
from harmonia.commons.nexus.models import Reading
from tests.commons.nexus.conftest import DEMO, FULL_G, START, day, grams

MATERIALS = ("food_waste", "fog", "bread", "grass", "leaves")
PLANTS_DAYS = 12

feedings = st.tuples(st.just("feed"), st.sampled_from(MATERIALS), st.integers(1, 30_000))
follows = st.tuples(st.just("follow"), st.just(""), st.integers(0, 3))
meters = st.tuples(st.just("meter"), st.just(""), st.integers(0, 8_000))
burns = st.tuples(st.just("burn"), st.just(""), st.integers(1, 6_000))
lives = st.lists(feedings | follows | meters | burns, max_size=10)


class Life:
    """A plant whose days pass one by one."""

    def __init__(self) -> None:
        self.at = START
        self.total_m3 = 0.0
        actions.commission(DEMO, at=START)
        self.point = ledger.open_holder("gate", "Gate", Holder.Kind.POINT)
        self.deeds: dict[str, Callable[[str, int], object]] = {
            "feed": self.feed,
            "follow": self.follow,
            "meter": self.meter,
            "burn": self.burn,
        }

    def feed(self, code: str, weight_g: int) -> None:
        """Bring something and feed it, unless it is closed."""
        substance = books.substance(code)
        home = ledger.open_household("home-1")
        if substance.pk in books.closures():
            return
        ledger.drop_off_from(
            home, recorder=None, point=self.point, substance=substance, grams=weight_g, at=self.at
        )
        actions.feed(self.point, substance, at=self.at)

    def follow(self, _code: str, days: int) -> None:
        """Let some days pass and the model follow until the last."""
        self.at += timedelta(days=days)
        actions.follow(self.at.date())

    def meter(self, _code: str, litres: int) -> None:
        """Read the gas meter; readings that cannot be are refused and change nothing."""
        try:
            actions.read_meter(self.total_m3 + litres / 1000, at=self.at)
        except actions.Refused:
            return
        self.total_m3 += litres / 1000

    def burn(self, _code: str, weight_g: int) -> None:
        """Burn up to what there is."""
        there = grams("gas-store", "biogas")
        if there:
            actions.burn(grams=min(weight_g, there), at=self.at)


class Conservation(TestCase):
    """Each example lives in a transaction of its own."""

    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(lives)
    def test_the_books_close_and_the_digester_stays_full_after_any_life(
        self, life: list[tuple[str, str, int]]
    ) -> None:
        with mock.patch.object(twin, "MEMBERS", 2):
            plant = Life()
            for deed, code, number in life:
                plant.deeds[deed](code, number)
            plant.follow("", 1)

        assert checks.check().findings == ()
        gas_of_readings = 10.0 * 1.3 * FULL_G / 1000 * Reading.objects.count()
        assert FULL_G - 60_000 - gas_of_readings <= grams("digester", "slurry") <= FULL_G + gas_of_readings
        assert grams("gas-store", "biogas") >= 0
        assert day(0) <= plant.at.date()
