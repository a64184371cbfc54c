"""Everything that changes what was made and told."""

from harmonia.commons.alchemy.actions.making import Materials, Refused, make
from harmonia.commons.alchemy.actions.moderating import hide, show_again
from harmonia.commons.alchemy.actions.withdrawing import forget, withdraw_picture, withdraw_story

__all__ = [
    "Materials",
    "Refused",
    "forget",
    "hide",
    "make",
    "show_again",
    "withdraw_picture",
    "withdraw_story",
]
