"""Keep a model beside a plant: an ensemble of digesters that every day's readings weigh, renew and carry on.

Each member has its own state and its own guess at what nobody measured: strength of each feed (drifting over
months), strength of all feed this week, speed of disintegration, uptake by methanogens, bases in the feed and,
where it is not known, the volume. States come from the digester model alone, so a reading chooses between
states that can exist; it never pushes one where acids and pH contradict each other.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from harmonia.science.executor import Progress
from harmonia.science.metabolism import kernel, particles, readings, rodas
from harmonia.science.metabolism.digester import Digester, DigesterRun, Member
from harmonia.science.metabolism.kernel import Floats
from harmonia.science.metabolism.parameters import parameter_values
from harmonia.science.metabolism.plant import single_digester

LEVELS = (0.1, 0.5, 0.9)
WEEK_DAYS = 7
MEMBERS = 48
USUAL_STEP = 3  # every third member foresees the week for the usual feed as well
# How long a guess lasts [d] and how far it may lie off (standard deviation of its logarithm): our own, wide.
SEASON_D, SEASON_SPREAD = 200.0, 0.5
SPELL_D, SPELL_SPREAD = 4.0, 0.3
SPEED_SPREAD, UPTAKE_SPREAD = 0.5, 0.25
BASES_KMOL_M3, BASES_SPREAD = (
    0.01,
    0.7,
)  # beyond those of the feedstock; Rosen & Jeppsson (2006) give sludge 0.04
UPTAKES = ("k_m_ac", "k_m_pro", "k_m_c4", "k_m_fa")
SMALLEST_SPREAD = 0.1  # of the first spread: a filter that is sure of its parameters has stopped learning
TOLD = {
    "gas": readings.gas_m3_d,
    "methane": readings.methane_share,
    "ph": readings.ph,
    "acids": readings.acids_kg_m3,
    "alkalinity": readings.alkalinity_kg_m3,
}
_LEAST = 1e-2


@dataclass(frozen=True)
class ReadingError:
    """How one kind of reading strays from the model: each time, for good, and day by day.

    `noise` of one reading, `offset` that meter and model keep against each other, and its `drift` a day, as
    standard deviations; of the logarithm where `by_ratio`.
    """

    noise: float
    offset: float
    drift: float
    by_ratio: bool

    def scaled(self, values: Floats) -> Floats:
        """Return values as they are compared."""
        return np.log(np.maximum(values, _LEAST)) if self.by_ratio else values

    def moved(self, values: Floats, offset: Floats) -> Floats:
        """Return values (members, ...) as the plant's own meters would show them, offset (members,)."""
        by = offset.reshape(-1, *[1] * (values.ndim - 1))
        return values * np.exp(by) if self.by_ratio else values + by


# Our own, wide; gas has no offset because the strength of the feed takes that part.
ERRORS = {
    "gas": ReadingError(0.12, 0.0, 0.0, by_ratio=True),
    "methane": ReadingError(0.1, 0.1, 0.003, by_ratio=False),
    "ph": ReadingError(0.3, 0.3, 0.01, by_ratio=False),
    "acids": ReadingError(1.0, 0.8, 0.03, by_ratio=True),
    "alkalinity": ReadingError(0.3, 0.4, 0.01, by_ratio=True),
}

_WARM_DAYS = 14
_HEADSPACE_SHARE = 0.15
_DOUBT = 4.0  # errors away from every member's middle before a reading is named doubtful


@dataclass(frozen=True)
class Watch:
    """A plant's days as they were logged.

    `feed_kg_d` (days, codes) [kg/d] and `volume_m3_d` (days,) [m3/d] of what was fed; `usual_kg_d` and
    `usual_m3_d` the same shapes: the feed one would expect the evening before; `temperature_c` [degC] of the
    liquid; `liquid_m3` lowest and highest volume [m3], equal if known; `readings` name -> (days,) in model
    units, NaN where none.
    """

    codes: tuple[str, ...]
    feed_kg_d: Floats
    volume_m3_d: Floats
    usual_kg_d: Floats
    usual_m3_d: Floats
    temperature_c: float
    liquid_m3: tuple[float, float]
    readings: Mapping[str, Floats]


@dataclass(frozen=True)
class Doubt:
    """A reading that no member explains: which day, what was read, what was expected, in model units."""

    day: int
    reading: str
    read: float
    expected: float


@dataclass(frozen=True)
class Assimilated:
    """What the ensemble foresaw and learnt.

    `known` and `usual`: reading name -> quantiles at LEVELS, (days, 7, 3); entry [d, k] is for day d + k,
    issued the evening before day d, with the feed of days d to d + k as logged, or as usual; NaN after the
    log's end. `filtered`: the same quantiles of day d once its own readings counted, (days, 3). `liquid_m3`:
    quantiles of the volume [m3] at the end. `doubts`: readings given little weight. `renewals`: how often
    members were drawn anew; `stopped`: runs that did not reach their end.
    """

    known: Mapping[str, Floats]
    usual: Mapping[str, Floats]
    filtered: Mapping[str, Floats]
    liquid_m3: tuple[float, float, float]
    doubts: tuple[Doubt, ...]
    renewals: int
    stopped: int


