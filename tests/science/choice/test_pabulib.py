from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given

from harmonia.science.choice import Election, ElectionError, Project, read_pb, write_pb
from tests.science.choice.elections import elections

TEXT = """META
key;value
budget;100
vote_type;{vote_type}
num_votes;2
PROJECTS
project_id;cost;name;selected
1;40.0;"Bench; oak";1
2;60.50;Lamp;0
VOTES
voter_id;vote;points;age
a;1,2;3,1;30
b;2;0;61
"""


def ballots(vote_type: str) -> tuple[object, ...]:
    return read_pb(TEXT.format(vote_type=vote_type)).ballots


def test_a_file_is_read_with_exact_costs_and_published_winners() -> None:
    election = read_pb(TEXT.format(vote_type="approval"))

    assert election.projects == (Project("1", "Bench; oak", 40), Project("2", "Lamp", Fraction(121, 2)))
    assert election.selected == {"1"}
    assert election.budget == 100


def test_each_vote_type_keeps_what_its_ballots_say() -> None:
    assert ballots("approval") == (frozenset("12"), frozenset("2"))
    assert ballots("ordinal") == (("1", "2"), ("2",))
    assert ballots("cumulative") == ({"1": 3, "2": 1}, {"2": 0})


def test_only_a_positive_point_counts_as_approval() -> None:
    assert read_pb(TEXT.format(vote_type="scoring")).approvals() == (frozenset("12"), frozenset())


@given(elections())
def test_what_is_written_reads_back_the_same(election: Election) -> None:
    back = read_pb(write_pb(election))

    assert (election.projects, election.ballots, election.budget) == (
        back.projects,
        back.ballots,
        back.budget,
    )


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("META\n", "", "The file does not begin with META; it is no .pb file."),
        ("vote_type;approval", "vote_type;veto", "The vote type 'veto' is none of"),
        ("budget;100\n", "", "The META section states no budget."),
        ("60.50", "sixty", "'sixty' is no amount (cost on line 9)."),
        ("60.50", "1e999999999", "'1e999999999' is no amount"),
        ("60.50", "-1", "Project '2' costs -1; that cannot be below 0."),
        ("b;2;0;61\n", "", "META states 2 ballots, but the file holds 1; it may be cut off."),
        ("b;2;", "b;7;", "Ballot 2 names '7', which is not a project."),
        ("2;60.50", "1;60.50", "Two projects share the id '1'."),
        ("project_id;cost", "project_id;price", "The PROJECTS section has no column 'cost'."),
        ("VOTES\n", "", "The file has no VOTES section."),
    ],
)
def test_a_broken_file_is_refused_in_a_sentence(old: str, new: str, sentence: str) -> None:
    with pytest.raises(ElectionError) as refusal:
        read_pb(TEXT.format(vote_type="approval").replace(old, new, 1))

    assert str(refusal.value).startswith(sentence)


@pytest.mark.reference
def test_every_reference_election_reads_and_round_trips(reference: Path) -> None:
    files = sorted((reference / "pb").glob("*.pb"))
    for file in files:
        election = read_pb(file.read_text())

        assert election == read_pb(write_pb(election))
    assert len(files) == 10
