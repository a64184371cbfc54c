"""Read rituals: how they stand, what was offered, what is kept."""

from harmonia.commons.rituals.queries.offerings import (
    OfferingView,
    offering_shown,
    offerings,
    offerings_of,
    waiting,
    waiting_count,
)
from harmonia.commons.rituals.queries.record import Entry, entries, export, record_of
from harmonia.commons.rituals.queries.rituals import (
    coming,
    cookie_name,
    guest_of,
    may_lead,
    named,
    participant_of,
    present,
    ritual,
    ritual_of_code,
    rituals,
)
from harmonia.commons.rituals.queries.unveiling import Quantity, Unveiled, unveiled

__all__ = [
    "Entry",
    "OfferingView",
    "Quantity",
    "Unveiled",
    "coming",
    "cookie_name",
    "entries",
    "export",
    "guest_of",
    "may_lead",
    "named",
    "offering_shown",
    "offerings",
    "offerings_of",
    "participant_of",
    "present",
    "record_of",
    "ritual",
    "ritual_of_code",
    "rituals",
    "unveiled",
    "waiting",
    "waiting_count",
]
