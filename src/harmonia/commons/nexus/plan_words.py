"""What a feed plan and its advice say, in the language of whoever reads them."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from harmonia.commons.ledger.models import Substance
from harmonia.commons.nexus.words import number

Facts = Mapping[str, Any]


def plan_title(facts: Facts, kilograms: float, days: int) -> str:
    """Return the news of a plan in one line."""
    words = {"kg": number(kilograms, 0), "days": days}
    if facts.get("status") == "edited":
        return _("A changed plan: %(kg)s kg in %(days)d days") % words
    if facts.get("over"):
        return _("The plant is beyond a limit: %(kg)s kg in %(days)d days bring it back") % words
    if facts.get("away_kg"):
        away = number(sum(facts["away_kg"].values()), 0)
        return _("%(kg)s kg fit in %(days)d days; %(away)s kg do not") % (words | {"away": away})
    return _("Everything fits: %(kg)s kg in %(days)d days") % words


def plan_sentences(facts: Facts, days: int, materials: Mapping[str, Substance]) -> list[str]:
    """Return what holds a plan back, what would have to give, and what has to wait."""
    found = [_over(code, at, days) for code, at in facts.get("over", {}).items()]
    if facts.get("needs"):
        needs = _listed([_need(code, value, limit) for code, value, limit in facts["needs"]])
        found.append(_("Taking everything would need %(needs)s.") % {"needs": needs})
    if facts.get("away_kg"):
        found.append(_away(facts["away_kg"], materials))
    if facts.get("tight"):
        held = _listed([_limit_name(code) for code in facts["tight"]])
        found.append(_("What holds the pace: %(limits)s.") % {"limits": held})
    return found


def _away(away_kg: Mapping[str, float], materials: Mapping[str, Substance]) -> str:
    parts = [
        _("%(kg)s kg of %(material)s") % {"kg": number(kg, 0), "material": _inside(materials.get(code, code))}
        for code, kg in sorted(away_kg.items(), key=lambda pair: -pair[1])
    ]
    return _("%(what)s would have to wait or go to compost.") % {"what": _listed(parts)}


def _over(code: str, at: Sequence[int], days: int) -> str:
    words = {"limit": _limit_name(code), "day": max(at)}
    if max(at) >= days:
        return _("Beyond its limit to the end of the plan: %(limit)s.") % words
    return _("Beyond its limit until day %(day)d: %(limit)s.") % words


def _need(code: str, value: float, limit: float) -> str:
    words = {"value": number(value, 2), "limit": number(limit, 2)}
    phrases = {
        "loading": _("%(value)s kg of solids that rot for each m³ and day (the limit is %(limit)s)"),
        "rise": _(
            "a rise of the loading by %(value)s kg for each m³ above its last week (the limit is %(limit)s)"
        ),
        "throughput": _("%(value)s kg of feed a day (the shortest stay in the digester allows %(limit)s)"),
        "share": _("%(value)s times the share of one material that its limit allows"),
        "acid_ratio": _("acids over buffer of %(value)s (the limit is %(limit)s)"),
        "acids": _("acids of %(value)s kg/m³ (the limit is %(limit)s)"),
        "free_ammonia": _("free ammonia of %(value)s kg N/m³ (the limit is %(limit)s)"),
        "ammonium": _("ammonium of %(value)s kg N/m³ (the limit is %(limit)s)"),
        "gas_store": _("a gas store of %(value)s m³ (there are %(limit)s)"),
        "gas_use": _("users of %(value)s m³ of gas a day (there are %(limit)s)"),
    }
    return phrases[code] % words


def _limit_name(code: str) -> str:
    names = {
        "loading": _("how much may go in"),
        "rise": _("how fast the feed may rise"),
        "throughput": _("how long feed stays in the digester"),
        "share": _("the share of one material"),
        "acid_ratio": _("acids over buffer"),
        "acids": _("acids"),
        "free_ammonia": _("free ammonia"),
        "ammonium": _("ammonium"),
        "gas_store": _("the gas store"),
        "gas_use": _("who uses the gas"),
        "": _("the plan"),
    }
    return names.get(code, code)


def _inside(material: object) -> str:
    """Return a material's name as it stands inside a sentence."""
    name = str(material)
    return name[:1].lower() + name[1:]


def _listed(parts: Sequence[str]) -> str:
    if len(parts) == 1:
        return parts[0]
    return _("%(first)s and %(last)s") % {"first": ", ".join(parts[:-1]), "last": parts[-1]}


def advice_sentence(advice: Facts, material: Substance) -> str:
    """Return what one material would do this week."""
    kg = number(advice["kg"], 0 if advice["kg"] >= 10 else 1)
    words: dict[str, Any] = {"kg": kg, "material": _inside(material), "limit": _limit_name(advice["because"])}
    if advice["kind"] == "waits":
        return _("Please keep %(material)s for another week: no room is left by %(limit)s.") % words
    if advice["kind"] == "welcome":
        hours = round(advice["hours"])
        text = ngettext(
            "Up to %(kg)s kg of %(material)s has room: about %(hours)d hour of cooking.",
            "Up to %(kg)s kg of %(material)s has room: about %(hours)d hours of cooking.",
            hours,
        )
        return text % (words | {"hours": hours})
    words |= {"before": number(advice["before"], 2), "after": number(advice["after"], 2)}
    return _helps(advice["because"]) % words


def _helps(because: str) -> str:
    reasons = {
        "carbon_to_nitrogen": _(
            "%(kg)s kg of %(material)s would help: carbon over nitrogen of the feed rises from %(before)s to %(after)s."
        ),
        "free_ammonia": _(
            "%(kg)s kg of %(material)s would help: free ammonia falls from %(before)s to %(after)s kg N/m³."
        ),
        "ammonium": _(
            "%(kg)s kg of %(material)s would help: ammonium falls from %(before)s to %(after)s kg N/m³."
        ),
        "acid_ratio": _(
            "%(kg)s kg of %(material)s would help: acids over buffer fall from %(before)s to %(after)s."
        ),
        "acids": _("%(kg)s kg of %(material)s would help: acids fall from %(before)s to %(after)s kg/m³."),
    }
    return reasons[because]
