"""Read what anybody needs to check a vote, and who checked it."""

from dataclasses import dataclass
from typing import Any

from harmonia.commons.people.actions import token_of
from harmonia.commons.people.models import Person
from harmonia.commons.people.queries import people_behind
from harmonia.commons.voice import box, logbook, papers, roll
from harmonia.commons.voice.cells import SMALL_VOTE
from harmonia.commons.voice.models import DECIDED, BallotKind, Checkpoint, LogEntry, Recounter, Upgrade
from harmonia.science.choice.transparency import receipt, receipt_to_dict

TAKEN_BACK = {"cast": "void", "rank": "unrank"}


@dataclass(frozen=True)
class Found:
    """Where a sealed ballot or order is: waiting for its handful, or in the log; whether it stands, or was replaced.

    `receipt` is the proof as data (harmonia-receipt/1), None while it waits; `is_order`: of an order of outcomes.
    """

    seal: str
    place: int | None
    stands: bool
    receipt: dict[str, object] | None
    is_order: bool = False


def find_seal(upgrade: Upgrade, seal: str) -> Found | None:
    """Return where a receipt's ballot is; None for a seal this vote does not know."""
    asked = "".join(seal.split()).lower()
    put_in = LogEntry.objects.filter(upgrade=upgrade, what__in=TAKEN_BACK, digest=asked).first()
    newest = logbook.newest(upgrade)
    if put_in is None or newest is None:
        return None
    taken = LogEntry.objects.filter(upgrade=upgrade, what=TAKEN_BACK[put_in.what], digest=asked)
    stands, is_order = not taken.exists(), put_in.what == "rank"
    if put_in.place is None:
        return Found(asked, None, stands, None, is_order)
    signed = logbook.read_checkpoint(logbook.note(newest))
    made = receipt(logbook.entries(upgrade), put_in.place, signed)
    return Found(asked, put_in.place, stands, receipt_to_dict(made), is_order)


def checkpoints(upgrade: Upgrade) -> list[Checkpoint]:
    """Return the signed checkpoints of a vote's log, the newest first."""
    return list(Checkpoint.objects.filter(upgrade=upgrade).order_by("-size"))


def is_small(upgrade: Upgrade) -> bool:
    """Return whether nobody but sworn recounters gets ballots."""
    return box.papers(upgrade) < SMALL_VOTE


def may_fetch_bundle(person: Any, upgrade: Upgrade) -> bool:
    """Return whether a visitor may have every ballot with its salt, which opens receipts: a sworn recounter."""
    return bool(upgrade.bundle) and is_sworn(person, upgrade)


def is_sworn(person: Any, upgrade: Upgrade) -> bool:
    """Return whether somebody took the oath of this vote's recounters."""
    if not person.is_authenticated:
        return False
    return Recounter.objects.filter(upgrade=upgrade, token=token_of(person), sworn_at__isnull=False).exists()


def is_asked(person: Any, upgrade: Upgrade) -> bool:
    """Return whether somebody was asked to recount this vote."""
    return bool(
        person.is_authenticated and Recounter.objects.filter(upgrade=upgrade, token=token_of(person)).exists()
    )


@dataclass(frozen=True)
class Recount:
    """A recounter by chosen name, and what they found; None: not yet."""

    name: str
    sworn: bool
    agrees: bool | None
    words: str


def recounts(upgrade: Upgrade) -> list[Recount]:
    """Return who was asked to recount, and what they found."""
    found = list(Recounter.objects.filter(upgrade=upgrade))
    here = people_behind(recounter.token for recounter in found)
    return [
        Recount(here[r.token].name if r.token in here else "", r.sworn_at is not None, r.agrees, r.words)
        for r in found
    ]


def decided_for(person: Person) -> list[tuple[Upgrade, dict[str, Any]]]:
    """Return the decided votes somebody was on the roll of, with what their own browser needs to see what they did.

    It is what everybody can read (winners, prices, what was lost) and the mark of their own drawer; no ballot.
    """
    decided = Upgrade.objects.filter(state__in=DECIDED).order_by("-decided_at")
    mine = [upgrade for upgrade in decided if roll.place_of(person, upgrade) is not None]
    return [(upgrade, _public_facts(person, upgrade)) for upgrade in mine]


def _public_facts(person: Person, upgrade: Upgrade) -> dict[str, Any]:
    titles = dict(upgrade.options.values_list("code", "title"))
    result, decision = upgrade.result or {}, upgrade.decision or {}
    lost = [code for code in decision.get("reasons", {}) if code not in decision.get("winners", [])]
    return {
        "vote": str(upgrade.pk),
        "mark": papers.drawer(upgrade.pk, str(roll.voter_of(person, upgrade))),
        "title": upgrade.title,
        "currency": upgrade.currency,
        "scored": upgrade.ballot_kind == BallotKind.SCORE,
        "endowment": str(result["endowment"]) if result.get("endowment") is not None else None,
        "rounds": [step | {"title": titles.get(step["project"], "")} for step in result.get("rounds", [])],
        "lost": [{"project": code, "title": titles.get(code, "")} for code in lost],
    }
