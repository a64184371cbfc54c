"""What the states of a ritual are called among people, and what to do in each."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise

STATES: dict[str, Text] = {
    "announced": _("announced"),
    "gathering": _("gathering"),
    "sharing": _("sharing"),
    "unveiling": _("unveiling"),
    "choosing": _("choosing"),
    "activating": _("switching over"),
    "celebrating": _("celebrating"),
    "closed": _("closed"),
    "paused": _("paused"),
    "called_off": _("called off"),
}

NEWS: dict[str, Text] = {
    "announced": _("The ritual was announced"),
    "gathering": _("We are gathering"),
    "sharing": _("We share what we brought"),
    "unveiling": _("This is what the plant could become"),
    "choosing": _("We choose"),
    "activating": _("The plant is being switched over"),
    "celebrating": _("We celebrate"),
    "closed": _("The ritual is closed"),
    "paused": _("We pause for a moment"),
    "called_off": _("The ritual was called off"),
}
"""The heading of the room in each state: news, not nouns."""

HINTS: dict[str, Text] = {
    "announced": _("It has not begun. What you offer now opens it."),
    "gathering": _("Hold the light, and see how many of us are here."),
    "sharing": _("Answer the question, or offer a thing or a story."),
    "unveiling": _("Look at the screen. Hold the light when something moves you."),
    "choosing": _("Members vote. Guests can say what they think."),
    "activating": _("Press when you stand behind it. Somebody on site does it by hand."),
    "celebrating": _("It is done. Say what you take home."),
    "closed": _("Thank you. Everything that was shown is kept."),
    "paused": _("Stay if you can. Your place and your words are kept."),
    "called_off": _("Nothing was switched over. What was shown is kept."),
}

NEXT: dict[str, tuple[Text, Text]] = {
    "announced": (
        _("Let people in"),
        _("The doors open: the screen shows who is here and what the call brought."),
    ),
    "gathering": (
        _("Begin to share"),
        _("Things, stories and answers come to the screen as you release them."),
    ),
    "sharing": (
        _("Unveil what the plant could become"),
        _("The screen shows what the model foresees, with its range."),
    ),
    "unveiling": (_("Let people choose"), _("The vote opens if it is not open yet. Guests can still speak.")),
    "celebrating": (_("Close the ritual"), _("The record stays open to everybody.")),
}
"""The button that leads on from a state, and what it does."""


def state_news(old: str, new: str) -> Text:
    """Return what a step was, for the timeline."""
    return _("We go on") if old == "paused" and new != "called_off" else NEWS[new]
