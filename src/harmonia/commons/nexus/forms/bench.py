"""What the people at the plant type: feed, readings, gas burnt."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from harmonia.commons.ledger.models import Holder, Substance
from harmonia.commons.nexus.forms.fields import amount, tiles_of
from harmonia.commons.nexus.models import Reading
from harmonia.commons.nexus.models.reading import TESTS, UNITS

Batch = tuple[Holder, Substance, int]


class FeedForm(forms.Form):
    """Which of the waiting batches went in, and how much of it."""

    batch = forms.ChoiceField()
    kilograms = amount(
        _("How much?"), "kg", required=False, help_text=_("Leave it empty if all of it went in.")
    )

    def __init__(self, *args: Any, batches: list[Batch], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.batches = {f"{point.pk}-{substance.pk}": (point, substance) for point, substance, _g in batches}
        tiles = [(f"{p.pk}-{s.pk}", _tile(p, s, grams)) for p, s, grams in batches]
        self.fields["batch"] = tiles_of(_("What went in?"), tiles)

    def clean_kilograms(self) -> Decimal | None:
        """Refuse what is no weight; how much there is, the action knows."""
        kilograms: Decimal | None = self.cleaned_data["kilograms"]
        if kilograms is not None and kilograms <= 0:
            raise forms.ValidationError(_now("The weight must be more than 0 kg. Nothing was booked."))
        return kilograms


def _tile(point: Holder, substance: Substance, grams: int) -> str:
    kilograms = number_format(Decimal(grams) / 1000, 1, use_l10n=True)
    return format_html('{}<span class="note">{}, {} kg</span>', str(substance), point.name, kilograms)


class ReadingForm(forms.Form):
    """One look at an instrument, or one safety test."""

    kind = forms.ChoiceField()
    value = amount(_("What does it say?"), "", required=False, help_text=_("Leave it empty for a test."))
    passed = forms.TypedChoiceField(
        label=_("Was the test passed?"),
        choices=[("", _("it was no test")), ("yes", _("passed")), ("no", _("not passed"))],
        coerce=lambda word: word == "yes",
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    baseline = forms.BooleanField(label=_("This is a new gas meter; it starts here"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tiles = [(kind.value, _kind(kind)) for kind in Reading.Kind]
        self.fields["kind"] = tiles_of(_("What did you look at?"), tiles)

    def clean(self) -> dict[str, Any]:
        """A test has an outcome, everything else a value."""
        values = super().clean() or {}
        if values.get("kind") in TESTS:
            values["value"] = None
        else:
            values["passed"] = None
        return values


def _kind(kind: Reading.Kind) -> str:
    unit = _now("passed or not") if kind in TESTS else UNITS[kind]
    return format_html('{}<span class="note">{}</span>', kind.label, unit) if unit else str(kind.label)


class TitrationForm(forms.Form):
    """Two burette readings of one sample."""

    sample_ml = amount(
        _("How much sample?"), "mL", initial=20, help_text=_("Filtered or centrifuged; 20 mL is usual.")
    )
    normality = amount(
        _("How strong is the acid?"),
        "N",
        initial=Decimal("0.1"),
        help_text=_("Sulphuric acid of 0.1 N (0.05 mol/L) is usual."),
    )
    to_ph5_ml = amount(_("Burette at pH 5.0"), "mL", help_text=_("Counted from the start."))
    to_ph44_ml = amount(
        _("Burette at pH 4.4"), "mL", help_text=_("Counted from the start too, so it is the larger number.")
    )


class BurnForm(forms.Form):
    """How long people cooked."""

    hours = amount(_("For how long did a flame burn?"), "h", min_value=Decimal("0.01"), max_value=1000)
