"""State of the voice app."""

from harmonia.commons.voice.models.approval import Approval
from harmonia.commons.voice.models.option import Foresight, Option
from harmonia.commons.voice.models.upgrade import EDITABLE, UPGRADE, Upgrade

__all__ = ["EDITABLE", "UPGRADE", "Approval", "Foresight", "Option", "Upgrade"]
