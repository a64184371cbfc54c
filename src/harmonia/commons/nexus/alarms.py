"""When the plant needs care: judged after every run, raised once, lifted when it is over."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from django.apps import apps
from django.utils.translation import gettext as _
from django.utils.translation import override

from harmonia.commons.journal.actions import record
from harmonia.commons.ledger import actions as ledger
from harmonia.commons.ledger import queries as books
from harmonia.commons.ledger.models import Substance
from harmonia.commons.nexus import early
from harmonia.commons.nexus.books import m3_of_gas, stock_g
from harmonia.commons.nexus.feeding import rots
from harmonia.commons.nexus.models import Alarm, Reading, Run
from harmonia.commons.nexus.models.reading import FRESH_H
from harmonia.commons.nexus.places import BIOGAS, GAS_STORE
from harmonia.commons.nexus.safety import STALE, check_safety
from harmonia.commons.nexus.words import say
from harmonia.commons.people import queries as people

CALM_ACID_RATIO = 0.3
SOUR_ACID_RATIO = 0.5
"""Acids over alkalinity: below 0.3 calm, above 0.5 souring (Drosg 2013, Process Monitoring in Biogas Plants,
IEA Bioenergy Task 37, ISBN 978-1-910154-03-8)."""

LOWEST_PH = 6.8
"""Below it methanogens slow down (same source)."""

RISE_DAYS = 5
RISE = 0.02
"""A rise counts as steady when each of five days lies above the one before, together by 0.02 or more."""

FULL_SHARE = 0.95

JUDGED = (Alarm.Kind.ACIDS, Alarm.Kind.PH, Alarm.Kind.GAS_STORE, Alarm.Kind.READINGS)
"""What every run is judged for; a ramp has guards of its own (`actions.watch_ramp`)."""

Told = tuple[str, dict[str, Any]]


@dataclass(frozen=True)
class Finding:
    """One thing that needs care now, as numbers."""

    kind: str
    facts: dict[str, Any] = field(default_factory=dict)


def judge(run: Run, now: datetime) -> list[Finding]:
    """Return everything that needs care after a run."""
    read = _by_readings(run, now)
    found = [_acids(run), _ph(run), _gas_store(run), _readings(now)]
    # What was read counts before what the model thinks of the same thing.
    return [
        *read.values(),
        *(finding for finding in found if finding is not None and finding.kind not in read),
    ]


def _by_readings(run: Run, now: datetime) -> dict[str, Finding]:
    """Return what the readings warn of, by kind of alarm; the first cause of a kind speaks."""
    found: dict[str, Finding] = {}
    for facts in early.causes(run, now):
        kind = Alarm.Kind.PH if facts["cause"].startswith("ph_") else Alarm.Kind.ACIDS
        found.setdefault(kind, Finding(kind, facts))
    return found


def _acids(run: Run) -> Finding | None:
    ratio, low, high = (run.series(name) for name in ("acid_ratio", "acid_ratio_low", "acid_ratio_high"))
    today = max(run.index_of(run.until), 0)
    now, coming = ratio[today], ratio[today + 1 :]
    rising = rises_steadily(ratio[max(today - RISE_DAYS, 0) : today + 1]) and now > CALM_ACID_RATIO
    if now <= SOUR_ACID_RATIO and not rising:
        return None
    facts = {"ratio": now, "in_days": len(coming), "then": coming[-1], "low": low[-1], "high": high[-1]}
    return Finding(Alarm.Kind.ACIDS, facts | {"rising": rising})


def rises_steadily(values: Sequence[float]) -> bool:
    """Return whether each of the last days lies above the one before and the whole rise counts."""
    if len(values) <= RISE_DAYS:
        return False
    last = values[-RISE_DAYS - 1 :]
    return all(a < b for a, b in pairwise(last)) and last[-1] - last[0] >= RISE


def _ph(run: Run) -> Finding | None:
    first = max(run.index_of(run.until), 0)
    reached = {
        name: first_day_below(run.series(name)[first:], LOWEST_PH) for name in ("ph", "ph_low", "ph_high")
    }
    if reached["ph"] is None:
        return None
    lowest = min(run.series("ph")[first:])
    facts = {
        "in_days": reached["ph"],
        "soonest": reached["ph_low"],
        "latest": reached["ph_high"],
        "lowest": lowest,
    }
    return Finding(Alarm.Kind.PH, facts | {"limit": LOWEST_PH})


def first_day_below(values: Sequence[float], limit: float) -> int | None:
    """Return how many days from the first value on one lies below the limit; None if none does."""
    return next((index for index, value in enumerate(values) if value < limit), None)


def _gas_store(run: Run) -> Finding | None:
    size = run.version.gas_store_m3
    if not size:
        return None
    today = max(run.index_of(run.until), 0)
    stored = m3_of_gas(stock_g(GAS_STORE, BIOGAS), run.series("methane_share")[today])
    if stored < FULL_SHARE * size:
        return None
    coming = [
        run.series(name)[min(today + 1, len(run.series(name)) - 1)]
        for name in ("gas_m3_d", "gas_low", "gas_high")
    ]
    return Finding(
        Alarm.Kind.GAS_STORE,
        {"stored": stored, "size": size, "gas": coming[0], "low": coming[1], "high": coming[2]},
    )


def _readings(now: datetime) -> Finding | None:
    stale = [kind.value for kind in stale_readings(now)]
    safety = [check.kind.value for check in check_safety(now).checks if check.state == STALE]
    return Finding(Alarm.Kind.READINGS, {"kinds": [*safety, *stale]}) if stale or safety else None


def stale_readings(now: datetime) -> list[Reading.Kind]:
    """Return the process readings this site takes whose newest is too old."""
    stale = []
    for kind, hours in FRESH_H.items():
        latest = Reading.objects.filter(kind=kind, at__lte=now).order_by("at", "id").last()
        if latest is not None and latest.at + timedelta(hours=hours) < now:
            stale.append(kind)
    return stale


def settle_gas_store(now: datetime) -> list[Told]:
    """Judge the gas store alone, as somebody just burnt gas."""
    run = Run.objects.order_by("id").last()
    found = _gas_store(run) if run else None
    return settle([found] if found else [], now, kinds=[Alarm.Kind.GAS_STORE])


def settle_readings(now: datetime) -> list[Told]:
    """Judge the readings' age alone, as somebody just read one."""
    found = _readings(now)
    return settle([found] if found else [], now, kinds=[Alarm.Kind.READINGS])


