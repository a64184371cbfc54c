"""Read the books."""

from harmonia.commons.ledger.queries.batches import BatchView, batch, batches, hygiene_choices
from harmonia.commons.ledger.queries.containers import (
    Fill,
    containers,
    containers_at,
    devices,
    fill,
    fills_at,
)
from harmonia.commons.ledger.queries.contamination import CleanWeek, Trend, contamination
from harmonia.commons.ledger.queries.flows import (
    Flow,
    clean_share,
    daily,
    last_movement,
    movements,
    visits,
    week,
)
from harmonia.commons.ledger.queries.harvests import Wait, harvest_from, waits
from harmonia.commons.ledger.queries.households import (
    booked_under,
    brought_by,
    export,
    household_code,
    household_grams,
    own_drop_off,
    weight_of,
)
from harmonia.commons.ledger.queries.measures import Content, contents
from harmonia.commons.ledger.queries.stocks import (
    closures,
    grams_of,
    holder,
    holders,
    materials,
    points,
    rests,
    stock,
    substance,
    unwelcome,
)
from harmonia.commons.ledger.queries.stocktakes import Unexplained, unexplained
from harmonia.commons.ledger.queries.traces import Fed, Source, where_did_it_go, who_fed
from harmonia.commons.ledger.templatetags.grams import two_digits
from harmonia.commons.ledger.tracing import Part, Trail, place_of

__all__ = [
    "BatchView",
    "CleanWeek",
    "Content",
    "Fed",
    "Fill",
    "Flow",
    "Part",
    "Source",
    "Trail",
    "Trend",
    "Unexplained",
    "Wait",
    "batch",
    "batches",
    "booked_under",
    "brought_by",
    "clean_share",
    "closures",
    "containers",
    "containers_at",
    "contamination",
    "contents",
    "daily",
    "devices",
    "export",
    "fill",
    "fills_at",
    "grams_of",
    "harvest_from",
    "holder",
    "holders",
    "household_code",
    "household_grams",
    "hygiene_choices",
    "last_movement",
    "materials",
    "movements",
    "own_drop_off",
    "place_of",
    "points",
    "rests",
    "stock",
    "substance",
    "two_digits",
    "unexplained",
    "unwelcome",
    "visits",
    "waits",
    "week",
    "weight_of",
    "where_did_it_go",
    "who_fed",
]
