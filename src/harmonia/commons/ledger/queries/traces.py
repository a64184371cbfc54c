"""Where deposits went."""

from collections.abc import Iterable

from harmonia.commons.ledger import tracing
from harmonia.commons.ledger.models import (
    Holder,
    Movement,
)


def where_did_it_go(movements: Iterable[Movement]) -> dict[Holder, int]:
    """Return where deposits are now: holder -> grams [g]; modelled shares over exact books (see `tracing`)."""
    return tracing.where_did_it_go(movements)
