"""What people want: elections, rules, decisions with reasons, and bundles anyone can recount."""

from harmonia.science.choice.bundle import Bundle, BundleError, read_bundle, recount, write_bundle
from harmonia.science.choice.count import decide
from harmonia.science.choice.decision import Decision, Round, decision_to_dict
from harmonia.science.choice.election import (
    Ballot,
    Election,
    ElectionError,
    Project,
    ballot_text,
    support,
)
from harmonia.science.choice.equal_shares import equal_shares
from harmonia.science.choice.greedy import greedy
from harmonia.science.choice.pabulib import read_pb, write_pb
from harmonia.science.choice.phragmen import phragmen
from harmonia.science.choice.rule import Rule, rule_from_dict, rule_hash, rule_to_dict

__all__ = [
    "Ballot",
    "Bundle",
    "BundleError",
    "Decision",
    "Election",
    "ElectionError",
    "Project",
    "Round",
    "Rule",
    "ballot_text",
    "decide",
    "decision_to_dict",
    "equal_shares",
    "greedy",
    "phragmen",
    "read_bundle",
    "read_pb",
    "recount",
    "rule_from_dict",
    "rule_hash",
    "rule_to_dict",
    "support",
    "write_bundle",
    "write_pb",
]
