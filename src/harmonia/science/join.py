"""The one module that joins rooms: foresee with the twin, choose with the ballots, account for what was promised.

A command reads a folder into a `CycleCase`, the web rows of its database; both then call the same three functions.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from fractions import Fraction
from itertools import combinations
from typing import Any

from harmonia.science.choice import (
    Ballot,
    Camp,
    Decision,
    Election,
    ElectionError,
    InfluenceCell,
    Money,
    Operation,
    Project,
    Rule,
    camps,
    choose_operation,
    decide,
    decision_to_dict,
    influence,
)
from harmonia.science.executor import Executor, Progress
from harmonia.science.metabolism.designs import (
    CRITERIA,
    MEASURES,
    Comparison,
    DesignCase,
    DesignError,
    Distribution,
    Option,
    Regime,
    compare_designs,
    compare_regimes,
)
from harmonia.science.metabolism.designs.compare import DO_NOTHING
from harmonia.science.metabolism.designs.draws import FeedLog

FEWEST = 5  # no camp and no distribution is told of fewer people
# People may wish for cooking too, though the front is drawn on the gas and energy it is made of.
PRIORITIES: Mapping[str, int] = {
    **{name: better for name, better in CRITERIA.items() if name in MEASURES},
    "cooking_min_d": 1,
}


@dataclass(frozen=True)
class Offer:
    """An option as people vote on it.

    `mandatory`: for law or safety, funded first and off the ballot. `veto`: the reason why the licence holder shut
    it out, publicly and before opening; "" where nobody did.
    """

    option: Option
    mandatory: bool = False
    veto: str = ""


@dataclass(frozen=True)
class Pledge:
    """What somebody promises to bring every week [kg], and the share of it that is usually kept, 0 to 1."""

    feedstock: str
    kg_week: float
    kept: float = 1.0

    def __post_init__(self) -> None:
        if not (0 <= self.kg_week < 1e7 and 0 <= self.kept <= 1):
            raise DesignError(f"A pledge of {self.kg_week} kg a week, {self.kept} of it kept, cannot be.")


@dataclass(frozen=True)
class CycleCase:
    """One cycle: what the twin needs (`design`, without options), what is offered, and how it is decided.

    `ballots` name option codes; `priorities` weigh `PRIORITIES`, one mapping a resident; `regimes` None takes the
    twin's own grid.
    """

    design: DesignCase
    offers: tuple[Offer, ...]
    ballots: tuple[Ballot, ...]
    priorities: tuple[Mapping[str, float], ...]
    rule: Rule
    vote_type: str = "approval"
    regimes: tuple[Regime, ...] | None = None
    pledges: tuple[Pledge, ...] = ()


@dataclass(frozen=True)
class Foresight:
    """What people know before they vote: every winning set the vote can reach, and the election as it opens.

    `bundles` compares all affordable bundles with doing nothing; `reachable` are the codes of those that hold every
    mandatory option; `shut` says for each option off the ballot why.
    """

    bundles: Comparison
    reachable: tuple[str, ...]
    election: Election
    shut: Mapping[str, str]


@dataclass(frozen=True)
class Choice:
    """What was bought, by equal shares, and how it is run, by Nash welfare on the front of `regimes`."""

    decision: Decision
    bundle: str
    regimes: Comparison
    operation: Operation
    camps: tuple[Camp, ...]
    influence: tuple[InfluenceCell, ...]


@dataclass(frozen=True)
class Promise:
    """What one measure was, what it was foreseen to become, and what came of it once somebody measured.

    `verdict`: inside, above or below the interval of four times in five, or open.
    """

    measure: str
    unit: str
    before: Distribution
    foreseen: Distribution
    measured: float | None = None

    @property
    def verdict(self) -> str:
        """How the reading stands to the interval."""
        if self.measured is None:
            return "open"
        if self.measured < self.foreseen.low:
            return "below"
        return "above" if self.measured > self.foreseen.high else "inside"


@dataclass(frozen=True)
class Cycle:
    """A whole cycle: the case, what was foreseen, what was chosen, and the promises it will be held to."""

    case: CycleCase
    foresight: Foresight
    choice: Choice
    promises: tuple[Promise, ...]


def run_cycle(
    case: CycleCase,
    executor: Executor | None = None,
    progress: Progress | None = None,
    measured: Mapping[str, float] | None = None,
) -> Cycle:
    """Return a whole cycle: foresee, choose, account; the same case gives the same cycle on any executor.

    Raises
    ------
    DesignError, PlantError, FeedstockError, ElectionError, PriorityError
        The case cannot be compared, voted on or run; the message is one sentence.
    """
    foresight = foresee(case, executor, progress)
    choice = choose(case, foresight, executor, progress)
    return Cycle(case, foresight, choice, account(foresight, choice, measured))


def foresee(case: CycleCase, executor: Executor | None = None, progress: Progress | None = None) -> Foresight:
    """Return what every affordable bundle would bring, before anybody votes.

    Raises
    ------
    DesignError, PlantError, FeedstockError, ElectionError
        The case cannot be compared or voted on; the message is one sentence.
    """
    check_mandatory(case)
    bundles = compare_designs(design_case(case), executor, progress)
    must = {offer.option.code for offer in case.offers if offer.mandatory}
    reachable = tuple(design.code for design in bundles.designs if must <= set(design.codes))
    if not reachable:
        raise ElectionError("What must be funded cannot be bought and built together within the budget.")
    return Foresight(bundles, reachable, _election(case, bundles), shut_out(case.offers))


def check_mandatory(case: CycleCase) -> None:
    """Raise ElectionError, before anything is computed, where the budget cannot pay what must be funded."""
    cost = sum((Fraction(offer.option.cost) for offer in case.offers if offer.mandatory), start=Fraction(0))
    if case.design.budget is None:
        raise ElectionError("A vote needs a budget.")
    if cost > Fraction(case.design.budget):
        raise ElectionError(
            f"What must be funded costs {cost}, more than the budget of {case.design.budget}."
        )


def choose(
    case: CycleCase,
    foresight: Foresight,
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> Choice:
    """Return what the ballots buy and how the priorities run it.

    Raises
    ------
    ElectionError
        The ballots chose a bundle that makes no plant.
    """
    election = foresight.election
    decision = decide(election, case.rule)
    bundle = "+".join(sorted(decision.winners)) or DO_NOTHING
    if bundle in foresight.bundles.impossible:
        raise ElectionError(f"The vote chose {bundle}, but {foresight.bundles.impossible[bundle]}")
    regimes, operation = run_bought(case, decision.winners, executor, progress)
    told = len(election.ballots) >= FEWEST
    return Choice(
        decision,
        bundle,
        regimes,
        operation,
        camps(election, decision.winners) if told else (),
        influence(election, case.rule, decision, case.design.seed) if told else (),
    )


def run_bought(
    case: CycleCase,
    winners: Sequence[str],
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> tuple[Comparison, Operation]:
    """Return the ways to run what was bought, and the one that the residents' priorities choose.

    Raises
    ------
    DesignError, PlantError, FeedstockError, PriorityError
        The ways cannot be compared or chosen from; the message is one sentence.
    """
    regimes = compare_regimes(design_case(case), winners, case.regimes, executor, progress)
    return regimes, operate(regimes, case.priorities)


def operate(regimes: Comparison, priorities: Sequence[Mapping[str, float]]) -> Operation:
    """Return the operating design on the front that the residents' priorities choose."""
    front = [design for design in regimes.designs if design.on_front]
    years = [
        {design.code: {name: design.draws[name][year] for name in PRIORITIES} for design in front}
        for year in range(regimes.members)
    ]
    return choose_operation(front_values(regimes), PRIORITIES, priorities, years)


