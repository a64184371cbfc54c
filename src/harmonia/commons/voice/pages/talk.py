"""The conversation: what waits for a stance, what all agree on, and a map of statements without people."""

from collections.abc import Sequence
from dataclasses import dataclass
from secrets import randbelow
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from harmonia.commons.voice import queries
from harmonia.commons.voice.actions.talking import TALKING
from harmonia.commons.voice.models import Statement, Upgrade

if TYPE_CHECKING:
    from harmonia.science.choice.opinions import OpinionGroup, OpinionMap

WIDTH, HEIGHT, EDGE = 640, 420, 40  # of the map's drawing
QUICK, STEADY = 0, 40  # bootstrap draws


def the_map(upgrade: Upgrade, *, draws: int = QUICK) -> "OpinionMap":
    """Return the map of a conversation from its last stances; the same stances give the same map."""
    from harmonia.science.choice.opinions import Statement as Shown
    from harmonia.science.choice.opinions import Vote, opinion_map

    said = Statement.objects.filter(upgrade=upgrade, hidden=False)
    votes = [Vote(str(token), str(pk), stance) for pk, token, stance in queries.reactions(upgrade)]
    return opinion_map(votes, [Shown(str(s.pk), s.text) for s in said], draws=draws)


def conversation(person: Any, upgrade: Upgrade) -> dict[str, Any]:
    """Return the page of a conversation: the next statement to take a stance on, then what all agree on."""
    mine = queries.mine(person, upgrade)
    heard = queries.heard(upgrade)
    is_on = upgrade.state in TALKING
    return {
        "upgrade": upgrade,
        "is_on": is_on,
        "may_talk": is_on and person.is_authenticated and person.has_perm("voice.propose_option"),
        "next": _next(upgrade, mine) if person.is_authenticated and is_on else None,
        "answered": len([h for h in heard if h.statement.pk in mine]),
        "total": len(heard),
        "people": len({token for _s, token, _stance in queries.reactions(upgrade)}),
        "mine": [(h.statement, mine[h.statement.pk]) for h in heard if h.statement.pk in mine],
    }


def _next(upgrade: Upgrade, mine: dict[int, int]) -> Statement | None:
    from harmonia.science.choice.opinions import next_statement

    shown = the_map(upgrade)
    draw = randbelow(1_000_000) / 1_000_000
    chosen = next_statement(shown, {str(pk) for pk in mine}, draw)
    return Statement.objects.filter(pk=int(chosen)).first() if chosen else None


@dataclass(frozen=True)
class Dot:
    """A statement on the map: a number, a place [px], and how many agree, in words."""

    number: int
    statement: Statement
    x: int
    y: int
    agree: str
    people: int
    divides: bool


@dataclass(frozen=True)
class Camp:
    """A group of at least five people who answer alike, and what they say that others do not."""

    name: str
    size: int
    steady: str
    says: tuple[str, ...]


def map_facts(upgrade: Upgrade) -> dict[str, Any]:
    """Return the map's page: consensus first, then statements as dots, then groups where they can be claimed."""
    shown = the_map(upgrade, draws=STEADY)
    said = {h.statement.pk: h for h in queries.heard(upgrade)}
    dots = _dots(shown, said)
    told = {str(pk): heard for pk, heard in said.items() if heard.is_told}
    return {
        "upgrade": upgrade,
        "dots": dots,
        "agree": [told[a.statement] for a in shown.agree if a.statement in told],
        "disagree": [told[a.statement] for a in shown.disagree if a.statement in told],
        "groups": [_camp(group, said) for group in shown.groups if group.size >= queries.FEWEST],
        "no_groups": _why_no_groups(shown),
        "people": shown.participants,
        "width": WIDTH,
        "height": HEIGHT,
    }


def _why_no_groups(shown: "OpinionMap") -> str:
    from harmonia.science.choice.opinions import PEOPLE_FOR_GROUPS

    if shown.groups:
        return ""
    if len(shown.positions) < PEOPLE_FOR_GROUPS:
        words = {"people": len(shown.positions), "needed": PEOPLE_FOR_GROUPS}
        return (
            _("No groups are claimed: %(people)s people have a place on the map, and groups need %(needed)s.")
            % words
        )
    return _("No groups are claimed: everybody answers alike.")


def _dots(shown: "OpinionMap", said: dict[int, queries.Heard]) -> list[Dot]:
    views = [v for v in shown.statements if int(v.statement.id) in said]
    spread = max((abs(part) for v in views for part in v.loading), default=0.0) or 1.0
    extreme = sorted((v.extremity for v in views), reverse=True)[: max(1, len(views) // 4)]
    found = []
    for number, view in enumerate(views, start=1):
        heard = said[int(view.statement.id)]
        x, y = (part / spread for part in view.loading)
        found.append(
            Dot(
                number,
                heard.statement,
                round(WIDTH / 2 + x * (WIDTH / 2 - EDGE)),
                round(HEIGHT / 2 - y * (HEIGHT / 2 - EDGE)),
                _agreement(heard),
                heard.people,
                bool(view.extremity and view.extremity >= extreme[-1]),
            )
        )
    return found


def _agreement(heard: queries.Heard) -> str:
    if not heard.is_told:
        return _("fewer than five took a stance")
    return _("%(percent)s %% agree") % {"percent": heard.agree_percent}


def _camp(group: "OpinionGroup", said: dict[int, queries.Heard]) -> Camp:
    says: Sequence[Any] = group.representative
    words = {
        "stable": _("steady: it is found again and again when people are drawn anew"),
        "doubtful": _("doubtful: it is not always found again when people are drawn anew"),
        "unstable": _("unsteady: do not speak of a group"),
        "unknown": "",
    }
    return Camp(
        _("Group %(letter)s") % {"letter": "ABCDEFGH"[group.number]},
        group.size,
        words[group.verdict],
        tuple(_said(agreement, said) for agreement in says if int(agreement.statement) in said),
    )


def _said(agreement: Any, said: dict[int, queries.Heard]) -> str:
    text = said[int(agreement.statement)].statement.text
    return text if agreement.answer > 0 else _("Disagrees: %(text)s") % {"text": text}
