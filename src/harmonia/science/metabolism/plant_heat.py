"""The heat of a whole plant over one day: digesters in the order of their flow, and the pasteuriser."""

from dataclasses import dataclass

from harmonia.science.metabolism.plant import Plant
from harmonia.science.metabolism.warmth import FREEZING_C, HEAT_KWH_M3_K, KWH_D_PER_W, ThermalDay


@dataclass(frozen=True)
class Weather:
    """One day outside [degC]: in the air and in the ground."""

    air_c: float
    ground_c: float


@dataclass(frozen=True)
class HeatDay:
    """A plant's day: means and evening temperatures of its digesters [degC], heat [kWh/d], mass [kg/d].

    `asked` would have kept every set point; `given` is what there was of it, shared in proportion.
    `pasteurised_m3`: how much of feed or digestate got its heat.
    """

    mean_c: tuple[float, ...]
    evening_c: tuple[float, ...]
    asked: float
    given: float
    pasteurised_m3: float


def heat_day(
    plant: Plant,
    flows_m3: tuple[float, ...],
    feed_m3: tuple[float, ...],
    morning_c: tuple[float, ...],
    weather: Weather,
    most: float,
) -> HeatDay:
    """Return a day's temperatures when heating can give at most `most` [kWh/d].

    `flows_m3` through each digester and `feed_m3` of it that is fresh feed with its water [m3/d].
    """
    full = _pass(plant, flows_m3, feed_m3, morning_c, weather, 1.0, None)
    asked = sum(full.heats) + full.pasteuriser
    share = 1.0 if asked <= most else most / asked
    done = full if share >= 1 else _pass(plant, flows_m3, feed_m3, morning_c, weather, share, full.heats)
    return HeatDay(done.means, done.evenings, asked, share * asked, share * full.hot_m3)


@dataclass(frozen=True)
class _Pass:
    means: tuple[float, ...]
    evenings: tuple[float, ...]
    heats: tuple[float, ...]
    pasteuriser: float
    hot_m3: float


def _pass(
    plant: Plant,
    flows_m3: tuple[float, ...],
    feed_m3: tuple[float, ...],
    morning_c: tuple[float, ...],
    weather: Weather,
    share: float,
    needs: tuple[float, ...] | None,
) -> _Pass:
    """Carry the digesters through the day with their needs found, or with a `share` of needs already known."""
    hot, warmed_c = _pasteurised_feed(plant, weather, share)
    means: dict[str, float] = {}
    evenings, heats = [], []
    for place, tank in enumerate(plant.digesters):
        flow, fresh = flows_m3[place], feed_m3[place]
        before_c = means.get(tank.after, warmed_c)
        arriving = (fresh * warmed_c + (flow - fresh) * before_c) / flow if flow > 0 else warmed_c
        day = ThermalDay(
            HEAT_KWH_M3_K * tank.liquid_m3,
            KWH_D_PER_W * (tank.heat_loss_w_k or 0.0),
            weather.ground_c if tank.buried else weather.air_c,
            HEAT_KWH_M3_K * flow,
            arriving,
        )
        if tank.temperature_c is not None:
            day = day.cooled(morning_c[place], tank.temperature_c)
        if needs is not None:
            heat = share * needs[place]
        else:
            heat = 0.0 if tank.temperature_c is None else day.needed(morning_c[place], tank.temperature_c)
        mean, evening = day.after(morning_c[place], heat)
        means[tank.name] = mean
        evenings.append(evening)
        heats.append(heat)
    asked, volume = _pasteuriser(plant, flows_m3, feed_m3, means, hot)
    return _Pass(tuple(means.values()), tuple(evenings), tuple(heats), asked, volume)


def _pasteurised_feed(plant: Plant, weather: Weather, share: float) -> tuple[float, float]:
    """Return heat per m3 of feed [kWh/m3] and how warm the feed enters [degC]; frozen feed is thawed first."""
    feed_c = max(weather.air_c, FREEZING_C)
    hot = plant.pasteuriser
    if hot is None or hot.of != "feed":
        return 0.0, feed_c
    warmer = (1 - hot.heat_recovery) * (hot.temperature_c - feed_c)
    return HEAT_KWH_M3_K * warmer, feed_c + share * warmer


def _pasteuriser(
    plant: Plant,
    flows_m3: tuple[float, ...],
    feed_m3: tuple[float, ...],
    means: dict[str, float],
    hot: float,
) -> tuple[float, float]:
    """Return what the pasteuriser asks [kWh/d] and how much goes through it [m3/d]."""
    part = plant.pasteuriser
    if part is None:
        return 0.0, 0.0
    if part.of == "feed":
        return hot * sum(feed_m3), sum(feed_m3)
    handed_on = {tank.after for tank in plant.digesters}
    asked = volume = 0.0
    for tank, flow in zip(plant.digesters, flows_m3, strict=True):
        if tank.name not in handed_on:
            warmer = (1 - part.heat_recovery) * max(0.0, part.temperature_c - means[tank.name])
            asked += HEAT_KWH_M3_K * flow * warmer
            volume += flow
    return asked, volume
