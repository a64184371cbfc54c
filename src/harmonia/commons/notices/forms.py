"""Choose how to hear."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from harmonia.commons.notices import queries
from harmonia.commons.notices.models import Channel, Kind
from harmonia.commons.people.models import Person

ABOUT = {
    Kind.ALARM: _("The plant needs something, or a material is closed."),
    Kind.COVENANT: _("What you promised to bring, week by week."),
    Kind.UPGRADE: _("A vote opens, closes, or what was chosen starts to run."),
    Kind.STORY: _("Somebody tells a story about something that was made here."),
    Kind.NEWS: _("Everything else, now and then."),
}


class PreferencesForm(forms.Form):
    """One channel for each kind of notice."""

    def __init__(self, person: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = queries.preferences(person)
        guard = queries.hears_every_alarm(person)
        for kind in Kind:
            fixed = guard and kind == Kind.ALARM
            self.fields[kind.value] = forms.ChoiceField(
                label=kind.label,
                help_text=_("You look after the plant, so alarms stay on your page.")
                if fixed
                else ABOUT[kind],
                choices=[c for c in Channel.choices if not (fixed and c[0] == Channel.OFF)],
                widget=forms.RadioSelect,
                initial=now[kind].value,
            )
