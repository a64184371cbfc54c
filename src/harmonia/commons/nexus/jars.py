"""A set-up of jars before anybody closes them: what it holds, and in which words it is refused.

Nothing here loads the solver or scipy: it runs while somebody fills in the form.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from harmonia.commons.journal.sentences import in_words
from harmonia.commons.ledger.models import Substance
from harmonia.commons.nexus.errors import Refused
from harmonia.commons.nexus.models import JarBottle, JarTrial
from harmonia.commons.nexus.words import number

if TYPE_CHECKING:
    from harmonia.science.metabolism.jar_safety import JarJudgement, JarSetUp

CELLULOSE_ML_G = 413.7  # [mL CH4/g VS] all of C6H10O5 as methane, Buswell & Mueller's equation
SLUDGE_FEED = "sewage_sludge"
NOTHING = 0.02  # a share of the feed too small to weigh
BREATHING = (JarTrial.Vessel.BAG, JarTrial.Vessel.COLUMN)


@dataclass(frozen=True)
class BottlePlan:
    """One bottle: what is inside beside the inoculum, both [g of volatile solids]."""

    name: str
    content: str
    inoculum_g: float
    substrate_g: float


@dataclass(frozen=True)
class JarPlan:
    """A trial before it is set up; units as in `JarTrial`. `fresh_g` of feed in each bottle, for the words."""

    tier: str
    substance: Substance
    method: str
    inoculum: str
    vessel: str
    headspace_ml: float
    temperature_c: float
    bottles: tuple[BottlePlan, ...]
    solids_error: float
    bag_ml: float = 0.0
    column_m: float = 0.0
    fresh_g: float = 0.0
    careful: bool = False


@dataclass(frozen=True)
class JarVerdict:
    """The bottle that could become most dangerous: its gas [mL], gauge pressure [kPa], and why not to close it."""

    gas_ml: float
    peak_kpa: float
    refusals: tuple[str, ...]


def judge(plan: JarPlan) -> JarVerdict:
    """Return how the most dangerous bottle of a plan stands; raises Refused where a number of it cannot be."""
    from harmonia.science.metabolism.jar_safety import JarError, judge_jar

    try:
        judged = [(judge_jar(jar), jar) for jar in (_set_up(plan, bottle) for bottle in plan.bottles)]
    except JarError as error:
        raise Refused(in_words(error)) from error
    worst, jar = max(judged, key=lambda pair: (len(pair[0].dangers), pair[0].gas_ml))
    words = [_WORDS[danger.value](plan, worst, jar) for danger in worst.dangers]
    if _gathers(plan) and plan.vessel in BREATHING:
        words.append(
            _("What breathes gathers no pressure and loses its gas unweighed: read its gas by volume.")
        )
    return JarVerdict(worst.gas_ml, worst.peak_kpa, tuple(words))


def _gathers(plan: JarPlan) -> bool:
    """Return whether gas stays in the bottle until somebody reads it."""
    return plan.method in (JarTrial.Method.PRESSURE, JarTrial.Method.MASS)


def _set_up(plan: JarPlan, bottle: BottlePlan) -> "JarSetUp":
    from harmonia.science.metabolism.feedstocks import feedstock
    from harmonia.science.metabolism.jar_safety import JarSetUp, Vessel

    of_feed = 1000 * feedstock(plan.substance.feedstock).methane_potential.high
    return JarSetUp(
        # Glass that is read by pressure or weight is closed glass, whatever it is called.
        vessel=Vessel.GLASS
        if _gathers(plan) and plan.vessel == Vessel.GLASS_VENTED.value
        else Vessel(plan.vessel),
        substrate_g=bottle.substrate_g,
        inoculum_g=bottle.inoculum_g,
        potential_ml_g=CELLULOSE_ML_G if bottle.content == JarBottle.Content.CELLULOSE else of_feed,
        headspace_ml=plan.headspace_ml,
        temperature_c=plan.temperature_c,
        bag_ml=plan.bag_ml,
        column_m=plan.column_m,
        at_home=plan.tier == JarTrial.Tier.KITCHEN,
        sludge=plan.inoculum == JarTrial.Inoculum.SLUDGE or plan.substance.feedstock == SLUDGE_FEED,
        careful=plan.careful,
    )


def _pressure(plan: JarPlan, judged: "JarJudgement", jar: "JarSetUp") -> str:
    facts = {
        "bar": number(judged.peak_kpa / 100),
        "feed": _feed(plan, judged.feed_share, jar),
        "room": litres(judged.headspace_ml),
    }
    if judged.feed_share < NOTHING:
        text = _(
            "Closed, this bottle could reach %(bar)s bar above the air around it, and 0.3 bar is the most: let it "
            "breathe into a bag or under water."
        )
    else:
        text = _(
            "Closed, this bottle could reach %(bar)s bar above the air around it, and 0.3 bar is the most: take "
            "%(feed)s, or leave %(room)s of air above the liquid, or let it breathe into a bag or under water."
        )
    return text % facts


def _bag(plan: JarPlan, judged: "JarJudgement", jar: "JarSetUp") -> str:
    facts = {
        "gas": litres(judged.gas_ml),
        "bag": litres(jar.bag_ml),
        "feed": _feed(plan, jar.bag_ml / judged.gas_ml, jar),
    }
    return (
        _("Up to %(gas)s of gas can come and the bag takes %(bag)s: take a larger bag, or %(feed)s.") % facts
    )


def _feed(plan: JarPlan, share: float, jar: "JarSetUp") -> str:
    """Return how much of the feed would do, as it is weighed."""
    if plan.fresh_g:
        return _("at most %(grams)s g of feed with its slurry") % {"grams": number(share * plan.fresh_g, 0)}
    return _("at most %(grams)s g of solids with their slurry") % {
        "grams": number(share * jar.substrate_g, 1)
    }


def litres(millilitres: float) -> str:
    """Return a volume as people say it."""
    return f"{number(millilitres / 1000)} L"


_WORDS: Mapping[str, Callable[[JarPlan, "JarJudgement", "JarSetUp"], str]] = {
    "sealed_glass": lambda *_facts: _(
        "Closed glass can burst into splinters: take a plastic bottle, and let it breathe into a bag or under water."
    ),
    "sludge": lambda *_facts: _(
        "Sewage sludge carries germs that do not belong in a home: take slurry of the plant or strained cow manure."
    ),
    "pressure": _pressure,
    "bag": _bag,
    "column": lambda _plan, judged, _jar: (
        _("That much water holds back %(bar)s bar, and 0.3 bar is the most: 3 m of water, or better 10 cm.")
        % {"bar": number(judged.peak_kpa / 100, 2)}
    ),
    "precautions": lambda *_facts: _(
        "A jar is set up by an adult, with gloves, outdoors or at an open window: please tick all three."
    ),
}
