"""Tell everybody who may vote what happens to a vote."""

from datetime import datetime

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from harmonia.commons.notices.actions import notify_many
from harmonia.commons.voice import queries
from harmonia.commons.voice.models import Upgrade

Text = str | Promise


def vote_opened(upgrade: Upgrade, *, at: datetime | None) -> None:
    """Say that voting is on, and that it is an open vote."""
    text = _(
        "“{title}”: approve every option you could live with; you can change it until the vote closes."
        " It is an open vote: other members can see what you approve."
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


def activated(upgrade: Upgrade, *, at: datetime | None) -> None:
    """Say that what was chosen runs."""
    text = format_lazy(_("“{title}” is in force. The page compares before and after."), title=upgrade.title)
    _tell(upgrade, _("What you chose runs now"), text, at)


def _tell(upgrade: Upgrade, subject: Text, text: Text, at: datetime | None) -> None:
    page = reverse("upgrade", args=[upgrade.pk])
    notify_many(queries.electorate(), kind="upgrade", subject=subject, text=text, link=page, at=at)
