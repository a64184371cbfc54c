"""State of the ledger."""

from harmonia.commons.ledger.models.balance import Balance
from harmonia.commons.ledger.models.batch import LIFE, Batch, HeatReading, Turn
from harmonia.commons.ledger.models.closure import Closure
from harmonia.commons.ledger.models.container import Container, Emptying, GrossWeight
from harmonia.commons.ledger.models.device import Device
from harmonia.commons.ledger.models.dropoff import DropOff
from harmonia.commons.ledger.models.holder import Holder, Household
from harmonia.commons.ledger.models.hygiene_choice import HygieneChoice
from harmonia.commons.ledger.models.lab_result import OF_MATTER, UNITS, LabResult, Measure
from harmonia.commons.ledger.models.movement import Action, Line, Movement, Seal
from harmonia.commons.ledger.models.substance import Substance

__all__ = [
    "LIFE",
    "OF_MATTER",
    "UNITS",
    "Action",
    "Balance",
    "Batch",
    "Closure",
    "Container",
    "Device",
    "DropOff",
    "Emptying",
    "GrossWeight",
    "HeatReading",
    "Holder",
    "Household",
    "HygieneChoice",
    "LabResult",
    "Line",
    "Measure",
    "Movement",
    "Seal",
    "Substance",
    "Turn",
]
