"""Everything that changes an upgrade, its conversation and its vote; one module a theme."""

from harmonia.commons.voice.actions.asking import (
    define_electorate,
    draft,
    open_options,
    settle_options,
    withdraw,
)
from harmonia.commons.voice.actions.carrying_out import account, carry_out, schedule, unschedule
from harmonia.commons.voice.actions.casting import cast
from harmonia.commons.voice.actions.counting import close_vote
from harmonia.commons.voice.actions.desk import hand_out, print_sheets, read_sheet
from harmonia.commons.voice.actions.foreseeing import ask_twin, compare_sets, foresee_option
from harmonia.commons.voice.actions.opening import open_vote
from harmonia.commons.voice.actions.proposing import (
    add_option,
    invite_author,
    lend_hand,
    may_write,
    remove_option,
    revise_option,
    veto,
)
from harmonia.commons.voice.actions.recounting import ask_recounter, swear, tell_recount
from harmonia.commons.voice.actions.running import ask_operation, choose_operation
from harmonia.commons.voice.actions.switching import hear_switch, waiting_decisions
from harmonia.commons.voice.actions.talking import moderate, react, say
from harmonia.commons.voice.actions.witnessing import cosign, register_witness
from harmonia.commons.voice.errors import Refused

__all__ = [
    "Refused",
    "account",
    "add_option",
    "ask_operation",
    "ask_recounter",
    "ask_twin",
    "carry_out",
    "cast",
    "choose_operation",
    "close_vote",
    "compare_sets",
    "cosign",
    "define_electorate",
    "draft",
    "foresee_option",
    "hand_out",
    "hear_switch",
    "invite_author",
    "lend_hand",
    "may_write",
    "moderate",
    "open_options",
    "open_vote",
    "print_sheets",
    "react",
    "read_sheet",
    "register_witness",
    "remove_option",
    "revise_option",
    "say",
    "schedule",
    "settle_options",
    "swear",
    "tell_recount",
    "unschedule",
    "veto",
    "waiting_decisions",
    "withdraw",
]
