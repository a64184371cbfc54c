from dataclasses import replace

import pytest

from harmonia.science.metabolism import (
    Advice,
    FeedLimits,
    FeedPlan,
    FeedstockError,
    PlanCase,
    Supply,
    feedstock,
    feedstock_codes,
    plan_feed,
    single_digester,
    what_to_bring,
)
from harmonia.science.metabolism.planning.mix import carbon_to_nitrogen

PLANT = single_digester("Nexus", 4.0, 0.8, 37.0, 1.0, 2.0)
CALM = PlanCase(PLANT, (Supply("food_waste", 20.0, (8.0,) * 14, 5), Supply("bread", 0.0, (1.5, 0.0) * 7)))
FULL = PlanCase(PLANT, (Supply("food_waste", 40.0, (60.0,) * 14, 3),), limits=FeedLimits(gas_must_fit=False))


def advised(case: PlanCase, *codes: str) -> dict[str, Advice]:
    return {advice.feedstock: advice for advice in what_to_bring(case, planned_of(case), codes)}


PLANS: dict[int, FeedPlan] = {}


def planned_of(case: PlanCase) -> FeedPlan:
    if id(case) not in PLANS:
        PLANS[id(case)] = plan_feed(case)
    return PLANS[id(case)]


def test_dry_leaves_help_where_nitrogen_is_too_much() -> None:
    leaves = advised(CALM, "leaves")["leaves"]

    assert leaves.kind == "helps"
    assert leaves.because == "carbon_to_nitrogen"
    assert leaves.before < 15 < leaves.after
    assert leaves.sentence.startswith(f"{leaves.kg:.0f} kg of autumn leaves would help: carbon over nitrogen")


def test_the_promised_change_is_that_of_the_mix() -> None:
    leaves = advised(CALM, "leaves")["leaves"]
    plan = planned_of(CALM)
    mix = {code: sum(days) for code, days in plan.feed_kg_d.items()} | {"leaves": leaves.kg}

    assert leaves.after == pytest.approx(carbon_to_nitrogen(mix))


def test_fat_has_room_for_a_quarter_of_the_solids_at_most() -> None:
    fat = advised(CALM, "fog")["fog"]
    week = {code: sum(days[:7]) for code, days in planned_of(CALM).feed_kg_d.items()}
    solids = {code: kg * feedstock(code).volatile_solids_kg_kg for code, kg in week.items()}
    more = fat.kg * feedstock("fog").volatile_solids_kg_kg

    assert 0 < more <= 0.26 * (sum(solids.values()) + more)


def test_fat_does_not_count_as_help_for_nitrogen() -> None:
    assert advised(CALM, "fog")["fog"].kind == "welcome"


def test_what_is_welcome_can_be_planned_on_top_within_the_limits() -> None:
    more = advised(CALM, "grass")["grass"]
    taken = replace(CALM, supplies=(*CALM.supplies, Supply("grass", more.kg, (0.0,) * 14, 8)))

    assert more.kind == "welcome"
    assert plan_feed(taken).away_kg == {}


def test_a_full_plant_asks_to_wait_and_says_why() -> None:
    waits = advised(FULL, "bread")["bread"]

    assert waits.kind == "waits"
    assert waits.kg == 0.0
    assert waits.sentence.startswith(
        "Please keep bread and bakery left-overs for another week: no room is left by "
    )


def test_every_feedstock_gets_a_sentence_with_help_first() -> None:
    found = what_to_bring(CALM, planned_of(CALM), feedstock_codes())
    kinds = [advice.kind for advice in found]

    assert {advice.feedstock for advice in found} == set(feedstock_codes())
    assert kinds == sorted(kinds, key=["helps", "welcome", "waits"].index)
    assert all(advice.sentence.endswith(".") for advice in found)


def test_an_unknown_candidate_is_refused() -> None:
    with pytest.raises(FeedstockError):
        what_to_bring(CALM, planned_of(CALM), ("moon_dust",))
