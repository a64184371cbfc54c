"""The site's hygiene rules and what a batch's record proves, read with `science.soil`."""

import json
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from harmonia.commons.journal.rows import first
from harmonia.commons.journal.sentences import in_words
from harmonia.commons.ledger.errors import Refused
from harmonia.commons.ledger.models import Balance, Batch, HygieneChoice, Substance

if TYPE_CHECKING:
    from harmonia.science.soil import RuleSet, Treatment, Verdict

NO_RULES = "none"


def choice() -> HygieneChoice | None:
    """Return what the site chose last."""
    return HygieneChoice.objects.order_by("-id").first()


def rules_in_force() -> "RuleSet":
    """Return the rule set of the site; `none` until one was chosen."""
    chosen = choice()
    return rules_of(chosen.rules if chosen else NO_RULES)


def rules_of(code: str) -> "RuleSet":
    """Return a rule set; raises Refused when there is none of this code."""
    from harmonia.science.soil import HygieneError, rule_set

    try:
        return rule_set(code)
    except HygieneError as error:
        raise Refused(f"{in_words(error)} {_('Nothing was changed.')}") from error


def treatment_of(rules: str, code: str) -> "Treatment":
    """Return a treatment of a rule set; raises Refused when there is none of this code."""
    from harmonia.science.soil import HygieneError

    try:
        return rules_of(rules).treatment(code)
    except HygieneError as error:
        raise Refused(f"{in_words(error)} {_('Nothing was changed.')}") from error


def check_optional(materials: Collection[str]) -> None:
    """Raise Refused for a material that no site can turn on."""
    from harmonia.science.soil import optional_materials

    if strange := sorted(set(materials) - optional_materials()):
        raise Refused(_("'%(code)s' cannot be turned on here. Nothing was changed.") % {"code": strange[0]})


def unwelcome() -> dict[str, str]:
    """Return what is not taken at this site today: material -> pasteuriser (there is none here) or never."""
    chosen = first(f"SELECT rules, pasteuriser, allowed FROM ({_CHOSEN}) chosen")  # noqa: S608 - our own words
    return _unwelcome(*(chosen or (None, None, None)))


def turned_away(substance: Substance) -> tuple[str | None, tuple[str, str] | None]:
    """Return why a material is not taken today: its class (pasteuriser or never), and its closure (reason, instead).

    Both by one question, because every drop-off waits for it.
    """
    found = first(
        f"""SELECT chosen.rules, chosen.pasteuriser, chosen.allowed, closure.reason, closure.instead
        FROM (SELECT 1) asked LEFT JOIN ({_CHOSEN}) chosen ON 1 = 1
        LEFT JOIN ledger_closure closure ON closure.substance_id = %s AND closure.lifted_at IS NULL""",  # noqa: S608
        substance.pk,
    )
    *chosen, reason, instead = found or (None,) * 5
    closure = None if reason is None else (reason, instead)
    return _unwelcome(*chosen).get(substance.feedstock or substance.code), closure


_CHOSEN = "SELECT rules, pasteuriser, allowed FROM ledger_hygienechoice ORDER BY id DESC LIMIT 1"


def _unwelcome(code: str | None, pasteuriser: bool | None, allowed: str | None) -> dict[str, str]:
    open_ways = {"welcome", "pasteuriser"} if pasteuriser else {"welcome"}
    turned_on = set(json.loads(allowed or "[]"))
    return {
        material: found
        for material, found in rules_of(code or NO_RULES).materials.items()
        if found not in open_ways and material not in turned_on
    }


def content_g(batch: Batch) -> int:
    """Return what a batch weighs [g]."""
    return sum(Balance.objects.filter(holder=batch.holder_id).values_list("grams", flat=True))


def verdict(batch: Batch) -> "Verdict":
    """Return whether a batch's heat record, from its closing on, meets its rules."""
    from harmonia.science.soil import HeatRecord, Verdict, judge

    rules = rules_of(batch.rules)
    if not rules.treatments:
        return Verdict(True, 0.0, 0, ())
    if batch.closed_at is None or not batch.treatment:
        return Verdict(False, 0.0, 0, (_("Close the batch first."),))
    since = batch.closed_at.replace(second=0, microsecond=0)
    readings = list(batch.heat.filter(at__gte=since).values_list("at", "celsius"))
    turns = list(batch.turns.filter(at__gte=since).values_list("at", flat=True))
    record = HeatRecord(
        [(at - since).total_seconds() / 3600 for at, _celsius in readings],
        [celsius for _at, celsius in readings],
        [(at - since).total_seconds() / 3600 for at in turns],
        batch.particle_mm,
    )
    return judge(treatment_of(batch.rules, batch.treatment), record)


def proof(batch: Batch, found: "Verdict") -> dict[str, Any]:
    """Return what a release rests on, as it stays in the batch's record."""
    rules = rules_of(batch.rules)
    return {
        "rules": rules.name,
        "edition": rules.edition.isoformat(),
        "source": rules.source,
        "treatment": batch.treatment,
        "hours": round(found.longest_h, 3),
        "turns": found.turns,
        "particle_mm": batch.particle_mm,
    }
