"""What people fill in for scenes and evenings."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from harmonia.commons.festival.models.turn import LONGEST, SHORTEST
from harmonia.science.scenes import MOST_BYTES


class DressForm(forms.Form):
    """A shape for a story, and what its sides show."""

    glb = forms.FileField(
        label=_("A model of it"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".glb,model/gltf-binary"}),
        help_text=_(
            "One GLB file, at most 20 MB, as scanning apps and Blender export it. Without one we use your photo."
        ),
    )
    without_glb = forms.BooleanField(label=_("Take the present model away"), required=False)
    front = forms.CharField(label=_("What does one see from the front?"), required=False, max_length=300)
    right = forms.CharField(label=_("From the right?"), required=False, max_length=300)
    back = forms.CharField(label=_("From behind?"), required=False, max_length=300)
    left = forms.CharField(label=_("From the left?"), required=False, max_length=300)

    def __init__(self, *args: Any, has_glb: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_glb:
            del self.fields["without_glb"]

    def clean_glb(self) -> bytes | None:
        """Refuse what is too large before it is read."""
        file = self.cleaned_data["glb"]
        if file and file.size > MOST_BYTES:
            raise forms.ValidationError(
                _("This file is larger than 20 MB. Make it simpler, or its pictures smaller.")
            )
        return file.read() if file else None


class EveningForm(forms.Form):
    """An evening."""

    title = forms.CharField(label=_("What is the evening called?"), max_length=120)
    place = forms.CharField(
        label=_("Where is it?"), max_length=120, help_text=_("A place everybody knows, with a dark corner.")
    )
    at = forms.DateTimeField(
        label=_("When does it begin?"),
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
    )


class AskForm(forms.Form):
    """A story for a programme."""

    story = forms.ChoiceField(label=_("Which story?"))
    seconds = forms.IntegerField(
        label=_("How long, in seconds?"), min_value=SHORTEST, max_value=LONGEST, initial=60
    )

    def __init__(self, *args: Any, stories: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["story"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells mypy what is declared above
        field.choices = stories