def front_values(regimes: Comparison) -> dict[str, dict[str, float]]:
    """Return the middle of each criterion for each design on the front."""
    return {
        design.code: {name: design.outcomes[name].middle for name in PRIORITIES}
        for design in regimes.designs
        if design.on_front
    }


def account(
    foresight: Foresight, choice: Choice, measured: Mapping[str, float] | None = None
) -> tuple[Promise, ...]:
    """Return what the chosen bundle, run as chosen, was foreseen to bring, beside what was measured since.

    Raises
    ------
    DesignError
        Something was measured that nobody foresaw.
    """
    readings = dict(measured or {})
    strangers = sorted(readings.keys() - MEASURES.keys())
    if strangers:
        raise DesignError(f"{strangers[0]!r} was measured, but it is none of {', '.join(MEASURES)}.")
    before = foresight.bundles.designs[0]
    after = choice.regimes.design(choice.operation.chosen)
    return tuple(
        Promise(name, measure.unit, before.outcomes[name], after.outcomes[name], readings.get(name))
        for name, measure in MEASURES.items()
    )


def design_case(case: CycleCase) -> DesignCase:
    """Return the case of the twin: options nobody shut out, and the feed with what was pledged."""
    shut = shut_out(case.offers)
    open_ = tuple(_beside(offer.option, shut) for offer in case.offers if offer.option.code not in shut)
    return replace(case.design, options=open_, feed=pledged(case.design.feed, case.pledges))


def shut_out(offers: Sequence[Offer]) -> dict[str, str]:
    """Return option code -> reason for each option off the ballot: vetoed, or in need of one that is."""
    shut = {
        offer.option.code: f"vetoed by the licence holder: {offer.veto}" for offer in offers if offer.veto
    }
    while True:
        more = {
            offer.option.code: f"it needs {min(offer.option.needs & shut.keys())}, which is off the ballot"
            for offer in offers
            if offer.option.code not in shut and offer.option.needs & shut.keys()
        }
        if not more:
            return shut
        shut |= more


def _beside(option: Option, shut: Mapping[str, str]) -> Option:
    """Return an option that no longer names what is off the ballot."""
    return replace(
        option, excludes=option.excludes - shut.keys(), substitutes=option.substitutes - shut.keys()
    )


