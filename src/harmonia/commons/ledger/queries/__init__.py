"""Read the books."""

from harmonia.commons.ledger.queries.batches import BatchView, batch, batches, hygiene_choices
from harmonia.commons.ledger.queries.flows import Flow, clean_share, daily, movements, visits, week
from harmonia.commons.ledger.queries.households import brought_by, export, household_grams, weight_of
from harmonia.commons.ledger.queries.measures import Content, contents
from harmonia.commons.ledger.queries.stocks import (
    closures,
    grams_of,
    holder,
    holders,
    materials,
    points,
    stock,
    substance,
)
from harmonia.commons.ledger.queries.stocktakes import Unexplained, unexplained
from harmonia.commons.ledger.queries.traces import where_did_it_go

__all__ = [
    "BatchView",
    "Content",
    "Flow",
    "Unexplained",
    "batch",
    "batches",
    "brought_by",
    "clean_share",
    "closures",
    "contents",
    "daily",
    "export",
    "grams_of",
    "holder",
    "holders",
    "household_grams",
    "hygiene_choices",
    "materials",
    "movements",
    "points",
    "stock",
    "substance",
    "unexplained",
    "visits",
    "week",
    "weight_of",
    "where_did_it_go",
]
