"""Everything that changes what is known about the plant."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from harmonia.commons.journal import queries as journal
from harmonia.commons.journal.actions import record
from harmonia.commons.ledger import actions as ledger
from harmonia.commons.ledger import queries as books
from harmonia.commons.ledger.actions import Posting
from harmonia.commons.ledger.models import Action, Holder, Movement, Substance
from harmonia.commons.nexus import alarms, twin
from harmonia.commons.nexus.books import GasOfDay, book_estimates, stock_g
from harmonia.commons.nexus.errors import Refused
from harmonia.commons.nexus.feeding import rots
from harmonia.commons.nexus.models import Expectation, PlantVersion, Run, SafetyRule
from harmonia.commons.nexus.models.safety_rule import USUAL
from harmonia.commons.nexus.places import (
    BIOGAS,
    DIGESTATE_STORE,
    DIGESTER,
    GAS_STORE,
    SLURRY,
    end_of,
    matter,
    place,
    yesterday,
)
from harmonia.commons.nexus.readings import read_meter, record_reading
from harmonia.commons.nexus.safety import check_safety
from harmonia.commons.nexus.tasks import follow_on_commit
from harmonia.commons.people.actions import token_of
from harmonia.commons.people.models import Person

if TYPE_CHECKING:
    from harmonia.science.metabolism import Plant, PlantEdit

__all__ = [
    "Refused",
    "activate",
    "burn",
    "commission",
    "drop_expectation",
    "expect",
    "feed",
    "follow",
    "foresee",
    "read_meter",
    "record_reading",
    "require_safety",
    "roll_back",
    "set_up",
]


KEPT_DAYS = 30


@transaction.atomic
def commission(
    plant_toml: str,
    by: Person | None = None,
    at: datetime | None = None,
    *,
    require_safety_readings: bool = True,
) -> PlantVersion:
    """Put the first plant into force: open its holders, fill the digester with a neighbour's slurry.

    Raises Refused when there is a plant already or the text is none.
    """
    return _commission(plant_toml, by, at, USUAL if require_safety_readings else ())


def _commission(
    plant_toml: str, by: Person | None, at: datetime | None, safety: Collection[str]
) -> PlantVersion:
    if PlantVersion.objects.exists():
        raise Refused(_("The plant runs already. Change it instead. Nothing was changed."))
    version = _new_version(_read_plant(plant_toml), why=_("The first plant"), by=by, at=at or timezone.now())
    ledger.open_holder(DIGESTER, _("Digester"), Holder.Kind.DIGESTER)
    ledger.open_holder(GAS_STORE, _("Gas store"), Holder.Kind.GAS_STORE)
    ledger.open_holder(DIGESTATE_STORE, _("Digestate store"), Holder.Kind.DIGESTATE)
    _fill("neighbours", version.liquid_g, at=version.since, by=by, note="starting slurry")
    for kind in safety:
        fresh_h, red_from = USUAL[kind]
        SafetyRule.objects.create(kind=kind, fresh_h=fresh_h, red_from=red_from)
    record("nexus", "commissioned", version=version.number, slurry_g=version.liquid_g)
    follow_on_commit()
    return version


@transaction.atomic
def set_up(numbers: Mapping[str, Any], by: Person, *, safety: Collection[str]) -> PlantVersion:
    """Put the first plant into force from its name and numbers, requiring the safety readings named."""
    from harmonia.science.metabolism import Plant, PlantError, plant_to_toml

    try:
        text = plant_to_toml(Plant(**numbers))
    except PlantError as error:
        raise Refused(_("%(why)s Nothing was changed.") % {"why": error}) from error
    return _commission(text, by, None, safety)


def _read_plant(text: str) -> "Plant":
    from harmonia.science.metabolism import PlantError, plant_from_toml

    try:
        return plant_from_toml(text)
    except PlantError as error:
        raise Refused(_("%(why)s Nothing was changed.") % {"why": error}) from error


def _new_version(plant: "Plant", *, why: str, by: Person | None, at: datetime) -> PlantVersion:
    from harmonia.science.metabolism import plant_to_toml

    newest = PlantVersion.objects.order_by("number").last()
    return PlantVersion.objects.create(
        number=newest.number + 1 if newest else 1,
        toml=plant_to_toml(plant),
        since=at,
        why=why[:300],
        by=_token(by),
        liquid_volume_m3=plant.liquid_m3,
        gas_store_m3=plant.gas_store_m3,
        water_per_feed=plant.dilution_l_per_kg,
    )


def _fill(source: str, grams: int, *, at: datetime, by: Person | None, note: str) -> None:
    slurry = matter(SLURRY)
    postings = [Posting(place(source), slurry, -grams), Posting(place(DIGESTER), slurry, grams)]
    ledger.book(Action.TRANSFER, postings, recorder=_token(by), at=at, note=note)


def _token(person: Person | None) -> UUID | None:
    return token_of(person) if person else None


def _in_force() -> PlantVersion:
    version = PlantVersion.objects.order_by("number").last()
    if version is None:
        raise Refused(_("There is no plant yet. Set one up first. Nothing was booked."))
    return version


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
    version = _in_force()
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
        recorder=_token(by),
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
) -> Movement:
    """Book gas that was burnt: so many grams, or so many hours of one cooking flame.

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
        recorder=_token(by),
        at=at,
        estimated=grams is None,
    )
    told = alarms.settle_gas_store(at or timezone.now())
    record("nexus", "burnt", movement=movement.pk, grams=amount)
    alarms.tell(told)
    return movement


