"""Read a switch-over: its checklist, its ramp, what happened, and what came of what was promised."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from harmonia.commons.nexus import ramping
from harmonia.commons.nexus.actions.accounts import due
from harmonia.commons.nexus.actions.ramps import next_load
from harmonia.commons.nexus.decisions import Decision, waiting_decisions
from harmonia.commons.nexus.models import Accounting, Activation, RampRecord
from harmonia.commons.nexus.preflight import Preflight, PreflightItem, preflight
from harmonia.commons.nexus.ramp_words import (
    breaches_in_words,
    ramp_status_in_words,
    stage_in_words,
    waits_in_words,
)
from harmonia.commons.people import queries as people


@dataclass(frozen=True)
class RampRow:
    """One planned step beside where the ramp is: `place` is past, now or coming."""

    load: float
    place: str
    gas: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class AccountRow:
    """One measure of an accounting; `kept` where an interval was promised."""

    label: str
    unit: str
    promised: float | None
    low: float | None
    high: float | None
    real: float | None
    kept: bool | None


@dataclass(frozen=True)
class AccountCard:
    """One accounting as people read it, or the day on which it comes."""

    title: str
    due_on: date
    rows: Sequence[AccountRow]
    measured_share: float | None

    @property
    def is_made(self) -> bool:
        """Whether its day has come."""
        return bool(self.rows)


@dataclass(frozen=True)
class Happened:
    """One thing that happened on the way: when, what, by whom ("" where a guard acted or they left), and more words."""

    at: datetime
    what: str
    by: str
    note: str = ""
    accent: str = ""


@dataclass(frozen=True)
class CheckRow:
    """One item of the checklist with the name of who looked."""

    item: PreflightItem
    by: str

    @property
    def accent(self) -> str:
        """The accent of its card and tag."""
        return {"green": "leaf", "red": "alarm", "stale": "ember", "overridden": "ember"}.get(
            self.item.state, ""
        )

    @property
    def word(self) -> str:
        """Its state in a word."""
        words = {
            "green": _("in order"),
            "red": _("not in order"),
            "stale": _("too long ago"),
            "overridden": _("overridden"),
            "open": _("to be looked at"),
        }
        return words[self.item.state]


@dataclass(frozen=True)
class ActivationPage:
    """Everything a page about a switch-over shows."""

    activation: Activation
    checks: Sequence[CheckRow]
    load: float | None
    next_load: float | None
    steps: Sequence[RampRow]
    breaches: str
    waits: Sequence[str]
    happened: Sequence[Happened]
    recovery: Sequence[str]
    accounts: Sequence[AccountCard]
    pressed_by: str
    ramp_status: str

    @property
    def clear(self) -> int:
        """How many items stand in nobody's way."""
        return sum(row.item.is_clear for row in self.checks)

    @property
    def is_clear(self) -> bool:
        """Whether the whole checklist is."""
        return bool(self.checks) and self.clear == len(self.checks)

    @property
    def first_open(self) -> CheckRow | None:
        """The first item of the safety list that somebody has to look at."""
        return next((row for row in self.checks if row.item.is_attested and not row.item.is_clear), None)

    @property
    def may_rise(self) -> bool:
        """Whether the next step is open."""
        calm = not self.breaches and not self.waits
        return self.activation.state == "ramping" and self.next_load is not None and calm


def newest_activation() -> Activation | None:
    """Return the switch-over that is open, or the last there was."""
    return Activation.objects.select_related("before", "version").order_by("-id").first()


def activation_for(subject: str) -> Activation | None:
    """Return the newest switch-over of a decision that was not called off; None where nobody prepared one."""
    found = Activation.objects.select_related("before", "version").filter(subject=subject)
    return found.exclude(state="called_off").order_by("-id").first()


def open_activation() -> Activation | None:
    """Return the switch-over that is open: no other can be prepared before it ends."""
    return Activation.objects.filter(slot=1).first()


def activation(number: int) -> Activation | None:
    """Return a switch-over by its number."""
    return Activation.objects.select_related("before", "version").filter(pk=number).first()


def activations() -> list[Activation]:
    """Return every switch-over, newest first."""
    return list(Activation.objects.order_by("-id"))


def decisions() -> list[Decision]:
    """Return what was decided and waits to be put into force."""
    return waiting_decisions()


def preflight_of(found: Activation, now: datetime) -> Preflight:
    """Return the checklist of a switch-over at a moment."""
    return preflight(found, now)


def activation_page(found: Activation, now: datetime) -> ActivationPage:
    """Return what a page shows of a switch-over at a moment."""
    records = list(found.records.all())
    load = records[-1].loading_kg_vs_m3_d if records else None
    breaches, waits = _guards(found, now)
    items = preflight(found, now).items if found.state == "checking" else ()
    names = _names(found, items, records)
    return ActivationPage(
        activation=found,
        checks=[CheckRow(item, names.get(item.by, "") if item.by else "") for item in items],
        load=load,
        next_load=next_load(found) if found.state in ("ramping", "holding") else None,
        steps=_steps(found, load),
        breaches=breaches,
        waits=waits,
        happened=_happened(found, records, names),
        recovery=_recovery(records),
        accounts=_accounts(found),
        pressed_by=names.get(found.pressed_by, "") if found.pressed_by else "",
        ramp_status=ramp_status_in_words(found.ramp_status),
    )


