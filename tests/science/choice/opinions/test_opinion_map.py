import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harmonia.science.choice.opinions import (
    OpinionError,
    Statement,
    Vote,
    map_to_dict,
    next_statement,
    opinion_map,
    vote_table,
)
from tests.science.choice.opinions.polis import STATEMENTS, two_camps

VOTES = two_camps()


@settings(max_examples=25)
@given(st.randoms(use_true_random=False))
def test_the_same_votes_in_any_order_give_the_same_map(shuffler: random.Random) -> None:
    votes = list(VOTES)
    shuffler.shuffle(votes)

    assert opinion_map(votes, STATEMENTS) == opinion_map(VOTES, reversed(STATEMENTS))


def test_names_have_no_influence_on_the_map() -> None:
    renamed = [vote._replace(participant=f"x{97 * int(vote.participant[1:]) % 101}") for vote in VOTES]
    one, other = opinion_map(VOTES), opinion_map(renamed)

    assert [(g.size, g.representative) for g in one.groups] == [
        (g.size, g.representative) for g in other.groups
    ]
    assert [view.tally for view in one.statements] == [view.tally for view in other.statements]
    assert np.array([view.priority for view in one.statements]) == pytest.approx(
        [view.priority for view in other.statements], abs=1e-9
    )


@settings(max_examples=25)
@given(st.integers(0, 59), st.integers(0, 11), st.sampled_from([1, 0, -1]))
def test_one_more_vote_gives_the_map_as_if_it_had_always_been_there(who: int, what: int, value: int) -> None:
    vote = Vote(f"p{who}", str(what), value)
    rest = [v for v in VOTES if (v.participant, v.statement) != (vote.participant, vote.statement)]

    assert opinion_map(vote_table(VOTES).with_vote(vote), draws=0) == opinion_map([*rest, vote], draws=0)


def test_a_new_person_and_a_new_statement_come_in_with_a_vote() -> None:
    vote = Vote("newcomer", "brand new", 1)

    assert opinion_map(vote_table(VOTES).with_vote(vote), draws=0) == opinion_map([*VOTES, vote], draws=0)


def test_two_camps_are_found_and_their_groups_are_stable() -> None:
    shown = opinion_map(VOTES, STATEMENTS)

    assert [group.size for group in shown.groups] == [40, 20]
    assert {group.verdict for group in shown.groups} == {"stable"}
    assert {said.statement for said in shown.groups[0].representative} <= {str(n) for n in range(6)}
    assert {said.statement for said in shown.agree} <= {str(n) for n in range(6, 12)}


def test_noise_is_not_called_a_stable_group() -> None:
    draw = random.Random(5)
    noise = [Vote(str(p), str(s), draw.choice((1, 0, -1))) for p in range(80) for s in range(30)]

    assert "stable" not in {group.verdict for group in opinion_map(noise).groups}


def test_no_groups_are_claimed_under_fifty_people() -> None:
    shown = opinion_map(two_camps(49))

    assert shown.groups == ()
    assert shown.no_groups == "No groups are claimed: 49 people have a place on the map, and groups need 50."
    assert {position.group for position in shown.positions} == {None}


def test_groups_that_were_asked_for_are_not_claimed_either() -> None:
    shown = opinion_map(two_camps(30), groups=2)

    assert len(shown.groups) == 2
    assert shown.no_groups.startswith("No groups are claimed")


def test_who_all_agree_is_one_crowd() -> None:
    same = [Vote(str(p), str(s), 1) for p in range(60) for s in range(9)]

    assert opinion_map(same).no_groups == "No groups are claimed: everybody answers alike."


def test_nothing_said_is_an_empty_map() -> None:
    shown = opinion_map([], STATEMENTS)

    assert (shown.votes, shown.positions, shown.agree) == (0, (), ())


def test_hidden_and_meta_statements_shape_no_axis_and_no_consensus() -> None:
    marked = [Statement(s.id, s.text, meta=s.id == "11", hidden=s.id == "10") for s in STATEMENTS]
    shown = opinion_map(VOTES, marked)
    views = {view.statement.id: view for view in shown.statements}

    assert views["10"].loading == views["11"].loading == (0.0, 0.0)
    assert {"10", "11"}.isdisjoint(said.statement for said in shown.agree)
    assert views["11"].priority == 49


def test_the_last_answer_counts_by_its_time() -> None:
    early, late = Vote("a", "s", 1, at=1.0), Vote("a", "s", -1, at=2.0)

    assert opinion_map([late, early]).statements[0].tally == (0, 1, 0)


def test_two_answers_without_a_time_are_refused() -> None:
    with pytest.raises(OpinionError, match="no time tells which answer is the last"):
        vote_table([Vote("a", "s", 1), Vote("a", "s", -1)])


def test_an_answer_nobody_can_give_is_refused() -> None:
    with pytest.raises(OpinionError, match="an answer is 1"):
        vote_table([Vote("a", "s", 2)])


def test_few_votes_give_no_place_on_the_map_but_to_those_who_came_first() -> None:
    quick = [Vote(f"f{n}", "0", 1, at=n) for n in range(20)]
    table = vote_table([*quick, *(vote._replace(at=100) for vote in VOTES)], STATEMENTS)
    mapped = {name for name, on in zip(table.participants, table.mapped(), strict=True) if on}

    assert {name for name in mapped if name.startswith("f")} == {f"f{n}" for n in range(15)}


def test_what_comes_next_is_drawn_by_priority_among_the_unseen() -> None:
    shown = opinion_map(VOTES, STATEMENTS)
    seen = {str(n) for n in range(11)}

    assert next_statement(shown, seen, 0.5) == "11"
    assert next_statement(shown, seen | {"11"}, 0.5) is None
    assert len({next_statement(shown, set(), draw / 50) for draw in range(50)}) > 6


def test_a_map_as_plain_values_tells_where_people_lie_only_when_asked() -> None:
    shown = opinion_map(VOTES, STATEMENTS)

    assert "positions" not in map_to_dict(shown)
    assert "p7" not in str(map_to_dict(shown))
    assert len(map_to_dict(shown, people=True)["positions"]) == 60
