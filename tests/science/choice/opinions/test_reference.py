"""Against the output of Polis' production code, read from ../shared/reference/polis."""

from pathlib import Path

import numpy as np
import pytest

from harmonia.science.choice.opinions import opinion_map
from harmonia.science.choice.opinions.axes import principal_axes
from tests.science.choice.opinions.polis import bowling_green, conversation, polis_groups

pytestmark = pytest.mark.reference
EXACT = ("pc.2dhnep37ie", "pc.5dfxkx6bsf")
WITH_AXES = (*EXACT, "canadian-electoral-reform", "scoop-hivemind.taxes")


def adjusted_rand(one: list[int], other: list[int]) -> float:
    """Return the likeness of two groupings, 1 for equal, 0 for chance (Hubert & Arabie 1985)."""
    table = np.zeros((max(one) + 1, max(other) + 1))
    np.add.at(table, (one, other), 1)

    def pairs(counts: np.typing.NDArray[np.float64]) -> float:
        return float(np.sum(counts * (counts - 1) / 2))

    same, rows, columns = pairs(table), pairs(table.sum(axis=1)), pairs(table.sum(axis=0))
    chance = rows * columns / (len(one) * (len(one) - 1) / 2)
    return (same - chance) / ((rows + columns) / 2 - chance)


@pytest.mark.parametrize("name", WITH_AXES)
def test_axes_point_where_polis_points(reference: Path, name: str) -> None:
    table, math = conversation(reference, name)
    ours = principal_axes(table).directions
    cosines = np.abs(np.sum(ours * np.array(math["pca"]["comps"]), axis=1))
    # votes.json of the Canadian conversation lacks 16 of the 500 participants Polis had.
    least = 0.998 if name.startswith("canadian") else 0.999

    assert cosines.min() >= least


@pytest.mark.parametrize("name", EXACT)
def test_priorities_are_those_of_polis(reference: Path, name: str) -> None:
    table, math = conversation(reference, name)
    shown = opinion_map(table, draws=0)

    assert {int(v.statement.id): v.priority for v in shown.statements} == pytest.approx(
        {int(key): value for key, value in math["comment-priorities"].items()}, abs=1e-9
    )


@pytest.mark.parametrize("name", EXACT)
@pytest.mark.parametrize("side", ["agree", "disagree"])
def test_consensus_is_that_of_polis(reference: Path, name: str, side: str) -> None:
    table, math = conversation(reference, name)
    shown = opinion_map(table, draws=0)
    found = shown.agree if side == "agree" else shown.disagree
    stated = math["consensus"][side]

    assert [(int(a.statement), a.successes, a.trials) for a in found] == [
        (row["tid"], row["n-success"], row["n-trials"]) for row in stated
    ]
    assert [a.share for a in found] == pytest.approx([row["p-success"] for row in stated], abs=1e-9)
    assert [a.test for a in found] == pytest.approx([row["p-test"] for row in stated], abs=1e-9)


@pytest.mark.parametrize("name", [*EXACT, "canadian-electoral-reform"])
def test_groups_agree_with_those_of_polis(reference: Path, name: str) -> None:
    table, math = conversation(reference, name)
    theirs = polis_groups(math)
    shown = opinion_map(table, groups=len(math["group-clusters"]), draws=0)
    both = [(p.group, theirs[p.participant]) for p in shown.positions if p.participant in theirs]

    assert adjusted_rand([a or 0 for a, _ in both], [b for _, b in both]) >= 0.88


def test_what_groups_stand_for_is_what_polis_names(reference: Path) -> None:
    table, math = conversation(reference, "pc.5dfxkx6bsf")
    shown = opinion_map(table, draws=0)
    larger = {int(said.statement) for said in shown.groups[0].representative}

    assert larger == {row["tid"] for row in math["repness"]["0"]}


def test_a_conversation_of_225524_votes_is_mapped_with_stable_groups(reference: Path) -> None:
    shown = opinion_map(bowling_green(reference))

    assert (shown.votes, shown.participants, len(shown.positions)) == (225_524, 2_031, 1_579)
    assert {group.verdict for group in shown.groups} == {"stable"}
