"""Everything that changes what is known about the plant."""

from harmonia.commons.nexus.actions.accounts import account_if_due
from harmonia.commons.nexus.actions.activating import (
    call_off_activation,
    check_item,
    confirm_activation,
    override_item,
    plan_again,
    plan_ramp,
    prepare_activation,
    press,
)
from harmonia.commons.nexus.actions.designs import (
    ask_designs,
    compare_designs,
    describe_surroundings,
    design_case,
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
    commission,
    foresee,
    roll_back,
    set_up,
    write,
)
from harmonia.commons.nexus.actions.promises import drop_expectation, expect
from harmonia.commons.nexus.actions.ramps import (
    raise_load,
    resume_ramp,
    roll_back_activation,
    watch_ramp,
)
from harmonia.commons.nexus.actions.safety import require_safety
from harmonia.commons.nexus.decisions import Decision, on_decisions
from harmonia.commons.nexus.errors import Refused
from harmonia.commons.nexus.readings import read_meter, record_reading, record_titration

__all__ = [
    "Decision",
    "Refused",
    "accept_plan",
    "account_if_due",
    "ask_designs",
    "ask_plan",
    "burn",
    "call_off_activation",
    "check_item",
    "commission",
    "compare_designs",
    "confirm_activation",
    "describe_surroundings",
    "design_case",
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
    "on_decisions",
    "override_item",
    "plan_again",
    "plan_ramp",
    "prepare_activation",
    "press",
    "propose_if_due",
    "raise_load",
    "read_jars",
    "read_meter",
    "record_reading",
    "record_titration",
    "require_safety",
    "resume_ramp",
    "roll_back",
    "roll_back_activation",
    "set_up",
    "set_up_jars",
    "show_designs",
    "watch_ramp",
    "write",
]