def pledged(feed: FeedLog, pledges: Sequence[Pledge]) -> FeedLog:
    """Return a feed with every pledge spread evenly over all days."""
    extra: dict[str, float] = {}
    for pledge in pledges:
        extra[pledge.feedstock] = extra.get(pledge.feedstock, 0.0) + pledge.kg_week * pledge.kept / 7
    codes = tuple(sorted({*feed.codes, *extra}))
    place = {code: at for at, code in enumerate(feed.codes)}
    days = tuple(
        tuple((day[place[code]] if code in place else 0.0) + extra.get(code, 0.0) for code in codes)
        for day in feed.feed_kg_d
    )
    return FeedLog(feed.start, codes, days)


def _election(case: CycleCase, bundles: Comparison) -> Election:
    """Return the vote as it opens: what makes no plant together excludes each other."""
    shut = shut_out(case.offers)
    apart = cannot_stand(
        [offer for offer in case.offers if offer.option.code not in shut], bundles.impossible
    )
    alone = {code for codes in apart if len(codes) == 1 for code in codes}
    offers = [
        replace(offer, option=_beside(offer.option, shut))
        for offer in case.offers
        if offer.option.code not in shut and offer.option.code not in alone
    ]
    clashes = [codes for codes in apart if len(codes) == 2]
    projects = tuple(_project(offer, clashes) for offer in offers)
    known = {project.id for project in projects}
    ballots = tuple(_known(ballot, known) for ballot in case.ballots)
    budget = case.design.budget
    if budget is None:
        raise ElectionError("A vote needs a budget.")
    return Election(projects, ballots, _money(Fraction(budget)), case.vote_type)


def cannot_stand(offers: Sequence[Offer], impossible: Collection[str] = ()) -> list[frozenset[str]]:
    """Return the smallest sets of options that make no plant, though their own links let people choose them together.

    `impossible`: codes of bundles ("a+b") of which the twin found that, as in `Comparison.impossible`; a count must
    keep such options apart.
    """
    found = {frozenset(code.split("+")) for code in impossible} | _clashes(offers)
    smallest = [codes for codes in found if not any(other < codes for other in found)]
    return sorted(smallest, key=lambda codes: (len(codes), sorted(codes)))


def _clashes(offers: Sequence[Offer]) -> set[frozenset[str]]:
    """Return pairs of options that set one number of the plant to different values."""
    found = set()
    for one, other in combinations([offer.option for offer in offers], 2):
        mine, theirs = _set_by(one), _set_by(other)
        linked = (
            other.code in one.excludes | one.substitutes or one.code in other.excludes | other.substitutes
        )
        if not linked and any(theirs.get(field, value) != value for field, value in mine.items()):
            found.add(frozenset((one.code, other.code)))
    return found


def _set_by(option: Option) -> dict[str, float]:
    return {edit.field: edit.value for edit in option.edits if edit.operation == "set"}


def _project(offer: Offer, clashes: Sequence[frozenset[str]]) -> Project:
    option = offer.option
    shut_out = {code for pair in clashes if option.code in pair for code in pair} - {option.code}
    return Project(
        option.code,
        option.name,
        _money(Fraction(option.cost)),
        option.needs,
        option.excludes | shut_out,
        option.substitutes,
        offer.mandatory,
    )


def _known(ballot: Ballot, names: set[str]) -> Ballot:
    """Return a ballot without options that were shut out since it was printed."""
    if isinstance(ballot, frozenset):
        return ballot & names
    if isinstance(ballot, Mapping):
        return {name: points for name, points in ballot.items() if name in names}
    return tuple(name for name in ballot if name in names)


def _money(amount: Fraction) -> Money:
    return amount.numerator if amount.denominator == 1 else amount


def cycle_to_dict(cycle: Cycle) -> dict[str, Any]:
    """Return what was decided as JSON-ready data: what was bought and how it is run, each with its rule."""
    choice, foresight, case = cycle.choice, cycle.foresight, cycle.case
    operation = choice.operation
    return {
        "format": "harmonia-cycle/1",
        "bought": decision_to_dict(choice.decision)
        | {"mandatory": sorted(offer.option.code for offer in case.offers if offer.mandatory)},
        "run": {
            "rule": "Nash welfare on the front of operating designs",
            "chosen": operation.chosen,
            "front": {
                code: {
                    "welfare": operation.welfare[code],
                    "content": operation.content[code],
                    "outcomes": values,
                }
                for code, values in front_values(choice.regimes).items()
            },
            "residents": len(case.priorities),
            "chosen_in_years": operation.sole_share,
        },
        "off_the_ballot": dict(foresight.shut),
        "reachable": list(foresight.reachable),
        "ballots": len(foresight.election.ballots),
        "camps": [_camp(camp) for camp in choice.camps],
        "influence": [asdict(cell) for cell in choice.influence],
        "promises": [asdict(promise) | {"verdict": promise.verdict} for promise in cycle.promises],
        "twin": {
            "engine": foresight.bundles.engine,
            "members": foresight.bundles.members,
            "seed": case.design.seed,
        },
    }


def _camp(camp: Camp) -> dict[str, Any]:
    return {
        "voters": camp.voters,
        "wants": list(camp.wants),
        "fair": round(float(camp.fair), 2),
        "got": round(float(camp.got), 2),
        "content": camp.content,
    }
