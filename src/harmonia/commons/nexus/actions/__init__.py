"""Everything that changes what is known about the plant."""

from harmonia.commons.nexus.actions.designs import (
    ask_designs,
    compare_designs,
    describe_surroundings,
    show_designs,
)
from harmonia.commons.nexus.actions.feeding import burn, feed
from harmonia.commons.nexus.actions.following import follow
from harmonia.commons.nexus.actions.jars import end_jars, hear_jars, let_read, read_jars, set_up_jars
from harmonia.commons.nexus.actions.plans import (
    accept_plan,
    ask_plan,
    edit_plan,
    make_plan,
    propose_if_due,
)
from harmonia.commons.nexus.actions.plants import (
    activate,
    commission,
    foresee,
    roll_back,
    set_up,
    write,
)
from harmonia.commons.nexus.actions.promises import drop_expectation, expect
from harmonia.commons.nexus.actions.safety import require_safety
from harmonia.commons.nexus.errors import Refused
from harmonia.commons.nexus.readings import read_meter, record_reading, record_titration

__all__ = [
    "Refused",
    "accept_plan",
    "activate",
    "ask_designs",
    "ask_plan",
    "burn",
    "commission",
    "compare_designs",
    "describe_surroundings",
    "drop_expectation",
    "edit_plan",
    "end_jars",
    "expect",
    "feed",
    "follow",
    "foresee",
    "hear_jars",
    "let_read",
    "make_plan",
    "propose_if_due",
    "read_jars",
    "read_meter",
    "record_reading",
    "record_titration",
    "require_safety",
    "roll_back",
    "set_up",
    "set_up_jars",
    "show_designs",
    "write",
]
