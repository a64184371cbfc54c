"""What people type when they talk before choosing."""

from django import forms
from django.utils.translation import gettext_lazy as _

from harmonia.commons.voice.models import LONGEST, SHORTEST


class SayForm(forms.Form):
    """A statement of 140 to 280 characters."""

    text = forms.CharField(
        label=_("What do you think, and why?"),
        min_length=SHORTEST,
        max_length=LONGEST,
        widget=forms.Textarea(
            attrs={"rows": 5, "data-count": "", "minlength": SHORTEST, "maxlength": LONGEST}
        ),
        help_text=_("140 to 280 characters: one thought and its reason. No names of people."),
    )

    def clean_text(self) -> str:
        """Take line breaks and double spaces as single spaces, and count what is left."""
        text = " ".join(str(self.cleaned_data["text"]).split())
        if len(text) < SHORTEST:
            raise forms.ValidationError(_("Without the empty spaces it is shorter than 140 characters."))
        return text


class ModerateForm(forms.Form):
    """Why a statement is hidden or shown again."""

    why = forms.CharField(
        label=_("Why?"), max_length=200, help_text=_("Everybody reads this, with your name.")
    )
