"""Bringing something, the books, and the posters of the collection points."""

from harmonia.commons.ledger.views.batches import batch, batch_new, batch_step, batches, hygiene
from harmonia.commons.ledger.views.bookkeeping import books, take_back, who_fed
from harmonia.commons.ledger.views.bringing import bring, drop_off
from harmonia.commons.ledger.views.card import card
from harmonia.commons.ledger.views.containers import (
    container_label,
    container_new,
    container_step,
    containers,
)
from harmonia.commons.ledger.views.devices import device_revoke, devices
from harmonia.commons.ledger.views.places import count, point, point_new, poster
from harmonia.commons.ledger.views.queue import queue

__all__ = [
    "batch",
    "batch_new",
    "batch_step",
    "batches",
    "books",
    "bring",
    "card",
    "container_label",
    "container_new",
    "container_step",
    "containers",
    "count",
    "device_revoke",
    "devices",
    "drop_off",
    "hygiene",
    "point",
    "point_new",
    "poster",
    "queue",
    "take_back",
    "who_fed",
]
