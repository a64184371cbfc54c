"""The checklist before a switch-over: every item with its state, who said so, and until when that counts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from harmonia.commons.ledger import queries as books
from harmonia.commons.ledger.models import Holder
from harmonia.commons.nexus.decisions import decision_of
from harmonia.commons.nexus.feeding import rots
from harmonia.commons.nexus.models import Activation, PreflightCheck, Run
from harmonia.commons.nexus.models.preflight_check import ATTESTED_H
from harmonia.commons.nexus.ramp_words import ramp_status_in_words
from harmonia.commons.nexus.safety import check_safety

GREEN, RED, OVERRIDDEN, STALE, OPEN = "green", "red", "overridden", "stale", "open"
TWIN_FRESH = timedelta(days=3)
STOCK_DAYS = 7
"""Feed of a week at the first load has to be at hand; ours."""

Item = PreflightCheck.Item
AUTOMATIC = (Item.DESIGN, Item.TWIN, Item.STOCK)
"""What Harmonia finds out itself, and a person may override with a reason and their name."""


@dataclass(frozen=True)
class PreflightItem:
    """One item: `state` is green, red, overridden, stale (looked at too long ago) or open (nobody looked yet)."""

    item: PreflightCheck.Item
    state: str
    sentence: str
    by: UUID | None = None
    at: datetime | None = None
    until: datetime | None = None
    reason: str = ""

    @property
    def is_clear(self) -> bool:
        """Whether it stands in nobody's way."""
        return self.state in (GREEN, OVERRIDDEN)

    @property
    def is_attested(self) -> bool:
        """Whether a person has to look; there is no other way to clear it."""
        return self.item in ATTESTED_H

    @property
    def may_be_overridden(self) -> bool:
        """Whether somebody may answer for going on in spite of it. Never true of safety."""
        return self.item in AUTOMATIC and not self.is_clear


@dataclass(frozen=True)
class Preflight:
    """The whole list at one moment."""

    items: tuple[PreflightItem, ...]

    @property
    def is_clear(self) -> bool:
        """Whether the switch-over may be confirmed."""
        return all(item.is_clear for item in self.items)

    @property
    def clear(self) -> int:
        """How many items stand in nobody's way."""
        return sum(item.is_clear for item in self.items)

    @property
    def blocking(self) -> list[PreflightItem]:
        """What stands in the way."""
        return [item for item in self.items if not item.is_clear]

    @property
    def sentence(self) -> str:
        """What stands in the way, in words."""
        return " ".join(f"{item.item.label}: {item.sentence}" for item in self.blocking)


def preflight(activation: Activation, now: datetime) -> Preflight:
    """Return the checklist of an activation at a moment."""
    newest = {check.item: check for check in activation.checks.order_by("id")}
    found = [_automatic(activation, item, newest.get(item), now) for item in AUTOMATIC]
    readings = check_safety(now)
    state = GREEN if readings.is_clear else RED
    found.append(PreflightItem(Item.READINGS, state, readings.sentence))
    return Preflight((*found, *(_attested(Item(item), newest.get(item), now) for item in ATTESTED_H)))


def _automatic(
    activation: Activation, item: PreflightCheck.Item, check: PreflightCheck | None, now: datetime
) -> PreflightItem:
    looks: dict[str, Callable[[Activation, datetime], tuple[bool, str]]] = {
        Item.DESIGN: _design,
        Item.TWIN: _twin,
        Item.STOCK: _stock,
    }
    good, sentence = looks[item](activation, now)
    if good or check is None:
        return PreflightItem(item, GREEN if good else RED, sentence)
    return PreflightItem(item, OVERRIDDEN, sentence, check.by, check.at, reason=check.reason)


def _design(activation: Activation, _now: datetime) -> tuple[bool, str]:
    if not activation.subject:
        return False, _("nobody has decided this together.")
    found = decision_of(activation.subject)
    if found is None:
        return False, _("this decision is not waiting to be put into force.")
    if found.sha256 != activation.sha256 or list(found.edits) != activation.edits:
        return False, _("what was decided is not what stands here.")
    return True, _("decided, and frozen as %(hash)s.") % {"hash": activation.sha256[:12]}


def _twin(activation: Activation, now: datetime) -> tuple[bool, str]:
    run = Run.objects.order_by("-id").first()
    if run is None or now - run.made_at > TWIN_FRESH or run.version_id != activation.before_id:
        return False, _("the model has not followed this plant in the last three days.")
    planned = activation.ramp_planned_at
    if planned is None:
        return False, _("the model is still planning the ramp.")
    if not activation.ramp:
        return False, ramp_status_in_words(activation.ramp_status)
    if now - planned > TWIN_FRESH:
        return False, _("the ramp was planned more than three days ago; let it be planned again.")
    steps = len(activation.ramp)
    text = ngettext("followed, and %(steps)d step planned.", "followed, and %(steps)d steps planned.", steps)
    return True, text % {"steps": steps}


def _stock(activation: Activation, _now: datetime) -> tuple[bool, str]:
    from harmonia.science.metabolism import feedstock

    there = sum(
        grams / 1000 * feedstock(substance.feedstock).volatile_solids_kg_kg
        for point in books.holders(Holder.Kind.POINT)
        for substance, grams in books.stock(point).items()
        if rots(substance)
    )
    load = activation.ramp[0]["loading_kg_vs_m3_d"] if activation.ramp else 0.0
    wanted = STOCK_DAYS * load * activation.before.liquid_volume_m3
    words = {"there": round(there, 1), "wanted": round(wanted, 1)}
    if there >= wanted > 0:
        return True, _("%(there)s kg of volatile solids wait; a week takes %(wanted)s.") % words
    if not wanted:
        return False, _("without a planned ramp nobody knows how much is needed.")
    return False, _("%(there)s kg of volatile solids wait, and a week takes %(wanted)s.") % words


def _attested(item: PreflightCheck.Item, check: PreflightCheck | None, now: datetime) -> PreflightItem:
    if check is None:
        return PreflightItem(item, OPEN, _("nobody has looked yet."))
    until = check.at + timedelta(hours=ATTESTED_H[item])
    more = (check.by, check.at, until, check.reason)
    if check.state != PreflightCheck.State.GREEN:
        return PreflightItem(item, RED, check.reason or _("not in order."), *more)
    if until < now:
        return PreflightItem(item, STALE, _("too long ago; look again."), *more)
    return PreflightItem(item, GREEN, _("in order."), *more)
