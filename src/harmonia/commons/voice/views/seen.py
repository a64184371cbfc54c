"""What a visitor can see, or 404."""

from typing import cast

from django.http import Http404, HttpRequest

from harmonia.commons.people.models import Person
from harmonia.commons.voice import queries
from harmonia.commons.voice.models import Option, Statement, Upgrade

NO_STORE = {"Cache-Control": "no-store"}


def seen(request: HttpRequest, number: int) -> Upgrade:
    """Return an upgrade this visitor can see."""
    found = queries.upgrade_for(request.user, number)
    if found is None:
        raise Http404
    return found


def option_of(upgrade: Upgrade, number: int) -> Option:
    """Return an option of an upgrade."""
    found = queries.option_for(upgrade, number)
    if found is None:
        raise Http404
    return found


def statement_of(upgrade: Upgrade, number: int) -> Statement:
    """Return a statement of an upgrade's conversation."""
    found = Statement.objects.filter(upgrade=upgrade, pk=number).first()
    if found is None:
        raise Http404
    return found


def member(request: HttpRequest) -> Person:
    """Return who is signed in."""
    return cast(Person, request.user)
