"""How anybody checks a vote, and what the paper desk works with."""

from typing import Any

from harmonia.commons.people.models import Person
from harmonia.commons.voice import box, cells, frozen, logbook, queries, roll
from harmonia.commons.voice.models import LogEntry, SheetReading, Upgrade, Voter, Witness


def check_facts(person: Any, upgrade: Upgrade) -> dict[str, Any]:
    """Return what the page of checks shows this visitor."""
    newest = logbook.newest(upgrade)
    return {
        "upgrade": upgrade,
        "rule_name": queries.rule_name(upgrade),
        "intact": queries.is_intact(upgrade),
        "terms": frozen.terms_of(upgrade.frozen),
        "checkpoint": logbook.note(newest) if newest else "",
        "size": newest.size if newest else 0,
        "waiting": LogEntry.objects.filter(upgrade=upgrade, place__isnull=True).count(),
        "handful": box.HANDFUL,
        "witnesses": list(Witness.objects.filter(upgrade=upgrade).values_list("name", flat=True)),
        "cosigned": newest.cosignatures.count() if newest else 0,
        "small": queries.is_small(upgrade),
        "small_vote": cells.SMALL_VOTE,
        "may_fetch": queries.may_fetch_bundle(person, upgrade),
        "recounts": queries.recounts(upgrade),
        "asked_to_recount": queries.is_asked(person, upgrade),
        "sworn": queries.is_sworn(person, upgrade),
        "may_ask": person.is_authenticated and person.has_perm("voice.open_vote"),
        "names": _names(upgrade) if person.is_authenticated else [],
    }


def _names(upgrade: Upgrade) -> list[str]:
    """Return the chosen names on the roll; who voted is not told."""
    voters = set(Voter.objects.filter(upgrade=upgrade).values_list("voter", flat=True))
    return sorted(p.name for p in roll.electorate(upgrade) if roll.voter_of(p, upgrade) in voters)


def desk_facts(upgrade: Upgrade) -> dict[str, Any]:
    """Return what the desk works with: who can still take a sheet, and how many wait for a second reader."""
    return {
        "upgrade": upgrade,
        "people": _without_ballot(upgrade),
        "once": SheetReading.objects.filter(upgrade=upgrade).count(),
    }


def _without_ballot(upgrade: Upgrade) -> list[Person]:
    free = set(Voter.objects.filter(upgrade=upgrade, voted=False).values_list("voter", flat=True))
    people = [p for p in roll.electorate(upgrade) if roll.voter_of(p, upgrade) in free]
    return sorted(people, key=lambda person: person.name)
