"""Read jar trials and what they know together. Nothing here fits a curve."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import exp
from typing import Any

from django.db.models import Count, Max

from harmonia.commons.ledger import queries as ledger
from harmonia.commons.ledger.models import Substance
from harmonia.commons.nexus.feeding import rots
from harmonia.commons.nexus.jar_rows import Facts, latest_of_each_day, methane_of, substrate_name
from harmonia.commons.nexus.jar_words import broken_rules, narrowed, silence
from harmonia.commons.nexus.models import JarBottle, JarPool, JarReading, JarResult, JarTrial
from harmonia.commons.nexus.queries.days import Interval
from harmonia.commons.people.models import Person
from harmonia.commons.people.queries import people_behind

DOTS = 15  # the drawing shows fewer readings than this as dots
TENTH = 1.2816  # standard deviations around a middle that hold four times in five


@dataclass(frozen=True)
class JarRow:
    """One trial in the list: how many bottles and readings, and its result where it has one [mL CH4/g VS]."""

    trial: JarTrial
    bottles: int
    last_read: datetime | None
    result: Interval | None
    valid: bool | None
    mine: bool


@dataclass(frozen=True)
class KnownRow:
    """What all jars say of a material [mL CH4/g VS], what the library said before, and what one more would add."""

    substance: Substance
    before: Interval
    now: Interval | None
    jars: int
    worth_bits: float | None

    @property
    def half_before(self) -> float:
        """The ± before any jar."""
        return (self.before.high - self.before.low) / 2

    @property
    def half_now(self) -> float:
        """The ± today."""
        return (self.now.high - self.now.low) / 2 if self.now else self.half_before


@dataclass(frozen=True)
class ChartDay:
    """One point of a trial's chart [mL CH4/g VS]: read mean with its range over bottles, and the curve."""

    at: datetime
    read: float | None
    low: float | None
    high: float | None
    curve: float | None


@dataclass(frozen=True)
class JarPage:
    """Everything the page of one trial shows."""

    trial: JarTrial
    makers: tuple[str, ...]
    mine: bool
    bottles: tuple[tuple[JarBottle, tuple[JarReading, ...]], ...]
    result: Interval | None
    n: int
    valid: bool | None
    broken: tuple[str, ...]
    silence: str
    heard: bool
    chart: tuple[ChartDay, ...]
    curve: Facts
    half_days: float | None
    narrowed: str


def jar_trials(person: Person | None = None) -> list[JarRow]:
    """Return all trials, open ones first, newest first."""
    found = (
        JarTrial.objects.select_related("substance", "result")
        .prefetch_related("makers")
        .annotate(bottle_count=Count("bottles", distinct=True), last_read=Max("bottles__readings__at"))
    )
    token = _token(person)
    rows = [
        JarRow(
            trial,
            trial.bottle_count,
            trial.last_read,
            _result(_told(trial)),
            _told(trial).get("valid") if trial.is_standard else None,
            any(maker.token == token for maker in trial.makers.all()),
        )
        for trial in found
    ]
    return sorted(rows, key=lambda row: (not row.trial.is_open, -row.trial.opened_at.timestamp()))


def _token(person: Person | None) -> Any:
    from harmonia.commons.people.actions import token_of

    return token_of(person) if person is not None and person.is_authenticated else None


def _told(trial: JarTrial) -> Facts:
    result = getattr(trial, "result", None)
    return dict(result.told) if isinstance(result, JarResult) else {}


def _result(told: Mapping[str, Any]) -> Interval | None:
    """Return a trial's result: the substrate's mean, or the mean of the home jars, each with its interval."""
    if jars := told.get("jars"):
        middle = sum(jar["methane_ml_g"] for jar in jars) / len(jars)
        spread = max(jar["high"] / jar["methane_ml_g"] for jar in jars)
        return Interval(middle, middle / spread, middle * spread)
    own = [result for result in told.get("results", []) if result["substrate"] != "Cellulose"]
    if not own:
        return None
    last = own[-1]  # by the 1 % rule where it was met
    reach = TENTH * last["sd"] / last["n"] ** 0.5
    return Interval(last["mean"], last["mean"] - reach, last["mean"] + reach)


def jar_trial(pk: int) -> JarTrial | None:
    """Return one trial with its bottles and readings."""
    found = JarTrial.objects.select_related("substance", "result").prefetch_related(
        "bottles__readings", "makers"
    )
    return found.filter(pk=pk).first()


def jar_page(trial: JarTrial, person: Person | None) -> JarPage:
    """Return everything the page of one trial shows to a person."""
    told, token = _told(trial), _token(person)
    makers = people_behind(maker.token for maker in trial.makers.all())
    pool = trial.pools.last()
    mine = token is not None and any(maker.token == token for maker in trial.makers.all())
    return JarPage(
        trial=trial,
        makers=tuple(sorted(maker.name for maker in makers.values())),
        mine=mine,
        bottles=tuple((bottle, tuple(latest_of_each_day(bottle))) for bottle in trial.bottles.all()),
        result=_result(told),
        n=len(told.get("jars", [])) or max((r["n"] for r in told.get("results", [])), default=0),
        valid=told.get("valid"),
        broken=tuple(broken_rules(told)),
        silence=silence(told),
        heard=bool(told),
        chart=tuple(_chart(trial, told)),
        curve=told.get("fit", {}),
        half_days=_half_days(told.get("fit", {})),
        narrowed=narrowed(pool.gained, str(trial.substance), own=mine) if pool else "",
    )


