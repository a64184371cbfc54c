"""State of the voice app."""

from harmonia.commons.voice.models.ballot import (
    ENTRIES,
    Ballot,
    Checkpoint,
    Cosignature,
    LogEntry,
    Recounter,
    SheetReading,
    Witness,
)
from harmonia.commons.voice.models.conversation import (
    LONGEST,
    SHORTEST,
    Moderation,
    Reaction,
    Stance,
    Statement,
)
from harmonia.commons.voice.models.drafting import Author, Hand, Revision
from harmonia.commons.voice.models.operation import Operation
from harmonia.commons.voice.models.option import Foresight, Option
from harmonia.commons.voice.models.roll import Voter
from harmonia.commons.voice.models.upgrade import (
    BEFORE_VOTING,
    DECIDED,
    EDITABLE,
    UPGRADE,
    Age,
    BallotKind,
    Per,
    Upgrade,
)

__all__ = [
    "BEFORE_VOTING",
    "DECIDED",
    "EDITABLE",
    "ENTRIES",
    "LONGEST",
    "SHORTEST",
    "UPGRADE",
    "Age",
    "Author",
    "Ballot",
    "BallotKind",
    "Checkpoint",
    "Cosignature",
    "Foresight",
    "Hand",
    "LogEntry",
    "Moderation",
    "Operation",
    "Option",
    "Per",
    "Reaction",
    "Recounter",
    "Revision",
    "SheetReading",
    "Stance",
    "Statement",
    "Upgrade",
    "Voter",
    "Witness",
]
