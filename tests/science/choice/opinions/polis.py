"""Conversations of ../shared/reference/polis with what Polis' own mathematics said of them."""

import gzip
import json
from pathlib import Path
from random import Random
from typing import Any

from harmonia.science.choice.opinions import Statement, Vote, VoteTable, vote_table
from harmonia.science.choice.opinions.reading import statements_from_json, votes_from_csv, votes_from_json


def text_of(path: Path) -> str:
    return gzip.decompress(path.read_bytes()).decode()


def conversation(reference: Path, name: str) -> tuple[VoteTable, dict[str, Any]]:
    folder = reference / "polis" / name
    votes = votes_from_json(text_of(folder / "votes.json.gz"))
    statements = statements_from_json(text_of(folder / "comments.json.gz"))
    return vote_table(votes, statements), json.loads(text_of(folder / "math-pca2.json.gz"))


def bowling_green(reference: Path) -> list[Vote]:
    return votes_from_csv(
        text_of(reference / "polis/american-assembly.bowling-green/participants-votes.csv.gz")
    )


def polis_groups(math: dict[str, Any]) -> dict[str, int]:
    members = dict(zip(math["base-clusters"]["id"], math["base-clusters"]["members"], strict=True))
    return {
        str(person): group["id"]
        for group in math["group-clusters"]
        for base in group["members"]
        for person in members[base]
    }


def two_camps(people: int = 60, statements: int = 12) -> list[Vote]:
    """Return two camps that answer the first half of the statements oppositely and agree on the rest."""
    draw, votes = Random(3), []
    for person in range(people):
        side = 1 if person % 3 else -1
        for statement in range(statements):
            value = side if statement < statements // 2 else 1
            odd = draw.random() < 0.08
            votes.append(Vote(f"p{person}", str(statement), -value if odd else value))
    return votes


STATEMENTS = [Statement(str(number), f"Statement {number}") for number in range(12)]
