"""What a person fills in to tell more of a thing."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from harmonia.commons.alchemy.forms.audience import AudienceForm, prepare_language
from harmonia.commons.alchemy.models import Technique
from harmonia.commons.alchemy.photographs import MAX_BYTES
from harmonia.commons.alchemy.prose import MAX_CHARACTERS


def photo_field(*, required: bool) -> forms.FileField:
    """Ask for a photo."""
    return forms.FileField(
        label=_("A photo of it"),
        required=required,
        help_text=_("JPEG, PNG or WebP, at most 12 MB. Place, time and device are taken out of it."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )


def too_large(upload: Any, sentence: Any) -> Any:
    """Refuse what is too large before anybody reads it."""
    if upload and upload.size > MAX_BYTES:
        raise forms.ValidationError(sentence)
    return upload


def techniques_field() -> forms.MultipleChoiceField:
    """Ask how it was made."""
    return forms.MultipleChoiceField(
        label=_("How was it made?"),
        choices=sorted(Technique.choices, key=lambda pair: str(pair[1])),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


def care_field() -> forms.CharField:
    """Ask how it is kept alive."""
    return forms.CharField(
        label=_("How is it cared for and mended?"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Oil it once a year; the seat comes off with four screws. Everybody can read this."),
    )


class PlaceForm(forms.Form):
    """Where it happened, blurred before it is kept."""

    place_name = forms.CharField(
        label=_("Where did it happen?"),
        max_length=80,
        required=False,
        help_text=_("By the old well. A place people know, never a home."),
    )
    latitude = forms.DecimalField(
        label=_("Latitude"),
        required=False,
        min_value=Decimal(-90),
        max_value=Decimal(90),
        widget=forms.NumberInput(attrs={"step": "any", "data-latitude": ""}),
    )
    longitude = forms.DecimalField(
        label=_("Longitude"),
        required=False,
        min_value=Decimal(-180),
        max_value=Decimal(180),
        widget=forms.NumberInput(attrs={"step": "any", "data-longitude": ""}),
    )

    def clean(self) -> dict[str, Any]:
        """Want both coordinates or none."""
        values = super().clean() or {}
        north, east = values.get("latitude"), values.get("longitude")
        values["place"] = (float(north), float(east)) if north is not None and east is not None else None
        if (north is None) != (east is None) and not {"latitude", "longitude"} & set(self.errors):
            self.add_error("longitude", _("Give both latitude and longitude, or neither."))
        return values


class WordsForm(forms.Form):
    """The words of a story, and their language."""

    story = forms.CharField(
        label=_("Its story"), max_length=MAX_CHARACTERS, widget=forms.Textarea(attrs={"rows": 9})
    )
    language = forms.ChoiceField(label=_("Language of the story"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        prepare_language(self.fields["language"])


class StoryForm(WordsForm, PlaceForm, AudienceForm):
    """A story told later."""

    field_order = ["story", "language", "place_name", "latitude", "longitude", "access", "circle"]


class PictureForm(AudienceForm):
    """One more photo."""

    photo = photo_field(required=True)
    alt = forms.CharField(
        label=_("What does the photo show?"),
        max_length=300,
        help_text=_("For people who can't see it. A low stool, its seat woven."),
    )
    field_order = ["photo", "alt", "access", "circle"]

    def clean_photo(self) -> Any:
        """Refuse what is too large before anybody reads it."""
        return too_large(
            self.cleaned_data["photo"], _("This photo is larger than 12 MB. Send it in a smaller size.")
        )


class RecordingForm(AudienceForm):
    """A voice that tells."""

    recording = forms.FileField(
        label=_("A recording"),
        help_text=_(
            "At most five minutes and 12 MB: M4A, MP3, Ogg Opus, WebM or WAV. Names and places that the recorder"
            " wrote into the file are taken out of it."
        ),
        widget=forms.FileInput(attrs={"accept": "audio/*,.m4a,.mp3,.ogg,.opus,.webm,.wav"}),
    )
    transcript = forms.CharField(
        label=_("What is said in it?"),
        max_length=MAX_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("For people who can't hear it, and for the search."),
    )
    language = forms.ChoiceField(label=_("Language of the recording"))
    field_order = ["recording", "transcript", "language", "access", "circle"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        prepare_language(self.fields["language"])

    def clean_recording(self) -> Any:
        """Refuse what is too large before anybody reads it."""
        return too_large(
            self.cleaned_data["recording"],
            _("This recording is larger than 12 MB. Record it as M4A, MP3 or Opus, or make it shorter."),
        )


class CareForm(forms.Form):
    """How it was made and is kept."""

    techniques = techniques_field()
    care = care_field()
