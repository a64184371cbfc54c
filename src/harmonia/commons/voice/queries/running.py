"""How what was bought is run, in words."""

import re

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from harmonia.commons.voice.models import Operation, Upgrade

AS_SET = "as-set"
_CODE = re.compile(r"([\d.]+)C-(\d+)-(\w+)-(\d+)")  # as `regime_grid` names a way


def operation(upgrade: Upgrade) -> Operation | None:
    """Return how it is run, or the newest reason why that cannot be said; None while nothing is known."""
    return Operation.objects.filter(upgrade=upgrade).order_by("-id").first()


def way_in_words(code: str) -> str:
    """Return a way to run the plant in words: "37 °C, fed to 70 % of what it takes, ..."."""
    match = _CODE.fullmatch(code)
    if code == AS_SET or match is None:
        return _("as it is set") if code == AS_SET else code
    warm, loading, _mix, stove = match.groups()
    return _("%(warm)s °C, fed to %(loading)s %% of what it takes, %(stove)s %% of the gas to stoves") % {
        "warm": number_format(float(warm), use_l10n=True),
        "loading": loading,
        "stove": stove,
    }


def run_in_words(upgrade: Upgrade) -> str:
    """Return how what was bought is to be run, "" while nobody can say."""
    found = operation(upgrade)
    return way_in_words(found.chosen) if found and found.chosen else ""
