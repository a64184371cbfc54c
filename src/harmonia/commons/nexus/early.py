"""What the readings themselves warn of: rows into the science's signs, its causes back into facts.

Only runs of the model judge (`alarms.judge`), in a task: numpy never loads in a web thread.
"""

import math
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from harmonia.commons.nexus.feeding import fed_by_day
from harmonia.commons.nexus.models import PlantDay, Reading, Run
from harmonia.commons.nexus.places import local_day

if TYPE_CHECKING:
    from harmonia.science.metabolism.early_warning import Signs

LOOK_BACK_DAYS = 120
MG_PER_G = 1000.0
FORESEEN = 7


def causes(run: Run, now: datetime) -> list[dict[str, Any]]:
    """Return why today's readings give cause to fear souring, as facts, each with the feed behind it."""
    from harmonia.science.metabolism.early_warning import causes_on

    today = local_day(now)
    first = max(run.start, today - timedelta(days=LOOK_BACK_DAYS))
    days = (today - first).days + 1
    if days < 1:
        return []
    found = causes_on(_signs(run, first, days), days - 1)
    rise = _rise(first, days) if found else {}
    return [{"cause": c.kind, **c.facts, "left": c.in_days, **rise} for c in found]


def _signs(run: Run, first: date, days: int) -> "Signs":
    import numpy as np

    from harmonia.science.metabolism.early_warning import Signs

    fed = _fed(first, days)
    acids = _daily(Reading.Kind.ACIDS, first, days, MG_PER_G)
    alkalinity = _daily(Reading.Kind.ALKALINITY, first, days, MG_PER_G)
    ph = _daily(Reading.Kind.PH, first, days)
    foreseen = np.full((days, FORESEEN), math.nan)
    foreseen[-1] = _foreseen_ph(run, first, days)
    measured = {d.day: d.gas_m3 for d in PlantDay.objects.filter(day__gte=first) if d.measured}
    gas = np.array([measured.get(first + timedelta(days=n), math.nan) for n in range(days)])
    model = run.series("gas_m3_d")
    places = [run.index_of(first) + n for n in range(days)]
    expected = np.array([model[n] if 0 <= n < len(model) else math.nan for n in places])
    return Signs(
        days=days,
        ratio=acids / np.maximum(alkalinity, 0.1),
        acids=acids,
        alkalinity=alkalinity,
        ph=ph,
        gas=gas,
        expected_gas=expected,
        temperature=_daily(Reading.Kind.TEMPERATURE, first, days),
        solids=sum(fed.values()) if fed else None,
        foreseen_ph=foreseen,
    )


def corrected(series: dict[str, Any], start: date, now: datetime) -> dict[str, Any]:
    """Return a run's daily series with pH and acids over alkalinity moved to what the instruments show.

    What the model said by itself stays under `ph_by_model` and `acid_ratio_by_model`.
    """
    import numpy as np

    from harmonia.science.metabolism.offsets import PH, RATIO, tracked

    days = max((local_day(now) - start).days + 1, 0)
    ph = _daily(Reading.Kind.PH, start, days)
    acids = _daily(Reading.Kind.ACIDS, start, days)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.log(acids / _daily(Reading.Kind.ALKALINITY, start, days))
    off = tracked(series["ph"], ph, PH)
    share = np.exp(tracked(np.log(np.maximum(series["acid_ratio"], 1e-3)), ratio, RATIO))
    moved = {name: (np.array(series[name]) + off).round(6).tolist() for name in ("ph", "ph_low", "ph_high")}
    for name in ("acid_ratio", "acid_ratio_low", "acid_ratio_high"):
        moved[name] = (np.array(series[name]) * share).round(6).tolist()
    by_model = {f"{name}_by_model": series[name] for name in ("ph", "acid_ratio")}
    return series | moved | by_model


def _daily(kind: Reading.Kind, first: date, days: int, per: float = 1.0) -> Any:
    """Return the last reading of each day, (days,), NaN where none."""
    import numpy as np

    values = np.full(days, math.nan)
    for reading in Reading.objects.filter(kind=kind, at__date__gte=first - timedelta(days=1)).order_by(
        "at", "id"
    ):
        place = (local_day(reading.at) - first).days
        if 0 <= place < days and reading.value is not None:
            values[place] = reading.value / per
    return values


def _foreseen_ph(run: Run, first: date, days: int) -> list[float]:
    """Return the run's pH of the coming week; its series already stands where the instruments do."""
    model, today = run.series("ph"), run.index_of(first) + days - 1
    coming = range(today + 1, today + 1 + FORESEEN)
    return [model[n] if 0 <= n < len(model) else math.nan for n in coming]


def _fed(first: date, days: int) -> dict[str, Any]:
    """Return volatile solids fed by feedstock, (days,) [kg/d]."""
    import numpy as np

    from harmonia.science.metabolism import feedstock

    fed = {}
    for code, by_day in fed_by_day(first).items():
        kilograms = [by_day.get(first + timedelta(days=n), 0.0) for n in range(days)]
        fed[code] = np.array(kilograms) * feedstock(code).volatile_solids_kg_kg
    return fed


def _rise(first: date, days: int) -> dict[str, Any]:
    """Return which feedstock rose before, since when, and to what [kg VS/d]; nothing if none did."""
    from harmonia.science.metabolism import feedstock
    from harmonia.science.metabolism.feed_rise import strongest_rise

    rise = strongest_rise(_fed(first, days), days - 1)
    if rise is None:
        return {}
    since = first + timedelta(days=rise.since)
    return {
        "more": feedstock(rise.name).name,
        "since": since.isoformat(),
        "now_kg": round(rise.now_kg_d, 3),
        "usual_kg": round(rise.usual_kg_d, 3),
    }
