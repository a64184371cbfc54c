"""What a person fills in to make and tell."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from harmonia.commons.alchemy import weights
from harmonia.commons.alchemy.forms.audience import AudienceForm, prepare_language
from harmonia.commons.alchemy.forms.telling import (
    PlaceForm,
    care_field,
    photo_field,
    techniques_field,
    too_large,
)
from harmonia.commons.alchemy.prose import MAX_CHARACTERS
from harmonia.commons.alchemy.queries import Source
from harmonia.commons.ledger.models import Holder, Substance

ROWS = 4


class ArtifactForm(PlaceForm, AudienceForm):
    """A thing, its photo and its story."""

    title = forms.CharField(
        label=_("What is it?"),
        max_length=120,
        help_text=_("A stool from a bed frame. Everybody can read this, so leave names out of it."),
    )
    techniques = techniques_field()
    care = care_field()
    photo = photo_field(required=False)
    alt = forms.CharField(
        label=_("What does the photo show?"),
        max_length=300,
        required=False,
        help_text=_("Needed with a photo, for people who can't see it. A low stool, its seat woven."),
    )
    story = forms.CharField(
        label=_("Its story"),
        required=False,
        max_length=MAX_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 9}),
        help_text=_(
            "Where did it come from, what did you change, what went wrong? *Emphasis* and - lists work."
        ),
    )
    language = forms.ChoiceField(label=_("Language of the story"))
    named = forms.BooleanField(
        label=_("Name me as its maker"),
        required=False,
        initial=True,
        help_text=_("You can change this at any time."),
    )
    key = forms.CharField(widget=forms.HiddenInput, max_length=36)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        prepare_language(self.fields["language"])
        self.fields["key"].initial = str(uuid4())
        self.fields["access"].help_text = _(
            "Title, materials, techniques, care and date are for everybody. A public story becomes a thread in"
            " the tapestry."
        )

    def clean_photo(self) -> Any:
        """Refuse what is too large before anybody reads it."""
        return too_large(
            self.cleaned_data["photo"], _("This photo is larger than 12 MB. Send it in a smaller size.")
        )

    def clean(self) -> dict[str, Any]:
        """Ask for the words that stand for the photo."""
        values = super().clean() or {}
        if values.get("photo") and not values.get("alt"):
            self.add_error("alt", _("Say in a few words what the photo shows, for those who can't see it."))
        return values


class MaterialForm(forms.Form):
    """One material: what, from where, how much."""

    source = forms.ChoiceField(label=_("Material and where it lies"), required=False)
    kilograms = forms.DecimalField(
        label=_("Weight, kg"),
        required=False,
        min_value=Decimal("0.001"),
        max_value=Decimal(10_000),
        decimal_places=3,
        widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "0.001"}),
    )

    def __init__(self, *args: Any, sources: list[Source], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._sources = {f"{s.holder.pk}-{s.substance.pk}": s for s in sources}
        source = self.fields["source"]
        assert isinstance(source, forms.ChoiceField)  # noqa: S101 - tells mypy what is declared above
        labels = ((key, _lies_at(s)) for key, s in self._sources.items())
        source.choices = [("", _("Choose one")), *labels]
        source.error_messages["invalid_choice"] = _("This is not there any more. Choose again.")
        source.error_messages["required"] = _("Say what it was and where it lay.")
        self.fields["kilograms"].error_messages["required"] = _("Say how much of it you used.")
        source.required = self.fields["kilograms"].required = not self.empty_permitted

    def clean(self) -> dict[str, Any]:
        """Want both or neither."""
        values = super().clean() or {}
        if values.get("source") and not values.get("kilograms") and "kilograms" not in self.errors:
            self.add_error("kilograms", _("Say how much of it you used."))
        if values.get("kilograms") and not values.get("source") and "source" not in self.errors:
            self.add_error("source", _("Say what it was and where it lay."))
        return values

    def material(self) -> tuple[Holder, Substance, int] | None:
        """Return holder, substance and grams [g]; None for an empty row."""
        source = self._sources.get(self.cleaned_data.get("source", ""))
        kilograms = self.cleaned_data.get("kilograms")
        return (source.holder, source.substance, int(kilograms * 1000)) if source and kilograms else None


def _lies_at(source: Source) -> str:
    place = source.title or source.holder
    values = {"material": source.substance, "place": place, "there": weights.exact(source.grams)}
    return _("%(material)s, %(place)s (%(there)s there)") % values


class MaterialFormSet(forms.BaseFormSet[MaterialForm]):
    """The rows of materials; the first must be filled in."""

    def materials(self) -> list[tuple[Holder, Substance, int]]:
        """Return what was filled in."""
        return [found for row in self.forms if (found := row.material())]


Materials = forms.formset_factory(
    MaterialForm, formset=MaterialFormSet, min_num=1, extra=ROWS - 1, max_num=ROWS, validate_max=True
)
