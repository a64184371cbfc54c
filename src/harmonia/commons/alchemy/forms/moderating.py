"""What a person fills in to take back or to hide."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class WithdrawForm(forms.Form):
    """What to take back."""

    story = forms.BooleanField(label=_("The story: its words are erased"), required=False, initial=True)
    picture = forms.BooleanField(label=_("The photo: its files are deleted"), required=False, initial=True)

    def __init__(self, *args: Any, has_story: bool, has_picture: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_story:
            del self.fields["story"]
        if not has_picture:
            del self.fields["picture"]

    def clean(self) -> dict[str, Any]:
        """Want at least one."""
        values = super().clean() or {}
        if not any(values.values()):
            raise forms.ValidationError(_("Choose what you want to take back."))
        return values


class ModerationForm(forms.Form):
    """Why something is hidden, or shown again."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("Its maker will read this, and it stays in the log."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
