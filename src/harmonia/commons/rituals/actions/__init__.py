"""Everything that changes a ritual."""

from harmonia.commons.rituals.actions.activating import act, call_for_it, let_press
from harmonia.commons.rituals.actions.announcing import announce, move_date
from harmonia.commons.rituals.actions.hearing import SENTENCES, hear, offer, settle, take_back
from harmonia.commons.rituals.actions.joining import join
from harmonia.commons.rituals.actions.leading import (
    advance,
    ask,
    call_off,
    caption,
    count_votes,
    pause,
    resume,
    switch_another_day,
)
from harmonia.commons.rituals.actions.listening import forget, hear_vote
from harmonia.commons.rituals.actions.releasing import keep_back, release
from harmonia.commons.rituals.errors import Refused

__all__ = [
    "SENTENCES",
    "Refused",
    "act",
    "advance",
    "announce",
    "ask",
    "call_for_it",
    "call_off",
    "caption",
    "count_votes",
    "forget",
    "hear",
    "hear_vote",
    "join",
    "keep_back",
    "let_press",
    "move_date",
    "offer",
    "pause",
    "release",
    "resume",
    "settle",
    "switch_another_day",
    "take_back",
]