def settle(findings: Sequence[Finding], now: datetime, *, kinds: Sequence[str] = JUDGED) -> list[Told]:
    """Raise what is new, renew the facts of what goes on, lift what is over; return what to tell the journal.

    Only alarms of `kinds` were judged. Call it in a transaction; the journal's lock comes last, hence the list.
    """
    found = {finding.kind: finding for finding in findings}
    told: list[Told] = []
    for alarm in Alarm.objects.filter(lifted_at__isnull=True, kind__in=kinds):
        if alarm.kind in found:
            alarm.facts = found.pop(alarm.kind).facts
            alarm.save(update_fields=["facts"])
        else:
            told.append(_lift(alarm, now))
    return told + [_raise(finding, now) for finding in found.values()]


def tell(told: Sequence[Told]) -> None:
    """Tell the journal what `settle` did."""
    for kind, payload in told:
        record("nexus", kind, **payload)


def _raise(finding: Finding, now: datetime) -> Told:
    alarm = Alarm(kind=finding.kind, since=now, facts=finding.facts)
    sour = finding.kind == Alarm.Kind.ACIDS and finding.facts.get("cause") != "gas_short"
    if sour and (fat := fattiest()) and fat.pk not in books.closures():
        alarm.closes = fat
        ledger.close_material(
            fat,
            reason=_("The plant has more acid than it can follow, and fat makes most of it."),
            instead=_("the refuse collection"),
        )
    alarm.save()
    _tell_operators(alarm)
    return "alarm_raised", {"alarm": alarm.pk, "what": str(alarm.kind)}


def _lift(alarm: Alarm, now: datetime) -> Told:
    if alarm.closes is not None:
        ledger.open_material(alarm.closes)
    alarm.lifted_at = max(now, alarm.since)
    alarm.save(update_fields=["lifted_at"])
    return "alarm_lifted", {"alarm": alarm.pk, "what": str(alarm.kind)}


def fattiest() -> Substance | None:
    """Return the material people may bring that has the most fat in its volatile solids."""
    from harmonia.science.metabolism import feedstock

    fat: Mapping[int, float] = {
        substance.pk: feedstock(substance.feedstock).lipid.value
        for substance in books.materials()
        if rots(substance)
    }
    return max((s for s in books.materials() if s.pk in fat), key=lambda s: fat[s.pk], default=None)


def _tell_operators(alarm: Alarm) -> None:
    if not apps.is_installed("harmonia.commons.notices"):
        return
    from harmonia.commons.notices.actions import notify

    for person in people.with_permission("nexus.change_plant"):
        with override(person.language or None):
            said = say(alarm)
            # Of what was entered later nobody is woken: old news is kept, and not mailed.
            notify(
                person, kind="alarm", subject=said.title, text=said.sentence, link=said.url, at=alarm.since
            )
