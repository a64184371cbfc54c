"""For whom something is: the question every telling asks."""

from typing import Any

from django import forms
from django.conf.locale import LANG_INFO
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from harmonia.commons.alchemy.models import Access, Circle


def languages() -> list[tuple[str, str]]:
    """Return the languages a story can be in, each by its own name."""
    named = {code: str(info["name_local"]) for code, info in LANG_INFO.items() if "name_local" in info}
    return sorted(named.items(), key=lambda pair: pair[1].casefold())


def prepare_language(field: forms.Field) -> None:
    """Offer all languages, that of the page first."""
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells mypy what is declared
    here = get_language() or "en"
    field.choices = languages()
    field.initial = here if here in dict(languages()) else here.partition("-")[0]


class AudienceForm(forms.Form):
    """Who may read, see and hear; a circle is asked only of those who have one."""

    access = forms.ChoiceField(
        label=_("Who may read the story, see the photos and hear the recordings?"), widget=forms.RadioSelect
    )
    circle = forms.ChoiceField(label=_("Which circle?"), required=False)

    def __init__(
        self, *args: Any, circles: list[Circle], for_minor: bool = False, chosen: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._circles = {str(circle.pk): circle for circle in circles}
        access, circle = self.fields["access"], self.fields["circle"]
        assert isinstance(access, forms.ChoiceField)  # noqa: S101 - tells mypy what is declared above
        assert isinstance(circle, forms.ChoiceField)  # noqa: S101
        offered = [choice for choice in Access if circles or choice != Access.CIRCLE]
        access.choices = [(choice.value, _with_note(choice, for_minor=for_minor)) for choice in offered]
        # An adult chooses: nobody publishes by pressing on. A child's words begin among the people here.
        access.initial = chosen or (Access.HABITAT if for_minor else None)
        circle.choices = [("", _("Choose one")), *((key, c.name) for key, c in self._circles.items())]
        if not circles:
            del self.fields["circle"]

    def clean(self) -> dict[str, Any]:
        """Ask for the circle where one was chosen."""
        values = super().clean() or {}
        chosen = values.get("access") == Access.CIRCLE
        values["circle"] = self._circles.get(values.get("circle", "")) if chosen else None
        if chosen and values["circle"] is None and "circle" not in self.errors:
            self.add_error("circle", _("Choose which of your circles it is for."))
        return values


def _with_note(access: Access, *, for_minor: bool) -> str:
    notes = {
        Access.PUBLIC: _("on the web, and as a thread in the tapestry"),
        Access.HABITAT: _("only after signing in"),
        Access.CIRCLE: _("only those you let in; erased when you leave"),
        Access.ONLY_ME: _("erased when you leave"),
    }
    if for_minor:
        notes[Access.PUBLIC] = _(
            "your words without your name; photos and your voice stay among the people here"
        )
    return format_html('{}<span class="note">{}</span>', capfirst(access.label), notes[access])
