"""Everything that moves matter."""

from harmonia.commons.ledger.actions.booking import Posting, Refused, book, reverse
from harmonia.commons.ledger.actions.dropping_off import (
    drop_off_from,
    import_weighings,
    record_drop_off,
    sort_out,
)
from harmonia.commons.ledger.actions.materials import close_material, open_material
from harmonia.commons.ledger.actions.places import forget_household, household_of, open_holder, open_household

__all__ = [
    "Posting",
    "Refused",
    "book",
    "close_material",
    "drop_off_from",
    "forget_household",
    "household_of",
    "import_weighings",
    "open_holder",
    "open_household",
    "open_material",
    "record_drop_off",
    "reverse",
    "sort_out",
]
