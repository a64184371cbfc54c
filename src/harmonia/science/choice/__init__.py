"""What people want: elections, rules, decisions with reasons, and bundles anyone can recount."""

from harmonia.science.choice.bundle import Bundle, BundleError, json_bytes, read_bundle, write_bundle
from harmonia.science.choice.camps import Camp, camps
from harmonia.science.choice.count import decide
from harmonia.science.choice.decision import Decision, Round, decision_to_dict
from harmonia.science.choice.election import (
    Ballot,
    Election,
    ElectionError,
    Money,
    Project,
    ballot_text,
    support,
)
from harmonia.science.choice.equal_shares import equal_shares
from harmonia.science.choice.greedy import greedy
from harmonia.science.choice.influence import InfluenceCell, influence
from harmonia.science.choice.nash import (
    Operation,
    PriorityError,
    centroid_weights,
    choose_operation,
    ranking_from_pairs,
    weights_from_order,
    weights_from_ranks,
)
from harmonia.science.choice.pabulib import read_pb, write_pb
from harmonia.science.choice.phragmen import phragmen
from harmonia.science.choice.recount import operation_to_dict, recount
from harmonia.science.choice.rule import Rule, rule_from_dict, rule_hash, rule_to_dict
from harmonia.science.choice.sealed import SealedVote, bindings

__all__ = [
    "Ballot",
    "Bundle",
    "BundleError",
    "Camp",
    "Decision",
    "Election",
    "ElectionError",
    "InfluenceCell",
    "Money",
    "Operation",
    "PriorityError",
    "Project",
    "Round",
    "Rule",
    "SealedVote",
    "ballot_text",
    "bindings",
    "camps",
    "centroid_weights",
    "choose_operation",
    "decide",
    "decision_to_dict",
    "equal_shares",
    "greedy",
    "influence",
    "json_bytes",
    "operation_to_dict",
    "phragmen",
    "ranking_from_pairs",
    "read_bundle",
    "read_pb",
    "recount",
    "rule_from_dict",
    "rule_hash",
    "rule_to_dict",
    "support",
    "weights_from_order",
    "weights_from_ranks",
    "write_bundle",
    "write_pb",
]
