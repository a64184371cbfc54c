"""A household's card: the code by which a scale knows whose bucket it weighs."""

from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from harmonia.commons.ledger import actions, codes, queries
from harmonia.commons.people.models import Person


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def card(request: HttpRequest) -> HttpResponse:
    """Show a person's own card; the first time they ask for it, on a press."""
    person = cast(Person, request.user)
    if request.method == "POST":
        actions.household_of(person)
        return redirect("card")
    code = queries.household_code(person)
    return render(request, "ledger/card.html", {"code": code, "qr": codes.drawing(code) if code else ""})