def assimilate(
    watch: Watch, members: int = MEMBERS, seed: int = 1, progress: Progress | None = None
) -> Assimilated:
    """Return forecasts of every day of a watch, each from the days before it alone.

    The same watch, members and seed give the same numbers on one machine type.

    Raises:
        FeedstockError: a feedstock has no file.
    """
    ensemble = _Ensemble(watch, members, seed)
    days = len(watch.feed_kg_d)
    known, usual, filtered = (
        {name: np.full((days, span, len(LEVELS)), math.nan) for name in TOLD}
        for span in (WEEK_DAYS, WEEK_DAYS, 1)
    )
    for day in range(days):
        ahead, expected = ensemble.foresee(day)
        for name in TOLD:
            known[name][day, : ahead[name].shape[1]] = ensemble.quantiles(ahead[name])
            usual[name][day, : expected[name].shape[1]] = ensemble.quantiles(expected[name])
        ensemble.learn(day, {name: values[:, 0] for name, values in ahead.items()})
        for name in TOLD:
            filtered[name][day] = ensemble.filtered[name]
        if progress:
            progress(day + 1, days)
    volume = particles.weighted_quantiles(np.exp(ensemble.guesses[:, -1]), ensemble.weights, LEVELS)
    low, middle, high = volume.tolist()
    day_only = {name: values[:, 0] for name, values in filtered.items()}
    return Assimilated(
        known,
        usual,
        day_only,
        (low, middle, high),
        tuple(ensemble.doubts),
        ensemble.renewals,
        ensemble.stopped,
    )