def _happened(found: Activation, records: Sequence[RampRecord], names: dict[UUID, str]) -> list[Happened]:
    def name(token: UUID | None) -> str:
        return names.get(token, "") if token else ""

    told = [Happened(found.prepared_at, _("Prepared"), name(found.prepared_by))]
    if found.pressed_at:
        crowd = ngettext("%(n)d person pressed along.", "%(n)d people pressed along.", found.crowd) % {
            "n": found.crowd
        }
        told.append(
            Happened(
                found.pressed_at,
                _("Called for"),
                name(found.pressed_by),
                crowd if found.crowd else "",
                "glow",
            )
        )
    told += [_step_told(record, name(record.by)) for record in records]
    if found.state == "called_off" and found.ended_at:
        told.append(Happened(found.ended_at, _("Called off"), "", found.why_ended, "ember"))
    return sorted(told, key=lambda each: each.at)


def _step_told(record: RampRecord, by: str) -> Happened:
    load = {"load": number_format(round(record.loading_kg_vs_m3_d, 2), 2, use_l10n=True)}
    texts = {
        "start": (_("Confirmed: the plant is in force, the ramp begins at %(load)s kg VS/m³ a day"), "glow"),
        "rise": (_("Raised to %(load)s kg VS/m³ a day"), "leaf"),
        "hold": (_("Held at %(load)s kg VS/m³ a day"), "alarm"),
        "resume": (_("Taken up again at %(load)s kg VS/m³ a day"), "leaf"),
        "finish": (_("The ramp ended at %(load)s kg VS/m³ a day"), "leaf"),
        "roll_back": (_("Rolled back to %(load)s kg VS/m³ a day"), "ember"),
    }
    words, accent = texts[record.kind]
    return Happened(record.at, words % load, by, breaches_in_words(record.facts.get("breaches", [])), accent)


def _guards(found: Activation, now: datetime) -> tuple[str, list[str]]:
    if found.state not in ("ramping", "holding"):
        return "", []
    from harmonia.science.metabolism.ramp_guards import breaches, waits

    watch = ramping.watch(found, now)
    return breaches_in_words(vars_of(breaches(watch))), waits_in_words(waits(watch))


def vars_of(breaches: Iterable[Any]) -> list[dict[str, Any]]:
    """Return breaches as the plain values that records keep."""
    return [{"guard": b.guard, "value": b.value, "limit": b.limit} for b in breaches]


def _steps(found: Activation, load: float | None) -> list[RampRow]:
    return [
        RampRow(
            load=step["loading_kg_vs_m3_d"],
            place=_place(step["loading_kg_vs_m3_d"], load),
            gas=step.get("gas_m3_d"),
            low=step.get("gas_low"),
            high=step.get("gas_high"),
        )
        for step in found.ramp
    ]


def _place(step: float, load: float | None) -> str:
    if load is None or step > load + 1e-6:
        return "coming"
    return "now" if step > load - 1e-6 else "past"


def _recovery(records: Sequence[RampRecord]) -> list[str]:
    last = records[-1] if records else None
    if last is None or last.kind != RampRecord.Kind.ROLL_BACK:
        return []
    return [stage_in_words(stage) for stage in last.facts.get("recovery", [])]


def _accounts(found: Activation) -> list[AccountCard]:
    if not found.is_confirmed:
        return []
    made = {account.kind: account for account in found.accountings.all()}
    return [
        _card(kind, day, made.get(kind)) for kind, day in sorted(due(found).items(), key=lambda pair: pair[1])
    ]


def _card(kind: str, day: date, made: Accounting | None) -> AccountCard:
    title = str(Accounting.Kind(kind).label)
    if made is None:
        return AccountCard(title, day, (), None)
    measures = made.facts["measures"]
    rows = tuple(_account_row(name, row) for name, row in measures.items())
    return AccountCard(title, made.due_on, rows, measures["gas_m3_d"].get("measured_share"))


def _account_row(name: str, row: dict[str, Any]) -> AccountRow:
    labels = {
        "gas_m3_d": (_("Gas"), "m³/d"),
        "digestate_kg_d": (_("Fertiliser"), "kg/d"),
        "ph": (_("pH"), ""),
        "acid_ratio": (_("Acids over buffer"), ""),
    }
    label, unit = labels[name]
    return AccountRow(
        label, unit, row.get("promised"), row.get("low"), row.get("high"), row.get("real"), row.get("kept")
    )


def _names(
    found: Activation, items: Sequence[PreflightItem], records: Sequence[RampRecord]
) -> dict[UUID, str]:
    """Return the names behind every pseudonym of a switch-over; who left is not in it."""
    tokens = {found.prepared_by, found.pressed_by, found.confirmed_by}
    tokens |= {record.by for record in records} | {item.by for item in items}
    return {token: person.name for token, person in people.people_behind(t for t in tokens if t).items()}
