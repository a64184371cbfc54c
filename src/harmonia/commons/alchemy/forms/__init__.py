"""What a person fills in to make and tell."""

from harmonia.commons.alchemy.forms.audience import AudienceForm, languages
from harmonia.commons.alchemy.forms.making import ArtifactForm, MaterialForm, MaterialFormSet, Materials
from harmonia.commons.alchemy.forms.moderating import ModerationForm, ReasonForm, WithdrawForm
from harmonia.commons.alchemy.forms.people import CircleForm, CreditForm, SomebodyForm
from harmonia.commons.alchemy.forms.repairs import RepairForm
from harmonia.commons.alchemy.forms.telling import CareForm, PictureForm, RecordingForm, StoryForm, WordsForm

__all__ = [
    "ArtifactForm",
    "AudienceForm",
    "CareForm",
    "CircleForm",
    "CreditForm",
    "MaterialForm",
    "MaterialFormSet",
    "Materials",
    "ModerationForm",
    "PictureForm",
    "ReasonForm",
    "RecordingForm",
    "RepairForm",
    "SomebodyForm",
    "StoryForm",
    "WithdrawForm",
    "WordsForm",
    "languages",
]