class _Ensemble:
    """The members: guesses (members, ...), weights, states at the end of the newest day, and their digesters."""

    def __init__(self, watch: Watch, members: int, seed: int) -> None:
        self.watch = watch
        self.generator = np.random.default_rng(np.random.SeedSequence(seed))
        self.weights = np.full(members, 1 / members)
        self.guesses = self._drawn(members)
        self.digesters = [self._digester(guess) for guess in self.guesses]
        self.states = [self._settled(place) for place in range(members)]
        self.first_spread = self.guesses.std(axis=0)
        self.offsets = {name: np.zeros(members) for name in TOLD}
        self.unsure = {name: ERRORS[name].offset ** 2 for name in TOLD}
        self.filtered: dict[str, Floats] = {}
        self.doubts: list[Doubt] = []
        self.renewals = self.stopped = 0

    def _drawn(self, members: int) -> Floats:
        """Return first guesses: logarithms of strength (codes), spell, speed (codes), uptake, bases, volume."""
        codes = len(self.watch.codes)
        spreads = (
            [SEASON_SPREAD] * codes + [SPELL_SPREAD] + [SPEED_SPREAD] * codes + [UPTAKE_SPREAD, BASES_SPREAD]
        )
        drawn = np.array(spreads) * self.generator.standard_normal((members, len(spreads)))
        low, high = np.log(self.watch.liquid_m3)
        volume = self.generator.uniform(low, high, (members, 1)) if high > low else np.full((members, 1), low)
        return np.hstack([drawn, volume])

    def _digester(self, guess: Floats) -> Digester:
        watch, codes = self.watch, len(self.watch.codes)
        factor = np.exp(guess)
        volume = float(factor[-1])
        kinetics = {
            name: value * float(factor[-3]) for name, value in parameter_values().items() if name in UPTAKES
        }
        speed = dict(zip(watch.codes, factor[codes + 1 : 2 * codes + 1].tolist(), strict=True))
        plant = single_digester(
            "watched", volume, _HEADSPACE_SHARE * volume, watch.temperature_c, 0.0, 0.0, 1.0
        )
        digester = Digester(plant, watch.codes, Member(speed=speed, kinetics=kinetics))
        digester.feeds[:, kernel.CAT] += BASES_KMOL_M3 / 1000 * factor[-2]
        return digester

    def _strength(self, place: int, days: int) -> Floats:
        """Return factors on the feed of coming days, (days, codes); a spell fades, a season stays."""
        codes = len(self.watch.codes)
        spell = self.guesses[place, codes] * np.exp(-np.arange(days) / SPELL_D)
        strength: Floats = np.exp(self.guesses[place, :codes][None, :] + spell[:, None])
        return strength

    def _settled(self, place: int) -> tuple[Floats, float]:
        feed = self.watch.feed_kg_d[:_WARM_DAYS].mean(axis=0) * self._strength(place, 1)[0]
        return self.digesters[place].settled(feed, float(self.watch.volume_m3_d[:_WARM_DAYS].mean()))

    def foresee(self, day: int) -> tuple[dict[str, Floats], dict[str, Floats]]:
        """Return readings foreseen, name -> (members, days ahead), with the logged feed and with the usual one.

        Every member is carried to the end of the day as it was fed.
        """
        self._drift()
        watch = self.watch
        end = min(day + WEEK_DAYS, len(watch.feed_kg_d))
        usual = (np.tile(watch.usual_kg_d[day], (end - day, 1)), np.full(end - day, watch.usual_m3_d[day]))
        known = (watch.feed_kg_d[day:end], watch.volume_m3_d[day:end])
        runs = [self._run(place, known) for place in range(len(self.weights))]
        expected = [self._run(place, usual) for place in range(0, len(self.weights), USUAL_STEP)]
        self.states = [(run.states[0], float(run.protons[0])) for run in runs]
        return self._told(runs, 1), self._told(expected, USUAL_STEP)

    def _told(self, runs: list[DigesterRun], step: int) -> dict[str, Floats]:
        """Return what the plant's own meters would show, name -> (members, days)."""
        told = {name: np.array([tell(run) for run in runs]) for name, tell in TOLD.items()}
        return {name: ERRORS[name].moved(values, self.offsets[name][::step]) for name, values in told.items()}

    def _run(self, place: int, feed: tuple[Floats, Floats]) -> DigesterRun:
        amount, volume = feed
        run = self.digesters[place].run(
            amount * self._strength(place, len(amount)), self.states[place], volume
        )
        self.stopped += run.ended != rodas.OK
        return run

    def _drift(self) -> None:
        codes = len(self.watch.codes)
        for columns, lasting, spread in (
            (slice(0, codes), SEASON_D, SEASON_SPREAD),
            (slice(codes, codes + 1), SPELL_D, SPELL_SPREAD),
        ):
            kept = math.exp(-1 / lasting)
            fresh = self.generator.standard_normal(self.guesses[:, columns].shape)
            self.guesses[:, columns] = (
                kept * self.guesses[:, columns] + math.sqrt(1 - kept**2) * spread * fresh
            )

    def learn(self, day: int, foreseen: Mapping[str, Floats]) -> None:
        """Weigh the members by a day's readings; draw them anew when fewer than half carry the weight."""
        score = np.zeros(self.weights.size)
        for name, error in ERRORS.items():
            self.unsure[name] += error.drift**2
            reading = float(self.watch.readings[name][day]) if name in self.watch.readings else math.nan
            if math.isfinite(reading):
                score += self._judged(day, name, reading, foreseen[name])
        self.weights = particles.reweighed(self.weights, score)
        self.filtered = {name: self.quantiles(values) for name, values in foreseen.items()}
        if particles.effective(self.weights) < self.weights.size / 2:
            self._renew()

    def _judged(self, day: int, name: str, reading: float, foreseen: Floats) -> Floats:
        """Return the members' scores for one reading; each learns its own offset from it, as Kalman would.

        Dee & da Silva (1998), doi:10.1002/qj.49712454509: bias estimated beside the state.
        """
        error = ERRORS[name]
        miss = error.scaled(np.array([reading])) - error.scaled(foreseen)
        width = math.sqrt(self.unsure[name] + error.noise**2)
        middle = float(self.weights @ miss)
        if abs(middle) > _DOUBT * math.hypot(width, math.sqrt(float(self.weights @ (miss - middle) ** 2))):
            self.doubts.append(Doubt(day, name, reading, float(self.quantiles(foreseen)[1])))
        score = particles.log_likelihood(miss, 0.0, width)
        gain = self.unsure[name] / width**2
        # A wild reading moves the offset by what a reading one width away would.
        self.offsets[name] = self.offsets[name] + gain * np.clip(miss, -width, width)
        self.unsure[name] *= 1 - gain
        return score

    def _renew(self) -> None:
        mean = self.weights @ self.guesses
        spread = np.sqrt(self.weights @ (self.guesses - mean) ** 2)
        spread = np.maximum(spread, SMALLEST_SPREAD * self.first_spread)
        places = particles.systematic(self.weights, float(self.generator.random()))
        self.guesses = particles.jittered(self.guesses[places], mean, spread, self.generator)
        low, high = self.watch.liquid_m3
        self.guesses[:, -1] = np.clip(self.guesses[:, -1], math.log(low), math.log(high))
        self.states = [self.states[place] for place in places]
        self.offsets = {name: offset[places] for name, offset in self.offsets.items()}
        self.digesters = [self._digester(guess) for guess in self.guesses]
        self.weights = np.full(self.weights.size, 1 / self.weights.size)
        self.renewals += 1

    def quantiles(self, values: Floats) -> Floats:
        """Return quantiles at LEVELS, last axis, of values (members or every third, ...) as weighed now."""
        weights = self.weights if len(values) == self.weights.size else self.weights[::USUAL_STEP]
        return np.moveaxis(particles.weighted_quantiles(values, weights / weights.sum(), LEVELS), 0, -1)
