"""What a person fills in to take back, report, hide or answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from harmonia.commons.alchemy.queries import ArtifactView


class WithdrawForm(forms.Form):
    """What to take back: the story, each photo, each recording."""

    def __init__(self, *args: Any, thing: ArtifactView, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._parts: dict[str, tuple[str, Any]] = {}
        if thing.story:
            self._offer("story", thing.story, gettext("The story: its words and its place are erased"))
        for picture in thing.pictures:
            label = gettext("The photo: %(alt)s") % {"alt": picture.alt}
            self._offer("picture", picture, label)
        for recording in thing.recordings:
            label = gettext("The recording of %(seconds)d seconds and its transcript")
            self._offer("recording", recording, label % {"seconds": recording.seconds})

    def _offer(self, what: str, part: Any, label: str) -> None:
        name = what if what == "story" else f"{what}-{part.pk}"
        self.fields[name] = forms.BooleanField(label=label, required=False, initial=True)
        self._parts[name] = (what, part)

    def clean(self) -> dict[str, Any]:
        """Want at least one."""
        values = super().clean() or {}
        if not any(values.values()):
            raise forms.ValidationError(_("Choose what you want to take back."))
        return values

    def chosen(self) -> list[tuple[str, Any]]:
        """Return what was chosen: its kind and its row."""
        return [part for name, part in self._parts.items() if self.cleaned_data.get(name)]


class ReasonForm(forms.Form):
    """Why: whatever the step."""

    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, help_text: str = "", most: int = 300, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"] = forms.CharField(
            label=_("Reason"),
            max_length=most,
            help_text=help_text,
            widget=forms.Textarea(attrs={"rows": 3}),
        )


class ModerationForm(ReasonForm):
    """A facilitator's step and its reason."""

    step = forms.ChoiceField(label=_("What do you decide?"), widget=forms.RadioSelect)
    field_order = ["step", "reason"]

    def __init__(self, *args: Any, steps: dict[str, str], **kwargs: Any) -> None:
        super().__init__(
            *args,
            help_text=gettext("Its maker and everybody here can read this; it stays in the log."),
            **kwargs,
        )
        step = self.fields["step"]
        assert isinstance(step, forms.ChoiceField)  # noqa: S101 - tells mypy what is declared above
        step.choices = list(steps.items())
        step.initial = next(iter(steps))
