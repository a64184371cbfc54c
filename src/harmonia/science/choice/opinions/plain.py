"""An opinion map as values JSON knows; numbers rounded to twelve places, so that rounding noise changes no byte."""

from typing import Any

from harmonia.science.choice.opinions.opinion_map import OpinionGroup, OpinionMap, StatementView
from harmonia.science.choice.opinions.tallies import Agreement

_PLACES = 12


def map_to_dict(shown: OpinionMap, *, people: bool = False) -> dict[str, Any]:
    """Return a map as plain values; with `people`, where each participant lies too."""
    told: dict[str, Any] = {
        "format": "harmonia-opinions/1",
        "participants": shown.participants,
        "mapped": len(shown.positions),
        "votes": shown.votes,
        "variance": [_round(share) for share in shown.variance],
        "axes": [
            {view.statement.id: _round(view.loading[axis]) for view in shown.statements} for axis in (0, 1)
        ],
        "consensus": {
            "agree": [_agreement(said) for said in shown.agree],
            "disagree": [_agreement(said) for said in shown.disagree],
        },
        "priorities": {view.statement.id: _round(view.priority) for view in shown.statements},
        "statements": [_statement(view) for view in shown.statements],
        "groups": [_group(group) for group in shown.groups],
        "no_groups": shown.no_groups,
        "silhouette": None if shown.silhouette is None else _round(shown.silhouette),
    }
    if people:
        told["positions"] = [
            {"participant": p.participant, "x": _round(p.x), "y": _round(p.y), "group": p.group}
            for p in shown.positions
        ]
    return told


def _statement(view: StatementView) -> dict[str, Any]:
    return {
        "id": view.statement.id,
        "text": view.statement.text,
        "shown": view.statement.shown,
        "agrees": view.tally.agrees,
        "disagrees": view.tally.disagrees,
        "passes": view.tally.passes,
        "extremity": _round(view.extremity),
        "priority": _round(view.priority),
        "group_consensus": None if view.group_consensus is None else _round(view.group_consensus),
    }


def _group(group: OpinionGroup) -> dict[str, Any]:
    return {
        "number": group.number,
        "size": group.size,
        "center": [_round(value) for value in group.center],
        "stability": None if group.stability is None else _round(group.stability),
        "verdict": group.verdict,
        "representative": [_agreement(said) for said in group.representative],
    }


def _agreement(said: Agreement) -> dict[str, Any]:
    told: dict[str, Any] = {
        "statement": said.statement,
        "answer": said.answer,
        "successes": said.successes,
        "trials": said.trials,
        "share": _round(said.share),
        "test": _round(said.test),
    }
    if said.ratio is not None and said.ratio_test is not None:
        told |= {"ratio": _round(said.ratio), "ratio_test": _round(said.ratio_test)}
    return told


def _round(value: float) -> float:
    return round(value, _PLACES) + 0.0
