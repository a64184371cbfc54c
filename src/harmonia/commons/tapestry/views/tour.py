"""The tour of the cloth through the neighbourhood."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from harmonia.commons.people.models import Person
from harmonia.commons.tapestry import actions, queries
from harmonia.commons.tapestry.codes import qr_svg
from harmonia.commons.tapestry.forms import ReplyForm, StopForm
from harmonia.commons.tapestry.models import Stop


def found_stop(code: str) -> Stop:
    """Return a stop, or answer 404."""
    stop = queries.stop(code)
    if stop is None:
        raise Http404
    return stop


@require_GET
def tapestry_tour(request: HttpRequest) -> HttpResponse:
    """Show where the cloth hangs, will hang and hung."""
    context = {"stops": queries.stops(), "past": queries.past_stops()}
    return render(request, "tapestry/tour.html", context)


@login_required
@permission_required("tapestry.exhibit", raise_exception=True)
@require_http_methods(["GET", "POST"])
def tapestry_stop_new(request: HttpRequest) -> HttpResponse:
    """Plan a stop."""
    form = StopForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            stop = actions.plan_stop(cast(Person, request.user), **form.cleaned_data)
        except actions.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The stop is planned. Print its code and hang it beside the cloth."))
            return redirect("tapestry_stop", stop.code)
    return render(request, "tapestry/stop_new.html", {"form": form}, status=422 if form.is_bound else 200)


@require_GET
def tapestry_stop(request: HttpRequest, code: str) -> HttpResponse:
    """Show one stop: where its code leads."""
    stop = found_stop(code)
    context = {
        "stop": stop,
        "is_open": queries.is_open(stop),
        "replies": queries.replies(stop),
        "form": ReplyForm(),
    }
    return render(request, "tapestry/stop.html", context)


@login_required
@permission_required("tapestry.exhibit", raise_exception=True)
@require_http_methods(["GET", "POST"])
def tapestry_stop_cancel(request: HttpRequest, code: str) -> HttpResponse:
    """Take a stop off the tour."""
    stop = found_stop(code)
    if request.method == "POST":
        try:
            actions.cancel_stop(cast(Person, request.user), stop)
        except actions.Refused as refusal:
            messages.error(request, str(refusal))
        return redirect("tapestry_tour")
    return render(request, "tapestry/stop_cancel.html", {"stop": stop})


@require_GET
def tapestry_stop_qr(request: HttpRequest, code: str) -> HttpResponse:
    """Show the QR code that leads to a stop."""
    address = request.build_absolute_uri(reverse("tapestry_stop", args=[found_stop(code).code]))
    return HttpResponse(qr_svg(address), content_type="image/svg+xml")
