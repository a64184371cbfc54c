"""A plan in sentences: what fits, what does not and why, and which limit would have to give how much."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from harmonia.science.metabolism.feedstocks import feedstock

if TYPE_CHECKING:
    from harmonia.science.metabolism.planning.bringing import Advice

_LEAST_KG = 0.05
_PHRASES = {
    "loading": "{value} kg VS/m3/d where the plant's limit is {limit}",
    "rise": "a rise of the loading of {value} kg VS/m3/d above the week before where the limit is {limit}",
    "throughput": "{value} kg of feed a day where the shortest stay in the digester allows {limit}",
    "share": "{value} times the share of one feedstock that its limit allows",
    "acid_ratio": "acids over buffer of {value} where the limit is {limit}",
    "acids": "acids of {value} kg/m3 where the limit is {limit}",
    "free_ammonia": "free ammonia of {value} kg N/m3 where the limit is {limit}",
    "ammonium": "ammonium of {value} kg N/m3 where the limit is {limit}",
    "gas_store": "a gas store of {value} m3 where the plant has {limit}",
    "gas_use": "users of {value} m3 of gas a day where there are {limit}",
}


@dataclass(frozen=True)
class Need:
    """A limit (`code`) that would have to give: to `value`, where it is `limit`, in the limit's unit."""

    code: str
    value: float
    limit: float

    @property
    def words(self) -> str:
        """Say it."""
        return _PHRASES[self.code].format(value=f"{self.value:.3g}", limit=f"{self.limit:.3g}")


def listed(parts: Sequence[str]) -> str:
    """Return parts as people say them: a, b and c."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def kilograms(amounts: Mapping[str, float]) -> str:
    """Return "38 kg of household food waste and 2 kg of bread", the most first, traces left out."""
    known = sorted(((kg, code) for code, kg in amounts.items() if kg >= _LEAST_KG), reverse=True)
    return listed([f"{_kg(kg)} kg of {feedstock(code).name.lower()}" for kg, code in known])


def advice(found: "Advice") -> str:
    """Return one feedstock's advice in kitchen words."""
    name = feedstock(found.feedstock).name.lower()
    if found.kind == "waits":
        return f"Please keep {name} for another week: no room is left by {_NAMES[found.because]}."
    if found.kind == "welcome":
        return f"Up to {_kg(found.kg)} kg of {name} is welcome: about {found.methane_m3:.2g} m3 of methane."
    moves = "rises" if found.after > found.before else "falls"
    what = _READ.get(found.because, found.because)
    change = f"{what} {moves} from {found.before:.3g} to {found.after:.3g}"
    return f"{_kg(found.kg)} kg of {name} would help: {change}."


_READ = {
    "carbon_to_nitrogen": "carbon over nitrogen of the mix",
    "free_ammonia": "free ammonia, in kg of nitrogen per m3,",
    "ammonium": "ammonium, in kg of nitrogen per m3,",
    "acid_ratio": "the ratio of acids to buffer",
    "acids": "the acids, in kg per m3,",
}


def _kg(kg: float) -> str:
    return f"{kg:.0f}" if kg >= 10 else f"{kg:.1f}"


def plan_in_words(
    days: int,
    fed_kg: float,
    loading: float,
    needs: Sequence[Need],
    away: Mapping[str, float],
    tight: Sequence[str],
    over: Mapping[str, Sequence[int]],
) -> str:
    """Return what a plan means: whether all fits, what does not and which limit would have to give how much."""
    first = f"{beyond(over, days)} " if over else ""
    if not away:
        held = f" What holds the pace: {listed([_NAMES[code] for code in tight])}." if tight else ""
        fits = f"{_kg(fed_kg)} kg in {_days(days)}, {loading:.2f} kg VS/m3/d on average"
        return f"{first}Everything fits: {fits}.{held}"
    wait = f"{kilograms(away)} would have to wait or go to compost"
    if needs:
        return f"{first}{_days(days)} of these promises need {listed([n.words for n in needs])}; {wait}."
    held = f" because of {listed([_NAMES[code] for code in tight])}" if tight else ""
    return f"{first}Not everything fits{held}: {wait}."


def beyond(over: Mapping[str, Sequence[int]], days: int) -> str:
    """Say that the plant is beyond a limit already, and until when under this plan."""
    parts = [
        f"{_NAMES[code]} stay beyond their limit to the end"
        if max(at) >= days
        else f"{_NAMES[code]} are beyond their limit until day {max(at)}"
        for code, at in over.items()
    ]
    return f"The plant is beyond a limit already: {listed(parts)}."


def _days(days: int) -> str:
    return "1 day" if days == 1 else f"{days} days"


_NAMES = {
    "loading": "the loading",
    "rise": "how fast the loading may rise",
    "throughput": "the time feed stays in the digester",
    "share": "the share of one feedstock",
    "acid_ratio": "the acids over the buffer",
    "acids": "the acids",
    "free_ammonia": "free ammonia",
    "ammonium": "ammonium",
    "gas_store": "the gas store",
    "gas_use": "the users of the gas",
}
