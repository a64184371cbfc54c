"""The books, and taking back what was typed by mistake."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from harmonia.commons.ledger import actions, queries
from harmonia.commons.ledger.models import Holder, Movement
from harmonia.commons.people.actions import token_of
from harmonia.commons.people.models import Person


@login_required
@require_POST
def take_back(request: HttpRequest, movement: int) -> HttpResponse:
    """Reverse one's own drop-off while it is still at its point, or anybody's with the permission."""
    person = cast(Person, request.user)
    found = get_object_or_404(Movement, pk=movement)
    own = queries.own_drop_off(person, movement) is not None
    if not own and not person.has_perm("ledger.reverse_movement"):
        return render(request, "404.html", status=404)
    try:
        actions.reverse(found, recorder=token_of(person), reason=_("typed by mistake"))
    except actions.Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Taken back. The books keep both, and they cancel out."))
    return redirect("thread")


@login_required
@require_GET
def books(request: HttpRequest) -> HttpResponse:
    """Show the newest movements to members, homes without names."""
    before = request.GET.get("before", "")
    page = queries.movements(int(before) if before.isdigit() and len(before) < 16 else None)
    return render(
        request,
        "ledger/books.html",
        {
            "movements": page,
            "next": page[-1].pk if len(page) == 50 else None,
            "unexplained": queries.unexplained() if not before else None,
        },
    )


@login_required
@require_GET
def who_fed(request: HttpRequest, code: str) -> HttpResponse:
    """Show members what a place inside the habitat holds, by what fed it; no household is named."""
    place = get_object_or_404(Holder, code=code, boundary=False)
    fed = queries.who_fed(place, cast(Person, request.user))
    return render(request, "ledger/who_fed.html", {"holder": place, "fed": fed})
