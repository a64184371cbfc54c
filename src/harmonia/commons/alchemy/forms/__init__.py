"""What a person fills in to make and tell."""

from harmonia.commons.alchemy.forms.making import (
    ArtifactForm,
    MaterialForm,
    MaterialFormSet,
    Materials,
    languages,
)
from harmonia.commons.alchemy.forms.moderating import ModerationForm, WithdrawForm

__all__ = [
    "ArtifactForm",
    "MaterialForm",
    "MaterialFormSet",
    "Materials",
    "ModerationForm",
    "WithdrawForm",
    "languages",
]