def _grams_of_cooking(hours: float) -> int:
    run = Run.objects.order_by("-id").first()
    today = max(run.index_of(run.until), 0) if run else 0
    if run is None or not run.series("cooking_hours_d")[today]:
        raise Refused(_("Nobody knows yet how much gas an hour takes. Enter grams. Nothing was booked."))
    return round(hours * 1000 * run.series("gas_kg_d")[today] / run.series("cooking_hours_d")[today])


@transaction.atomic
def require_safety(kind: str, *, fresh_h: int | None, red_from: float | None = None, by: Person) -> None:
    """Require a safety reading at least every so many hours; None no longer requires it at this site.

    Raises Refused without the permission, and when a rule would be loosened while a reading is stale or red:
    that would be an override, and there is none.
    """
    if not by.has_perm("nexus.change_plant"):
        raise Refused(_("Only a scientist can change what is required. Nothing was changed."))
    before = SafetyRule.objects.filter(kind=kind).first()
    if before and _is_looser(before, fresh_h, red_from) and not check_safety().is_clear:
        raise Refused(
            _(
                "A requirement can be loosened only while all readings are fresh and clear. Nothing was changed."
            )
        )
    SafetyRule.objects.filter(kind=kind).delete()
    if fresh_h is not None:
        SafetyRule.objects.create(kind=kind, fresh_h=fresh_h, red_from=red_from)
    record("nexus", "safety_required", what=kind, fresh_h=fresh_h)


def _is_looser(before: SafetyRule, fresh_h: int | None, red_from: float | None) -> bool:
    if fresh_h is None or fresh_h > before.fresh_h:
        return True
    return before.red_from is not None and (red_from is None or red_from > before.red_from)


@transaction.atomic
def expect(
    source: str, substance: Substance, kg_week: Decimal, *, starts: date, ends: date | None = None
) -> Expectation:
    """Tell the Nexus what a covenant promised; the same source and substance again replaces it."""
    if kg_week <= 0 or (ends is not None and ends < starts):
        raise Refused(_("A promise needs a weight and an end after its start. Nothing was changed."))
    found, _created = Expectation.objects.update_or_create(
        source=source, substance=substance, defaults={"kg_week": kg_week, "starts": starts, "ends": ends}
    )
    # One home's promise is nobody else's business: the public topic hears only that the forecast changed.
    record("nexus", "expected", substance=substance.code)
    follow_on_commit()
    return found


@transaction.atomic
def drop_expectation(source: str) -> None:
    """Forget what a source promised."""
    dropped, _by_model = Expectation.objects.filter(source=source).delete()
    if dropped:
        record("nexus", "expectation_dropped", source=source)
        follow_on_commit()


def follow(until: date | None = None, *, quiet: bool = False) -> Run:
    """Let the model follow the plant until the end of a day (default: yesterday) and two weeks on.

    Stores the run, books gas and digestate of the days that are over as estimated, raises and lifts alarms; `quiet`
    does not: for history that is entered later, about which nobody has to be woken.
    The model runs outside any transaction of ours: call it from a task or a command, never from a page.
    """
    now = timezone.now() if until is None else end_of(until)
    seen = journal.last_sequence("nexus")
    _in_force()
    last = max(until or yesterday(now), twin.commissioned() - timedelta(days=1))
    case = twin.case_until(last)
    outcome, series = twin.run(case)
    with transaction.atomic():
        run = _keep(case, outcome, series, seen)
        days = book_estimates(_gases(run))
        told = [] if quiet else alarms.settle(alarms.judge(run, now), now)
        booked = [[str(day.day), 0 if day.measured else day.gas_g, day.digestate_g] for day in days]
        record("nexus", "followed", run=run.pk, until=str(run.until), days=booked)
        alarms.tell(told)
    return run


