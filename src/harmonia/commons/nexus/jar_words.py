"""What jars tell, in the language of whoever reads it."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from harmonia.commons.nexus.words import number

Facts = Mapping[str, Any]


def silence(told: Facts) -> str:
    """Return why a trial tells nothing yet; empty when it does."""
    kind = told.get("silent")
    if kind is None:
        return ""
    if kind == "rising":
        return _("The gas still rises too fast to say where it will end. Read on for some days.")
    if kind == "few":
        return _("There is not enough to tell yet: four readings with some gas are the least.")
    if kind == "trial":
        return _("There is not enough to tell yet: every bottle needs two readings, over the same days.")
    return _("One of the readings cannot be; look at the masses and at how warm the gas was.")


def broken_rules(told: Facts) -> list[str]:
    """Return which rules of the standard a trial breaks, one sentence each."""
    return [_RULES[rule["rule"]](rule) for rule in told.get("broken", [])]


_RULES: Mapping[str, Callable[[Facts], str]] = {
    "blanks": lambda r: (
        _("It has %(count)d blanks; the standard asks for 3 bottles of inoculum only.")
        % {"count": r["number"]}
    ),
    "bottles": lambda r: (
        _("%(what)s has %(count)d bottles; the standard asks for 3.")
        % {"what": _material(r), "count": r["number"]}
    ),
    "unfinished": lambda r: (
        _("%(what)s still makes more than 1 %% of its methane a day; the standard asks for three quiet days.")
        % {"what": _material(r)}
    ),
    "no_control": lambda _r: _(
        "No cellulose was tested beside it, so nobody can tell whether the inoculum works."
    ),
    "only_control": lambda _r: _("Only cellulose was tested."),
    "control_mean": lambda r: (
        _("Cellulose gave %(found)s mL a gram; a valid trial gives 340 to 395.")
        % {"found": number(r["number"], 0)}
    ),
    "control_spread": lambda r: (
        _("The cellulose bottles differ by %(found)s %%; 6 %% is the limit.")
        % {"found": "∞" if r["number"] is None else number(r["number"])}
    ),
}


def _material(rule: Facts) -> str:
    from harmonia.commons.ledger import queries as ledger
    from harmonia.commons.nexus.jar_rows import CONTROL

    return _("Cellulose") if rule["substrate"] == CONTROL else str(ledger.substance(rule["substrate"]))


def narrowed(gained: Facts, material: str, *, own: bool) -> str:
    """Return what a trial did to what is known of its material, to its makers or to others."""
    facts = {
        "material": material,
        "before": number(gained["before"], 0),
        "after": number(gained["after"], 0),
        "bits": number(gained["bits"]),
    }
    if gained["bits"] <= 0 or gained["after"] >= gained["before"]:
        return (
            _(
                "%(material)s: these jars say something else than was thought, and ±%(before)s became ±%(after)s mL a gram."
            )
            % facts
        )
    if own:
        return (
            _("%(material)s: your jars narrowed ±%(before)s to ±%(after)s mL a gram, %(bits)s bits.") % facts
        )
    return _("%(material)s: these jars narrowed ±%(before)s to ±%(after)s mL a gram, %(bits)s bits.") % facts
