"""Pages of promises, and the page of what people do together."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from harmonia.commons.covenants import actions, coming, queries
from harmonia.commons.covenants.forms import CovenantForm
from harmonia.commons.covenants.models import Covenant
from harmonia.commons.covenants.weeks import today
from harmonia.commons.people.models import Person


@require_GET
def together(request: HttpRequest) -> HttpResponse:
    """Show what people do together, and what is coming."""
    person = request.user if request.user.is_authenticated else None
    facts = {"coming": coming.coming(person), "places": coming.places(person), "resting": coming.resting()}
    return render(request, "covenants/together.html", facts)


@require_GET
def covenants(request: HttpRequest) -> HttpResponse:
    """Show what the community promised and kept, as totals, and one's own covenants."""
    weeks = queries.community_weeks(today())
    mine = queries.covenants_of(request.user) if request.user.is_authenticated else []
    facts = {
        "weeks": weeks,
        "now": weeks[-1],
        "any_shown": any(week.shown for week in weeks),
        "mine": [(covenant, queries.this_week(covenant)) for covenant in mine],
    }
    return render(request, "covenants/covenants.html", facts)


@login_required
@require_http_methods(["GET", "POST"])
def covenant_new(request: HttpRequest) -> HttpResponse:
    """Let a person write down a promise."""
    form = CovenantForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            covenant = actions.offer(cast(Person, request.user), **form.cleaned_data)
        except actions.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("covenant", covenant.pk)
    return render(request, "covenants/new.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@require_GET
def covenant(request: HttpRequest, number: int) -> HttpResponse:
    """Show one's own covenant, week by week."""
    found = _own(request, number)
    weeks = queries.weeks_of(found, today())
    over = [week for week in weeks if week.over]
    facts = {
        "covenant": found,
        "weeks": weeks[::-1],
        "now": queries.this_week(found),
        "over": len(over),
        "kept": sum(week.standing == "kept" for week in over),
    }
    return render(request, "covenants/covenant.html", facts)


@login_required
@require_POST
def covenant_begin(request: HttpRequest, number: int) -> HttpResponse:
    """Let the promise count."""
    found = _own(request, number)
    try:
        actions.begin(cast(Person, request.user), found)
    except actions.Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Thank you. The Nexus counts on it now."))
    return redirect("covenant", number)


@login_required
@require_http_methods(["GET", "POST"])
def covenant_end(request: HttpRequest, number: int) -> HttpResponse:
    """Ask once, then end it."""
    found = _own(request, number)
    if request.method == "GET":
        return render(request, "covenants/end.html", {"covenant": found})
    try:
        actions.end(cast(Person, request.user), found)
    except actions.Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Your covenant has ended. Thank you for every week of it."))
    return redirect("covenants")


def _own(request: HttpRequest, number: int) -> Covenant:
    found = queries.covenant_of(cast(Person, request.user), number)
    if found is None:
        raise Http404
    return found
