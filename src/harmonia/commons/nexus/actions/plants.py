"""Put plants into force: the first one, edited ones, and the one before."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from harmonia.commons.journal.actions import record
from harmonia.commons.journal.sentences import in_words
from harmonia.commons.ledger import actions as ledger
from harmonia.commons.ledger.actions import Posting
from harmonia.commons.ledger.models import Action, Holder
from harmonia.commons.nexus import twin
from harmonia.commons.nexus.decisions import Decision, waiting_decisions
from harmonia.commons.nexus.errors import Refused
from harmonia.commons.nexus.models import Activation, PlantVersion, SafetyRule
from harmonia.commons.nexus.models.safety_rule import USUAL
from harmonia.commons.nexus.places import (
    DIGESTATE_STORE,
    DIGESTER,
    GAS_STORE,
    SLURRY,
    matter,
    place,
    yesterday,
)
from harmonia.commons.nexus.safety import check_safety
from harmonia.commons.nexus.tasks import follow_on_commit
from harmonia.commons.people.actions import token_of
from harmonia.commons.people.models import Person

if TYPE_CHECKING:
    from harmonia.science.metabolism import Plant, PlantEdit


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
    version = _new_version(read_plant(plant_toml), why=_("The first plant"), by=by, at=at or timezone.now())
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
    from harmonia.science.metabolism import PlantError, plant_to_toml, single_digester

    try:
        text = plant_to_toml(single_digester(**numbers))
    except PlantError as error:
        raise Refused(_("%(why)s Nothing was changed.") % {"why": in_words(error)}) from error
    return _commission(text, by, None, safety)


def read_plant(text: str) -> "Plant":
    """Return the plant a text describes; raises Refused when it is none."""
    from harmonia.science.metabolism import PlantError, plant_from_toml

    try:
        return plant_from_toml(text)
    except PlantError as error:
        raise Refused(_("%(why)s Nothing was changed.") % {"why": in_words(error)}) from error


def check_for_books(plant: "Plant") -> None:
    """Refuse a plant whose days the books or the model could not tell."""
    if not plant.digesters:
        raise Refused(
            _(
                "Compost bays alone need no plant here: their batches have pages of their own. Nothing was changed."
            )
        )
    if plant.ambient is None and any(tank.temperature_c is None for tank in plant.digesters):
        raise Refused(
            _(
                "A digester that nobody heats needs the weather: write [ambient] into its file. Nothing was changed."
            )
        )


def _new_version(plant: "Plant", *, why: str, by: Person | None, at: datetime) -> PlantVersion:
    from harmonia.science.metabolism import plant_to_toml

    check_for_books(plant)
    newest = PlantVersion.objects.order_by("number").last()
    return PlantVersion.objects.create(
        number=newest.number + 1 if newest else 1,
        toml=plant_to_toml(plant),
        since=at,
        why=why[:300],
        by=token(by),
        liquid_volume_m3=plant.liquid_m3,
        gas_store_m3=plant.gas_store_m3,
        water_per_feed=plant.dilution_l_per_kg,
    )


def _fill(source: str, grams: int, *, at: datetime, by: Person | None, note: str) -> None:
    slurry = matter(SLURRY)
    postings = [Posting(place(source), slurry, -grams), Posting(place(DIGESTER), slurry, grams)]
    ledger.book(Action.TRANSFER, postings, recorder=token(by), at=at, note=note)


def token(person: Person | None) -> UUID | None:
    """Return the pseudonym permanent records carry; None where a program acts."""
    return token_of(person) if person else None


def in_force() -> PlantVersion:
    """Return the plant in force; raises Refused where there is none."""
    version = PlantVersion.objects.order_by("number").last()
    if version is None:
        raise Refused(_("There is no plant yet. Set one up first. Nothing was booked."))
    return version


def foresee(edits: Sequence["PlantEdit"], until: date | None = None) -> dict[str, Any]:
    """Return what an edited plant would do on the same feed: `before` and `after`, means of two weeks.

    Keys of both are `twin.MEASURES`, units in the names; `until` is the last day that is known, if not
    yesterday. Runs the model: call it from a task or a command.
    Raises Refused when an edit is impossible.
    """
    before = in_force()
    check_for_books(edited(before, edits))
    newest = max(until or yesterday(timezone.now()), twin.commissioned() - timedelta(days=1))
    return twin.compare(twin.case_until(newest), edits)


def edited(before: PlantVersion, edits: Sequence["PlantEdit"]) -> "Plant":
    """Return a plant with its edits; raises Refused for an impossible one."""
    from harmonia.science.metabolism import PlantError, apply_edits

    try:
        return apply_edits(read_plant(before.toml), edits)
    except PlantError as error:
        raise Refused(_("%(why)s Nothing was changed.") % {"why": in_words(error)}) from error


@transaction.atomic
def write(plant_toml: str, why: str, by: Person, at: datetime | None = None) -> PlantVersion:
    """Put the plant a file describes into force in place of the one there is.

    For what no edit of a number can say: which digester follows which, the weather, what else was built. What people
    decided together comes in by a switch-over instead (`prepare_activation`). Raises Refused without the permission, with
    a red or stale safety reading, when the text is no plant, and when it says nothing new or what waits to be switched over.
    """
    moment = at or timezone.now()
    _allow_change(by, moment)
    before, plant = in_force(), read_plant(plant_toml)
    if plant == read_plant(before.toml):
        raise Refused(_("That is the plant in force already. Nothing was changed."))
    _check_undecided(before, plant)
    return switch(before, plant, why=why, by=by, at=moment)


def _check_undecided(before: PlantVersion, plant: "Plant") -> None:
    """Refuse a plant that people decided on: a file is no way around the checklist."""
    for decision in waiting_decisions():
        if decision.edits and plant == _decided(before, decision):
            text = _(
                "That is what “%(title)s” decided: it comes into force by its switch-over. Nothing was changed."
            )
            raise Refused(text % {"title": decision.title})


def _decided(before: PlantVersion, decision: Decision) -> "Plant | None":
    try:
        return edited(before, edits_of(decision.edits))
    except Refused:  # the plant has changed since, and what was decided no longer fits it
        return None


def edits_of(plain: Sequence[Mapping[str, Any]]) -> list["PlantEdit"]:
    """Return edits as rows keep them (field, operation, value) as the science wants them."""
    from harmonia.science.metabolism import PlantEdit

    return [PlantEdit(edit["field"], edit["operation"], edit["value"]) for edit in plain]


def _allow_change(by: Person, at: datetime) -> None:
    if not by.has_perm("nexus.change_plant"):
        raise Refused(_("Only a scientist can change the plant. Nothing was changed."))
    safety = check_safety(at)
    if not safety.is_clear:
        raise Refused(_("%(why)s Nothing was changed.") % {"why": safety.sentence})


def switch(before: PlantVersion, plant: "Plant", *, why: str, by: Person, at: datetime) -> PlantVersion:
    """Put a plant into force after another one; what it has more room is filled from the water supply."""
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
    """Put the plant before the one in force back into force, as a new version.

    Raises Refused without the permission, with a red or stale safety reading, without a former plant, while a ramp is
    under way (its own roll-back restores the feed plan too), and where going back would go forward again.
    """
    moment = at or timezone.now()
    _allow_change(by, moment)
    newest = in_force()
    former = _former(newest)
    why = _("Back to plant %(number)d") % {"number": former.number}
    return switch(newest, read_plant(former.toml), why=why, by=by, at=moment)


def _former(newest: PlantVersion) -> PlantVersion:
    if Activation.objects.filter(state__in=["ramping", "holding"]).exists():
        raise Refused(
            _("The load of this plant is on its way: put the former one back on the page of its switch-over.")
        )
    former = PlantVersion.objects.filter(number__lt=newest.number).order_by("number").last()
    if former is None:
        raise Refused(_("There is no plant before this one. Nothing was changed."))
    # The plant in force may itself be a return: then the one before it was put away, and no back door leads there.
    if PlantVersion.objects.filter(number__lt=former.number, toml=newest.toml).exists():
        raise Refused(
            _(
                "The plant before this one was put away. It comes again by a switch-over only. Nothing was changed."
            )
        )
    return former
