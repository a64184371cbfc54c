"""Winners of 500 drawn elections by nine rules, as pabutools 1.2.3 (exact fractions, ties by name) found them.

`pabutools_winners.txt` holds one line an election and one word a rule: its winners' numbers, sorted. pabutools is GPL
and no dependency of ours; `drawn.py` draws the elections, so anyone who has it can make the file again.
"""

import hashlib
from pathlib import Path

import pytest

from harmonia.science.choice import Rule, decide, read_pb
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


FILES = [line.split() for line in Path(__file__).with_name("pabutools_files.txt").read_text().splitlines()]
FILE_RULES = RULES | {"ep-": POINT_RULES[0], "ep+": POINT_RULES[1]}


LARGE = ("France_Toulouse_2022.pb", "Netherlands_Amsterdam_621.pb", "Poland_Lodz_2022.pb")


@pytest.mark.reference
@pytest.mark.parametrize(
    "file",
    [
        pytest.param(name, marks=pytest.mark.scale if name in LARGE else ())
        for name in sorted({words[0] for words in FILES})
    ],
)
def test_winners_of_published_elections_are_those_of_pabutools(reference: Path, file: str) -> None:
    """`pabutools_files.txt`: file, rule, number of winners, and the start of the SHA-256 of their sorted ids."""
    election = read_pb((reference / "pb" / file).read_text())
    for _, rule, number, digest in (words for words in FILES if words[0] == file):
        winners = sorted(decide(election, FILE_RULES[rule]).winners)

        assert (rule, len(winners)) == (rule, int(number))
        assert hashlib.sha256(",".join(winners).encode()).hexdigest()[:16] == digest
