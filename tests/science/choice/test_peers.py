"""Winners of 500 drawn elections by nine rules, as pabutools 1.2.3 (exact fractions, ties by name) found them.

`pabutools_winners.txt` holds one line an election and one word a rule: its winners' numbers, sorted. pabutools is GPL
and no dependency of ours; `drawn.py` draws the elections, so anyone who has it can make the file again.
"""

from pathlib import Path

import pytest

from harmonia.science.choice import Rule, decide
from tests.science.choice.drawn import RULES, drawn, drawn_points

LINES = Path(__file__).with_name("pabutools_winners.txt").read_text().splitlines()


@pytest.mark.parametrize("rule", RULES)
def test_winners_are_those_of_pabutools(rule: str) -> None:
    column = list(RULES).index(rule)
    expected = [line.split()[column] for line in LINES]
    counted = [
        "".join(sorted(name[1:] for name in decide(election, RULES[rule]).winners)) or "-"
        for election in drawn(len(LINES))
    ]

    assert len(LINES) == 500
    assert counted == expected


POINTS = Path(__file__).with_name("pabutools_points.txt").read_text().splitlines()
POINT_RULES = (
    Rule(utility="points"),
    Rule(utility="points", completion="add1"),
    Rule("greedy", utility="points"),
)


@pytest.mark.parametrize("column", range(3))
def test_winners_where_points_weigh_are_those_of_pabutools(column: int) -> None:
    """pabutools' Additive_Cardinal_Sat; a ranking goes in as points n to 1."""
    counted = [
        "".join(sorted(name[1:] for name in decide(election, POINT_RULES[column]).winners)) or "-"
        for election in drawn_points(len(POINTS))
    ]

    assert len(POINTS) == 200
    assert counted == [line.split()[column] for line in POINTS]