def _half_days(fit: Mapping[str, Any]) -> float | None:
    """Return after how many days the curve has given half of what it will [d]."""
    points = zip(fit.get("days", []), fit.get("net", []), strict=True)
    half = fit["values"]["potential"] / 2 if fit else 0.0
    return next((day for day, net in points if net >= half), None)


def _chart(trial: JarTrial, told: Mapping[str, Any]) -> list[ChartDay]:
    """Return the chart's points; few readings stand as dots beside a fine curve, many make a line of their own."""
    days, fit = list(told.get("days", [])), told.get("fit", {})
    curve_days = list(fit.get("days", []))
    all_days = sorted({*days, *curve_days}) if len(days) < DOTS else days
    read = dict(zip(days, told.get("net", []), strict=True))
    several = told.get("net_low") != told.get("net_high")
    return [
        ChartDay(
            trial.opened_at + timedelta(days=day),
            read.get(day),
            _between(day, days, told["net_low"]) if several else None,
            _between(day, days, told["net_high"]) if several else None,
            _between(day, curve_days, fit.get("net", [])),
        )
        for day in all_days
    ]


def _between(day: float, days: Sequence[float], values: Sequence[float]) -> float | None:
    """Return the value on a day, straight between those beside it; None outside them."""
    if not days or not days[0] <= day <= days[-1]:
        return None
    place = min(max(bisect_right(days, day), 1), len(days) - 1) if len(days) > 1 else 0
    if place == 0:
        return values[0]
    share = (day - days[place - 1]) / (days[place] - days[place - 1])
    return values[place - 1] + share * (values[place] - values[place - 1])


def what_jars_know() -> list[KnownRow]:
    """Return what is known of each material that is brought here, the one a jar is worth most on first."""
    newest = JarPool.objects.order_by("id").last()
    estimates = newest.estimates if newest else {}
    worth = newest.worth if newest else {}
    rows: dict[str, KnownRow] = {}
    for substance in ledger.materials():
        if rots(substance) and substance.feedstock not in rows:
            rows[substance.feedstock] = _known(substance, estimates, worth)
    return sorted(rows.values(), key=lambda row: -(row.worth_bits or row.half_now / row.before.value))


def _known(substance: Substance, estimates: Facts, worth: Mapping[str, float]) -> KnownRow:
    from harmonia.science.metabolism.jar_priors import priors_of

    prior = priors_of([substance.feedstock])[substance.feedstock]
    told = estimates.get(substance.feedstock, {"jars": 0})
    now = Interval(told["middle"], told["low"], told["high"]) if told["jars"] else None
    # Low and high as the pool takes them: alike on both sides of the logarithm, so that ± means the same before and after.
    reach = exp(TENTH * prior.spread)
    before = Interval(prior.middle, prior.middle / reach, prior.middle * reach)
    return KnownRow(substance, before, now, told["jars"], worth.get(substance.feedstock))


def setup_table(trial: JarTrial) -> list[list[str]]:
    """Return a trial's set-up as `harmonia bmp --setup` reads it."""
    rows = [["id", "substrate", "m.inoc", "m.sub.vs", "m.sub.vs.se"]]
    for bottle in trial.bottles.all():
        error = trial.solids_error * bottle.substrate_g
        name = substrate_name(bottle, trial)
        rows.append([bottle.name, name, f"{bottle.inoculum_g:g}", f"{bottle.substrate_g:g}", f"{error:g}"])
    return rows


def volumes_table(trial: JarTrial) -> list[list[str]]:
    """Return a trial's methane so far [mL, dry, 0 °C, 101.325 kPa] as `harmonia bmp --volumes` reads it.

    Raises:
        ReadingError: a reading that cannot be.
    """
    rows = [["id", "time.d", "vol.mL"]]
    for bottle in trial.bottles.all():
        rows += [
            [bottle.name, f"{day:.6f}", f"{made:.4f}"]
            for day, made in zip(*methane_of(bottle, trial), strict=True)
        ]
    return rows


def export_jars(person: Person) -> list[dict[str, Any]]:
    """Return a person's own jars and readings for the file they take home."""
    token = _token(person)
    trials = JarTrial.objects.filter(makers__token=token).prefetch_related("bottles__readings")
    return [
        {
            "trial": trial.pk,
            "tier": trial.tier,
            "material": trial.substance.code,
            "opened_at": trial.opened_at.isoformat(),
            "state": trial.state,
            "readings": [
                {
                    "bottle": bottle.name,
                    "at": reading.at.isoformat(),
                    "value": reading.value,
                    "unit": trial.unit,
                }
                for bottle in trial.bottles.all()
                for reading in bottle.readings.all()
                if reading.by == token
            ],
        }
        for trial in trials.select_related("substance")
    ]
