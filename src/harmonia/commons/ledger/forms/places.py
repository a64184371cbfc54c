"""What people type to open a place."""

from django import forms
from django.utils.translation import gettext_lazy as _

from harmonia.commons.ledger.models import Holder

PLACES = (Holder.Kind.POINT, Holder.Kind.COMPOST, Holder.Kind.GARDEN, Holder.Kind.WORKSHOP)


class PointForm(forms.Form):
    """A new place: a collection point, a compost bay, a garden bed, a workshop."""

    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=[(kind.value, kind.label) for kind in PLACES],
        widget=forms.RadioSelect,
        initial=Holder.Kind.POINT,
    )
    name = forms.CharField(
        label=_("Name"), max_length=120, help_text=_("What people call it, like 'Linden yard'.")
    )
    where = forms.CharField(
        label=_("Where is it?"),
        max_length=120,
        help_text=_("A place everybody knows. Never somebody's home address."),
    )
    code = forms.SlugField(
        label=_("Short code"),
        max_length=60,
        help_text=_("For its link and its poster: small letters, digits, dashes."),
    )

    def clean_code(self) -> str:
        """Refuse a code that is taken."""
        code = str(self.cleaned_data["code"])
        if Holder.objects.filter(code=code).exists():
            raise forms.ValidationError(_("This code is taken. Choose another one."))
        return code
