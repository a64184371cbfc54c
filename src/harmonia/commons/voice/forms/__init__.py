"""What people type when they choose together."""

from harmonia.commons.voice.forms.asking import (
    AccountForm,
    ElectorateForm,
    ScheduleForm,
    SettleForm,
    UpgradeForm,
    VoteForm,
    WithdrawForm,
)
from harmonia.commons.voice.forms.ballot import BallotForm, HandOutForm, SheetForm, SheetsForm
from harmonia.commons.voice.forms.options import AuthorForm, HandForm, OptionForm, VetoForm
from harmonia.commons.voice.forms.talking import ModerateForm, SayForm

__all__ = [
    "AccountForm",
    "AuthorForm",
    "BallotForm",
    "ElectorateForm",
    "HandForm",
    "HandOutForm",
    "ModerateForm",
    "OptionForm",
    "SayForm",
    "ScheduleForm",
    "SettleForm",
    "SheetForm",
    "SheetsForm",
    "UpgradeForm",
    "VetoForm",
    "VoteForm",
    "WithdrawForm",
]
