"""Tell everybody who may vote what happens to a vote."""

from datetime import datetime

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from harmonia.commons.notices.actions import notify_many
from harmonia.commons.voice import queries, roll
from harmonia.commons.voice.models import Upgrade

Text = str | Promise


def options_opened(upgrade: Upgrade, *, at: datetime | None) -> None:
    """Say that anybody can propose an option, and talk."""
    text = _("“{title}”: propose an option, say what you think, and read what the model foresees.")
    _tell(upgrade, _("A question is open"), format_lazy(text, title=upgrade.title), at)


def vote_opened(upgrade: Upgrade, *, at: datetime | None) -> None:
    """Say that voting is on, and that the ballot is secret."""
    text = _(
        "“{title}”: your ballot is secret, and you can change it until the vote closes. Nobody has to tell how they"
        " voted."
    )
    _tell(upgrade, _("A vote is open"), format_lazy(text, title=upgrade.title), at)


def vote_closed(upgrade: Upgrade, *, at: datetime | None) -> None:
    """Say what was chosen."""
    chosen = [option.title for option in queries.winners(upgrade)]
    if chosen:
        text = format_lazy(
            _("Chosen for “{title}”: {chosen}."), title=upgrade.title, chosen=", ".join(chosen)
        )
    else:
        text = format_lazy(_("Nothing was chosen for “{title}”. The page says why."), title=upgrade.title)
    _tell(upgrade, _("A vote is decided"), text, at)


def scheduled(upgrade: Upgrade, *, at: datetime | None) -> None:
    """Say on which day it is put into force."""
    day = date_format(upgrade.scheduled_for, "DATE_FORMAT") if upgrade.scheduled_for else ""
    text = format_lazy(_("“{title}” is put into force on {day}. Come and see."), title=upgrade.title, day=day)
    _tell(upgrade, _("The day is set"), text, at)


def activated(upgrade: Upgrade, *, at: datetime | None) -> None:
    """Say that what was chosen runs."""
    text = format_lazy(_("“{title}” is in force. The page compares before and after."), title=upgrade.title)
    _tell(upgrade, _("What you chose runs now"), text, at)


def accounted(upgrade: Upgrade, *, at: datetime | None) -> None:
    """Say that there is an account of it."""
    text = format_lazy(_("“{title}”: what was foreseen, and what became of it."), title=upgrade.title)
    _tell(upgrade, _("What became of your choice"), text, at)


def _tell(upgrade: Upgrade, subject: Text, text: Text, at: datetime | None) -> None:
    page = reverse("upgrade", args=[upgrade.pk])
    notify_many(roll.electorate(), kind="upgrade", subject=subject, text=text, link=page, at=at)
