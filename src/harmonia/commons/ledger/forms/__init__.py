"""What people type into the ledger."""

from harmonia.commons.ledger.forms.bringing import SHARES, DropOffForm, PointChoice
from harmonia.commons.ledger.forms.places import PointForm
from harmonia.commons.ledger.forms.stocktake import CountForm

__all__ = ["SHARES", "CountForm", "DropOffForm", "PointChoice", "PointForm"]
