"""Book what went into the digester and what gas was burnt."""

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from harmonia.commons.journal.actions import record
from harmonia.commons.ledger import actions as ledger
from harmonia.commons.ledger import queries as books
from harmonia.commons.ledger.actions import Posting
from harmonia.commons.ledger.models import Action, Holder, Movement, Substance
from harmonia.commons.nexus import alarms
from harmonia.commons.nexus.books import stock_g
from harmonia.commons.nexus.errors import Refused
from harmonia.commons.nexus.feeding import rots
from harmonia.commons.nexus.models import Run
from harmonia.commons.nexus.places import (
    BIOGAS,
    DIGESTER,
    GAS_STORE,
    SLURRY,
    matter,
    place,
)
from harmonia.commons.nexus.tasks import follow_on_commit
from harmonia.commons.people.models import Person

if TYPE_CHECKING:
    pass

from harmonia.commons.nexus.actions.plants import in_force, token


@transaction.atomic
def feed(
    point: Holder,
    substance: Substance,
    grams: int | None = None,
    by: Person | None = None,
    at: datetime | None = None,
) -> Movement:
    """Book what went from a collection point into the digester, with its water; None grams: all of it.

    What was really fed is a fact and is always booked; safety readings close *plans*, never the record.
    Raises Refused for what does not rot, and when there is not that much at the point.
    """
    version = in_force()
    if not rots(substance):
        raise Refused(
            _("%(material)s does not feed the plant. Nothing was booked.") % {"material": substance}
        )
    there = books.grams_of(point, substance)
    amount = there if grams is None else grams
    if amount <= 0 or amount > there:
        text = _("There are %(kg)s kg of %(material)s at this point. Nothing was booked.")
        raise Refused(text % {"kg": Decimal(there) / 1000, "material": substance})
    water = round(amount * version.water_per_feed)
    slurry = matter(SLURRY)
    movement = ledger.book(
        Action.CONSUME,
        [
            Posting(point, substance, -amount),
            Posting(place("water-supply"), slurry, -water),
            Posting(place(DIGESTER), slurry, amount + water),
        ],
        recorder=token(by),
        at=at,
    )
    record(
        "nexus",
        "fed",
        movement=movement.pk,
        point=point.code,
        substance=substance.code,
        grams=amount,
        water_g=water,
    )
    follow_on_commit()
    return movement


@transaction.atomic
def burn(
    *,
    hours: float | None = None,
    grams: int | None = None,
    by: Person | None = None,
    at: datetime | None = None,
    quiet: bool = False,
) -> Movement:
    """Book gas that was burnt: so many grams, or so many hours of one cooking flame.

    `quiet` judges no alarm: for history that is entered later, while the store already holds the gas of days to come.
    Raises Refused when the store does not hold that much, or nobody knows yet how much an hour takes.
    """
    amount = grams if grams is not None else _grams_of_cooking(hours or 0.0)
    there = stock_g(GAS_STORE, BIOGAS)
    if amount <= 0 or amount > there:
        text = _("The store holds %(kg)s kg of gas. Nothing was booked.")
        raise Refused(text % {"kg": Decimal(there) / 1000})
    biogas = matter(BIOGAS)
    movement = ledger.book(
        Action.CONSUME,
        [Posting(place(GAS_STORE), biogas, -amount), Posting(place("air"), biogas, amount)],
        recorder=token(by),
        at=at,
        estimated=grams is None,
    )
    told = [] if quiet else alarms.settle_gas_store(at or timezone.now())
    record("nexus", "burnt", movement=movement.pk, grams=amount)
    alarms.tell(told)
    return movement


def _grams_of_cooking(hours: float) -> int:
    run = Run.objects.order_by("-id").first()
    today = max(run.index_of(run.until), 0) if run else 0
    if run is None or not run.series("cooking_hours_d")[today]:
        raise Refused(_("Nobody knows yet how much gas an hour takes. Enter grams. Nothing was booked."))
    return round(hours * 1000 * run.series("gas_kg_d")[today] / run.series("cooking_hours_d")[today])
