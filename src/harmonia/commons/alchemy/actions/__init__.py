"""Everything that changes what was made and told."""

from harmonia.commons.alchemy.actions.circling import gather, let_go, let_in
from harmonia.commons.alchemy.actions.colouring import find_colours
from harmonia.commons.alchemy.actions.crediting import answer, ask
from harmonia.commons.alchemy.actions.errors import Refused
from harmonia.commons.alchemy.actions.making import Materials, make
from harmonia.commons.alchemy.actions.mending import import_repairs, record_repair, withdraw_repair
from harmonia.commons.alchemy.actions.moderating import (
    appeal,
    dismiss,
    hide,
    report,
    show_again,
    uphold,
)
from harmonia.commons.alchemy.actions.telling import (
    add_picture,
    add_recording,
    describe,
    retell,
    share_with,
    tell,
)
from harmonia.commons.alchemy.actions.withdrawing import (
    forget,
    withdraw_picture,
    withdraw_recording,
    withdraw_story,
)

__all__ = [
    "Materials",
    "Refused",
    "add_picture",
    "add_recording",
    "answer",
    "appeal",
    "ask",
    "describe",
    "dismiss",
    "find_colours",
    "forget",
    "gather",
    "hide",
    "import_repairs",
    "let_go",
    "let_in",
    "make",
    "record_repair",
    "report",
    "retell",
    "share_with",
    "show_again",
    "tell",
    "uphold",
    "withdraw_picture",
    "withdraw_recording",
    "withdraw_repair",
    "withdraw_story",
]
