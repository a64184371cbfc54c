"""Pages of choosing; one module a theme."""

from harmonia.commons.voice.views.asking import (
    choose,
    upgrade,
    upgrade_compare,
    upgrade_electorate,
    upgrade_new,
    upgrade_step,
)
from harmonia.commons.voice.views.ballot import upgrade_ballot
from harmonia.commons.voice.views.checking import (
    recounter_ask,
    recounter_swear,
    recounter_tell,
    upgrade_bundle,
    upgrade_check,
    upgrade_checkpoint,
    upgrade_frozen,
    upgrade_log,
    upgrade_public,
    upgrade_receipt,
)
from harmonia.commons.voice.views.desk import upgrade_desk, upgrade_hand_out, upgrade_sheet, upgrade_sheets
from harmonia.commons.voice.views.options import (
    option,
    option_author,
    option_change,
    option_foresee,
    option_hand,
    option_new,
    option_remove,
    option_veto,
)
from harmonia.commons.voice.views.talking import (
    statement_moderate,
    statement_new,
    statement_react,
    upgrade_map,
    upgrade_moderation,
    upgrade_talk,
)
from harmonia.commons.voice.views.witnessing import upgrade_cosign, upgrade_witness

__all__ = [
    "choose",
    "option",
    "option_author",
    "option_change",
    "option_foresee",
    "option_hand",
    "option_new",
    "option_remove",
    "option_veto",
    "recounter_ask",
    "recounter_swear",
    "recounter_tell",
    "statement_moderate",
    "statement_new",
    "statement_react",
    "upgrade",
    "upgrade_ballot",
    "upgrade_bundle",
    "upgrade_check",
    "upgrade_checkpoint",
    "upgrade_compare",
    "upgrade_cosign",
    "upgrade_desk",
    "upgrade_electorate",
    "upgrade_frozen",
    "upgrade_hand_out",
    "upgrade_log",
    "upgrade_map",
    "upgrade_moderation",
    "upgrade_new",
    "upgrade_public",
    "upgrade_receipt",
    "upgrade_sheet",
    "upgrade_sheets",
    "upgrade_step",
    "upgrade_talk",
    "upgrade_witness",
]
