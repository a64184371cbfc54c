"""Opinion maps: statements, agree / disagree / pass, and what a conversation agrees and differs on.

    table = vote_table([Vote("ana", "s1", 1), Vote("ben", "s1", -1)], [Statement("s1", "More gas, less noise.")])
    shown = opinion_map(table)                     # -> OpinionMap, with bootstrap stability of its groups
    table = table.with_vote(Vote("ben", "s1", 0))  # one more answer: a new table, as if it had always been there
    shown = opinion_map(table, draws=0)            # quick: everything but the stability
    next_statement(shown, seen={"s1"}, draw=0.3)   # what to show next, by priority; draw in [0, 1)

`OpinionMap` has `statements` (tally, extremity, priority, group_consensus, loading), `agree` and `disagree` (the
consensus, clearest first), `positions` (participant, x, y, group), `groups` (size, stability, verdict, tallies,
representative statements), `no_groups` (the sentence why none are claimed), `variance`, `silhouette`.
"""

from harmonia.science.choice.opinions.groups import PEOPLE_FOR_GROUPS
from harmonia.science.choice.opinions.opinion_map import (
    OpinionGroup,
    OpinionMap,
    Position,
    StatementView,
    opinion_map,
)
from harmonia.science.choice.opinions.plain import map_to_dict
from harmonia.science.choice.opinions.routing import next_statement
from harmonia.science.choice.opinions.tallies import Agreement, Tally
from harmonia.science.choice.opinions.votes import OpinionError, Statement, Vote, VoteTable, vote_table

__all__ = [
    "PEOPLE_FOR_GROUPS",
    "Agreement",
    "OpinionError",
    "OpinionGroup",
    "OpinionMap",
    "Position",
    "Statement",
    "StatementView",
    "Tally",
    "Vote",
    "VoteTable",
    "map_to_dict",
    "next_statement",
    "opinion_map",
    "vote_table",
]
