"""The ballot and its receipt, as one voter's own browser shows them."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from harmonia.commons.people.models import Person
from harmonia.commons.voice import box, content, papers, queries, roll
from harmonia.commons.voice.errors import Refused
from harmonia.commons.voice.forms import BallotForm
from harmonia.commons.voice.forms.ballot import filled
from harmonia.commons.voice.models import Ballot, Option, Upgrade


@dataclass(frozen=True)
class Drawer:
    """Where this browser keeps this voter's key of this vote, the key, and the ballot that lies under it."""

    cookie: str
    key: str
    ballot: Ballot | None


def drawer_of(request: HttpRequest, person: Person, upgrade: Upgrade) -> Drawer:
    """Return what this browser holds; the key is "" where it holds none."""
    cookie = papers.drawer(upgrade.pk, str(roll.voter_of(person, upgrade)))
    key = request.COOKIES.get(cookie, "")
    try:
        ballot = box.find(upgrade, papers.paper_of(upgrade.pk, key)) if key else None
    except Refused:
        key, ballot = "", None
    return Drawer(cookie, key, ballot)


def offered(upgrade: Upgrade) -> list[Option]:
    """Return the options people choose about."""
    return [option for option in upgrade.options.all() if option.is_on_ballot]


def left(upgrade: Upgrade) -> int:
    """Return what is left of the budget after what must be."""
    return upgrade.budget - sum(option.cost for option in queries.mandatory(upgrade))


def ballot_form(upgrade: Upgrade, drawer: Drawer, data: Any = None) -> BallotForm:
    """Return the form, filled with the ballot that this browser's key opens while voting is on."""
    initial = filled(content.read(drawer.ballot.content, drawer.ballot.priorities)) if drawer.ballot else {}
    return BallotForm(upgrade, offered(upgrade), data, initial=initial)


def facts(
    upgrade: Upgrade, drawer: Drawer, form: BallotForm, *, voted: bool, typed: str = ""
) -> dict[str, Any]:
    """Return what the ballot's page shows."""
    seals = (drawer.ballot.seal, drawer.ballot.order_seal) if drawer.ballot else ()
    chosen = [row.option for row in form.rows if _has_points(row.field.value())]
    cost = sum(option.cost for option in chosen)
    budget = left(upgrade)
    return {
        "upgrade": upgrade,
        "form": form,
        "budget": budget,
        "cost": cost,
        "over": cost > budget,
        "has_ballot": drawer.ballot is not None,
        "lost_key": voted and drawer.ballot is None,
        "key": drawer.key if drawer.ballot else "",
        "receipts": [found for seal in seals if (found := queries.find_seal(upgrade, seal))],
        "handful": box.HANDFUL,
        "mark": drawer.cookie,
        "typed": typed,
    }


def _has_points(value: Any) -> bool:
    return value not in (None, "", "0", False, "False")
