"""An upgrade as `science.join` takes it: rows instead of the files that `harmonia cycle` reads."""

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from harmonia.commons.voice import box, compared
from harmonia.commons.voice.models import BallotKind, Upgrade
from harmonia.commons.voice.priorities import weights

if TYPE_CHECKING:
    from harmonia.science.join import CycleCase, Offer


def cycle_case(upgrade: Upgrade) -> "CycleCase":
    """Return a vote with its plant, options, ballots and priorities; raises `nexus.Refused` without a fed plant."""
    from harmonia.commons.nexus import actions as nexus
    from harmonia.science.choice import rule_from_dict
    from harmonia.science.join import CycleCase

    said = box.contents(upgrade)
    return CycleCase(
        design=nexus.design_case([], upgrade.budget),
        offers=offers(upgrade),
        ballots=tuple(one.choice for one in said),
        priorities=tuple(wishes(upgrade)),
        rule=rule_from_dict(json.loads(upgrade.frozen)["rule"]),
        vote_type="scoring" if upgrade.ballot_kind == BallotKind.SCORE else "approval",
    )


def offers(upgrade: Upgrade) -> "tuple[Offer, ...]":
    """Return the options that nobody vetoed, as a cycle offers them."""
    from harmonia.commons.nexus.queries import science_options
    from harmonia.science.join import Offer

    must = set(upgrade.options.filter(mandatory=True).values_list("code", flat=True))
    return tuple(Offer(one, one.code in must) for one in science_options(compared.options(upgrade)))


def wishes(upgrade: Upgrade) -> Sequence[Mapping[str, float]]:
    """Return the weights of everybody who put outcomes in order; whoever did not leaves it to the others."""
    return [weights(one.priorities) for one in box.contents(upgrade) if one.priorities]


def impossible(upgrade: Upgrade) -> list[frozenset[str]]:
    """Return the smallest sets of options that make no plant, though the vote would let people choose them together.

    The join's own check, on the newest comparison where one is done and still about these options.
    """
    from harmonia.commons.nexus.queries import impossible_sets
    from harmonia.science.join import cannot_stand

    newest = compared.newest(upgrade)
    found = impossible_sets(newest.number) if newest and not newest.outdated else {}
    return cannot_stand(offers(upgrade), found)
