"""What people type into the ledger."""

from harmonia.commons.ledger.forms.bringing import SHARES, DropOffForm, PointChoice
from harmonia.commons.ledger.forms.places import PointForm

__all__ = ["SHARES", "DropOffForm", "PointChoice", "PointForm"]
