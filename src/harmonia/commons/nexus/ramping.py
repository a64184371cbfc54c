"""Rows into the guards of a ramp, and into the case from which the twin plans one."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from harmonia.commons.nexus import twin
from harmonia.commons.nexus.errors import Refused
from harmonia.commons.nexus.feeding import MEAN_DAYS
from harmonia.commons.nexus.models import Activation, PlantDay, RampRecord, Reading, Run
from harmonia.commons.nexus.places import end_of, yesterday

if TYPE_CHECKING:
    from harmonia.science.metabolism.ramp_guards import Point, Watch

LOOK_BACK = timedelta(days=60)
DAY_S = 86_400


def watch(activation: Activation, now: datetime) -> "Watch":
    """Return what the instruments say on a ramp, counted in days from the confirmation."""
    from harmonia.science.metabolism.ramp_guards import Watch

    start = activation.confirmed_at
    if start is None:
        raise Refused("an activation that nobody confirmed has no ramp")
    kinds = ("acids", "alkalinity", "ph", "temperature")
    read = {kind: _read(Reading.Kind(kind), start, now) for kind in kinds}
    gas, foreseen = _gas(start, now)
    return Watch(
        today=_days(now, start),
        step_since=_days(step_since(activation) or start, start),
        gas=gas,
        foreseen=foreseen,
        set_point_c=_set_point(activation),
        **read,
    )


def step_since(activation: Activation) -> datetime | None:
    """Return when the present load began, or was taken up again; None before the ramp."""
    kinds = (RampRecord.Kind.START, RampRecord.Kind.RISE, RampRecord.Kind.RESUME)
    return activation.records.filter(kind__in=kinds).order_by("number").values_list("at", flat=True).last()


def _days(at: datetime, start: datetime) -> float:
    return (at - start).total_seconds() / DAY_S


def _read(kind: Reading.Kind, start: datetime, now: datetime) -> "tuple[Point, ...]":
    rows = Reading.objects.filter(kind=kind, at__gte=start - LOOK_BACK, at__lte=now).order_by("at", "id")
    return _points((_days(row.at, start), row.value) for row in rows if row.value is not None)


def _points(pairs: "Iterable[tuple[float, float]]") -> "tuple[Point, ...]":
    from harmonia.science.metabolism.ramp_guards import Point

    return tuple(Point(day, value) for day, value in pairs)


def _gas(start: datetime, now: datetime) -> "tuple[tuple[Point, ...], tuple[Point, ...]]":
    run = Run.objects.order_by("-id").first()
    first, last = (start - LOOK_BACK).date(), now.date()
    measured = {d.day: d.gas_m3 for d in PlantDay.objects.filter(day__gte=first, day__lte=last) if d.measured}
    ends = {day: _days(end_of(day), start) for day in sorted(measured)}
    series = run.series("gas_m3_d") if run else []
    places = {day: run.index_of(day) for day in measured} if run else {}
    foreseen = [(ends[d], series[n]) for d, n in sorted(places.items()) if 0 <= n < len(series)]
    return _points((ends[day], gas) for day, gas in sorted(measured.items())), _points(foreseen)


def _set_point(activation: Activation) -> float | None:
    from harmonia.science.metabolism import plant_from_toml

    plant = plant_from_toml(activation.version.toml) if activation.version else None
    return plant.digesters[0].temperature_c if plant and plant.digesters else None


def planned(activation: Activation, now: datetime) -> tuple[list[dict[str, Any]], str]:
    """Return the ramp the twin plans for the changed plant, as plain numbers, and how the planning ended.

    Runs the model: call it from a task or a command.
    """
    from harmonia.science.metabolism import (
        FollowCase,
        PlantEdit,
        RampCase,
        RampError,
        apply_edits,
        plan_ramp,
        plant_from_toml,
    )

    case = twin.case_until(max(yesterday(now), twin.commissioned()))
    past = case.days - twin.HORIZON_DAYS
    feed = {code: kg[:past] for code, kg in case.feed.items()}
    plants = [(day, plant_from_toml(version.toml)) for day, version in case.plants]
    edits = [PlantEdit(edit["field"], edit["operation"], edit["value"]) for edit in activation.edits]
    changed = apply_edits(plants[-1][1], edits)
    history = FollowCase(
        plants[0][1],
        feed,
        twin.MEMBERS,
        twin.SEED,
        warm_start={},
        methane=twin.methane_of_jars(),
        changes=(*plants[1:], (past, changed)),
        first_day=case.start,
    )
    window = min(MEAN_DAYS, past)
    mix = {code: sum(kg[-window:]) / window for code, kg in feed.items() if any(kg[-window:])}
    try:
        plan = plan_ramp(RampCase(history, mix, changed.liquid_m3, activation.goal_kg_vs_m3_d))
    except RampError as error:
        return [], str(error)
    return [asdict(step) for step in plan.steps], plan.status
