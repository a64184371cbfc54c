"""Everything that moves matter."""

from harmonia.commons.ledger.actions.batches import (
    choose_hygiene,
    close_batch,
    fill_batch,
    measure_heat,
    open_batch,
    pass_test,
    prove_heat,
    recall_batch,
    record_lab_result,
    reject,
    release,
    spread,
    turn,
)
from harmonia.commons.ledger.actions.booking import Posting, book, note_deed, reverse
from harmonia.commons.ledger.actions.bulk import append_many, restore_books
from harmonia.commons.ledger.actions.containers import (
    OnScale,
    empty_container,
    net_g,
    open_container,
    retire_container,
)
from harmonia.commons.ledger.actions.devices import device_of, issue_device, revoke_device, seen
from harmonia.commons.ledger.actions.dropping_off import (
    drop_off_from,
    import_weighings,
    record_drop_off,
    sort_out,
)
from harmonia.commons.ledger.actions.materials import close_material, open_material
from harmonia.commons.ledger.actions.places import forget_household, household_of, open_holder, open_household
from harmonia.commons.ledger.actions.stocktake import count_stock
from harmonia.commons.ledger.errors import Refused

__all__ = [
    "OnScale",
    "Posting",
    "Refused",
    "append_many",
    "book",
    "choose_hygiene",
    "close_batch",
    "close_material",
    "count_stock",
    "device_of",
    "drop_off_from",
    "empty_container",
    "fill_batch",
    "forget_household",
    "household_of",
    "import_weighings",
    "issue_device",
    "measure_heat",
    "net_g",
    "note_deed",
    "open_batch",
    "open_container",
    "open_holder",
    "open_household",
    "open_material",
    "pass_test",
    "prove_heat",
    "recall_batch",
    "record_drop_off",
    "record_lab_result",
    "reject",
    "release",
    "restore_books",
    "retire_container",
    "reverse",
    "revoke_device",
    "seen",
    "sort_out",
    "spread",
    "turn",
]
