"""What holds the microbes back, in the language of whoever reads it; the model says it in its own."""

import re
from collections.abc import Iterable

from django.utils.translation import gettext as _

# With several digesters the model begins each sentence with the name of the one it is about.
_HOLDS = re.compile(r"(?P<tank>.+: )?(?P<cause>[^:]+) holds (?P<group>.+) at (?P<percent>\d+) %")
_TRACE = re.compile(
    r"(?P<tank>.+: )?Trace elements: the digester has (?P<percent>\d+) % of what it needs.*", re.DOTALL
)


def held_back_in_words(sentences: Iterable[str]) -> list[str]:
    """Return who is held back by what, at which share of their speed; other sentences as they are."""
    return [_in_words(sentence) for sentence in sentences]


def _in_words(sentence: str) -> str:
    if found := _HOLDS.fullmatch(sentence):
        text = _("%(cause)s holds %(group)s at %(percent)s %%")
        cause, group = _causes().get(found["cause"]), _groups().get(found["group"])
        if cause and group:
            told = text % {"cause": cause, "group": group, "percent": found["percent"]}
            return (found["tank"] or "") + told
    if found := _TRACE.fullmatch(sentence):
        text = _(
            "The digester has %(percent)s %% of the trace elements it needs (Banks et al. 2012). Without them acids"
            " build up on food waste; a dose of selenium and cobalt helps, and manure brings them too."
        )
        return (found["tank"] or "") + text % {"percent": found["percent"]}
    return sentence


def _causes() -> dict[str, str]:
    return {
        "pH": _("pH"),
        "free ammonia": _("free ammonia"),
        "hydrogen": _("hydrogen"),
        "want of nitrogen": _("want of nitrogen"),
        "temperature": _("temperature"),
        "want of trace elements": _("want of trace elements"),
    }


def _groups() -> dict[str, str]:
    return {
        "propionate users": _("propionate users"),
        "acetate users": _("acetate users"),
        "hydrogen users": _("hydrogen users"),
        "acetate oxidisers": _("acetate oxidisers"),
    }
