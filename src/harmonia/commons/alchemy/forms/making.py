"""What a person fills in to make and tell."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

from django import forms
from django.conf.locale import LANG_INFO
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from harmonia.commons.alchemy import weights
from harmonia.commons.alchemy.models import Access
from harmonia.commons.alchemy.photographs import MAX_BYTES
from harmonia.commons.alchemy.prose import MAX_CHARACTERS
from harmonia.commons.alchemy.queries import Source
from harmonia.commons.ledger.models import Holder, Substance

ROWS = 4


def languages() -> list[tuple[str, str]]:
    """Return the languages a story can be in, each by its own name."""
    named = {code: str(info["name_local"]) for code, info in LANG_INFO.items() if "name_local" in info}
    return sorted(named.items(), key=lambda pair: pair[1].casefold())


class ArtifactForm(forms.Form):
    """A thing, its photo and its story."""

    title = forms.CharField(
        label=_("What is it?"),
        max_length=120,
        help_text=_("A stool from a bed frame. Everybody can read this, so leave names out of it."),
    )
    photo = forms.FileField(
        label=_("A photo of it"),
        required=False,
        help_text=_("JPEG, PNG or WebP, at most 12 MB. Place, time and device are taken out of it."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
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
    access = forms.ChoiceField(
        label=_("Who may read the story and see the photo?"),
        widget=forms.RadioSelect,
        help_text=_(
            "Title, materials and date are for everybody. A public story becomes a thread in the tapestry."
        ),
    )
    key = forms.CharField(widget=forms.HiddenInput, max_length=36)

    def __init__(self, *args: Any, for_minor: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = get_language() or "en"
        fields = self.fields
        language, access = fields["language"], fields["access"]
        assert isinstance(language, forms.ChoiceField)  # noqa: S101 - tells mypy what is declared above
        assert isinstance(access, forms.ChoiceField)  # noqa: S101
        language.choices = languages()
        language.initial = here if here in dict(languages()) else here.partition("-")[0]
        access.choices = [(choice.value, _with_note(choice, for_minor=for_minor)) for choice in Access]
        access.initial = Access.HABITAT if for_minor else Access.PUBLIC
        fields["key"].initial = str(uuid4())

    def clean_photo(self) -> Any:
        """Refuse what is too large before anybody reads it."""
        photo = self.cleaned_data["photo"]
        if photo and photo.size > MAX_BYTES:
            raise forms.ValidationError(_("This photo is larger than 12 MB. Send it in a smaller size."))
        return photo

    def clean(self) -> dict[str, Any]:
        """Ask for the words that stand for the photo."""
        values = super().clean() or {}
        if values.get("photo") and not values.get("alt"):
            self.add_error("alt", _("Say in a few words what the photo shows, for those who can't see it."))
        return values


def _with_note(access: Access, *, for_minor: bool) -> str:
    notes = {
        Access.PUBLIC: _("on the web, and as a thread in the tapestry"),
        Access.HABITAT: _("only after signing in"),
        Access.ONLY_ME: _("deleted when you leave"),
    }
    if for_minor:
        notes[Access.PUBLIC] = _("your words without your name; the photo stays among the people here")
    return format_html('{}<span class="note">{}</span>', capfirst(access.label), notes[access])


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
    values = {"material": source.substance, "place": source.holder, "there": weights.exact(source.grams)}
    return _("%(material)s, %(place)s (%(there)s there)") % values


class MaterialFormSet(forms.BaseFormSet[MaterialForm]):
    """The rows of materials; the first must be filled in."""

    def materials(self) -> list[tuple[Holder, Substance, int]]:
        """Return what was filled in."""
        return [found for row in self.forms if (found := row.material())]


Materials = forms.formset_factory(
    MaterialForm, formset=MaterialFormSet, min_num=1, extra=ROWS - 1, max_num=ROWS, validate_max=True
)