def _keep(case: twin.Case, outcome: Any, series: dict[str, Any], seen: int) -> Run:
    # One run a day for a month, and each plant's last one: enough to look back on. A case can always be run again.
    same_plant = Run.objects.filter(version=case.version)
    same_plant.filter(Q(until=case.until) | Q(until__lt=case.until - timedelta(days=KEPT_DAYS))).delete()
    return Run.objects.create(
        version=case.version,
        made_at=timezone.now(),
        start=case.start,
        until=case.until,
        horizon_days=twin.HORIZON_DAYS,
        engine=outcome.engine,
        seed=outcome.seed,
        members=twin.MEMBERS,
        status=outcome.status,
        parameters={"plant": case.version.toml, "cooking_hours_per_kg": _worth()},
        feed={code: list(days) for code, days in case.feed.items()},
        outcome=series,
        seen=seen,
    )


def _worth() -> dict[str, tuple[float, float, float]]:
    return twin.worth_in_kitchen([s.feedstock for s in books.materials() if rots(s)])


def _gases(run: Run) -> list[GasOfDay]:
    volumes, kilograms = run.series("gas_m3_d"), run.series("gas_kg_d")
    past = range(max(run.index_of(run.until) + 1, 0))
    return [GasOfDay(run.day_of(n), volumes[n], round(kilograms[n] * 1000)) for n in past]


def foresee(edits: Sequence["PlantEdit"]) -> dict[str, Any]:
    """Return what an edited plant would do on the same feed: `before` and `after`, means of two weeks.

    Keys of both are `twin.MEASURES`, units in the names. Runs the model: call it from a task or a command.
    Raises Refused when an edit is impossible.
    """
    from harmonia.science.metabolism import PlantError

    _in_force()
    newest = max(yesterday(timezone.now()), twin.commissioned() - timedelta(days=1))
    try:
        return twin.compare(twin.case_until(newest), edits)
    except PlantError as error:
        raise Refused(_("%(why)s Nothing was changed.") % {"why": error}) from error


@transaction.atomic
def activate(edits: Sequence["PlantEdit"], why: str, by: Person, at: datetime | None = None) -> PlantVersion:
    """Put an edited plant into force; more room in the digester is filled from the water supply.

    Raises Refused without the permission, with a red or stale safety reading, or for an impossible edit.
    """
    from harmonia.science.metabolism import PlantError, apply_edits

    moment = at or timezone.now()
    _allow_change(by, moment)
    before = _in_force()
    try:
        plant = apply_edits(_read_plant(before.toml), edits)
    except PlantError as error:
        raise Refused(_("%(why)s Nothing was changed.") % {"why": error}) from error
    return _switch(before, plant, why=why, by=by, at=moment)


def _allow_change(by: Person, at: datetime) -> None:
    if not by.has_perm("nexus.change_plant"):
        raise Refused(_("Only a scientist can change the plant. Nothing was changed."))
    safety = check_safety(at)
    if not safety.is_clear:
        raise Refused(_("%(why)s Nothing was changed.") % {"why": safety.sentence})


def _switch(before: PlantVersion, plant: "Plant", *, why: str, by: Person, at: datetime) -> PlantVersion:
    if at < before.since:
        raise Refused(_("A plant cannot come into force before the one it replaces. Nothing was changed."))
    version = _new_version(plant, why=why, by=by, at=at)
    added = version.liquid_g - before.liquid_g
    if added > 0:
        _fill("water-supply", added, at=at, by=by, note="more room in the digester")
    record("nexus", "activated", version=version.number, water_g=max(added, 0))
    follow_on_commit()
    return version


@transaction.atomic
def roll_back(by: Person, at: datetime | None = None) -> PlantVersion:
    """Put the plant before the one in force back into force, as a new version."""
    moment = at or timezone.now()
    _allow_change(by, moment)
    newest = _in_force()
    former = PlantVersion.objects.filter(number__lt=newest.number).order_by("number").last()
    if former is None:
        raise Refused(_("There is no plant before this one. Nothing was changed."))
    why = _("Back to plant %(number)d") % {"number": former.number}
    return _switch(newest, _read_plant(former.toml), why=why, by=by, at=moment)
