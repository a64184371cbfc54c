"""State of the ledger."""

from harmonia.commons.ledger.models.balance import Balance
from harmonia.commons.ledger.models.closure import Closure
from harmonia.commons.ledger.models.dropoff import DropOff
from harmonia.commons.ledger.models.holder import Holder, Household
from harmonia.commons.ledger.models.movement import Action, Line, Movement, Seal
from harmonia.commons.ledger.models.substance import Substance

__all__ = [
    "Action",
    "Balance",
    "Closure",
    "DropOff",
    "Holder",
    "Household",
    "Line",
    "Movement",
    "Seal",
    "Substance",
]
