"""The collection points and their posters."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from harmonia.commons.ledger import actions, codes, queries
from harmonia.commons.ledger.forms import CountForm, PointForm
from harmonia.commons.ledger.models import Holder
from harmonia.commons.people.models import Person


@require_GET
def point(request: HttpRequest, code: str) -> HttpResponse:
    """Show a collection point: what it takes, what it holds."""
    holder = get_object_or_404(Holder, code=code, kind=Holder.Kind.POINT)
    closed = queries.closures()
    context = {
        "point": holder,
        "stock": queries.stock(holder),
        "materials": queries.materials().exclude(pk__in=closed),
        "closures": closed.values(),
        "fills": queries.fills_at(holder),
        "trend": queries.contamination(holder),
    }
    return render(request, "ledger/point.html", context)


@require_GET
def poster(request: HttpRequest, code: str) -> HttpResponse:
    """Make a poster to print: what goes in, what does not, a code to scan."""
    holder = get_object_or_404(Holder, code=code, kind=Holder.Kind.POINT)
    address = request.build_absolute_uri(f"{reverse('bring')}?at={holder.code}")
    context = {
        "point": holder,
        "materials": queries.materials(),
        "unwelcome": queries.unwelcome(),
        "closures": queries.closures().values(),
        "address": address,
        "qr": codes.drawing(address),
    }
    return render(request, "ledger/poster.html", context)


@permission_required("ledger.add_holder", raise_exception=True)
@require_http_methods(["GET", "POST"])
def point_new(request: HttpRequest) -> HttpResponse:
    """Open a place that holds matter."""
    form = PointForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        opened = actions.open_holder(**form.cleaned_data)
        if opened.kind != Holder.Kind.POINT:
            messages.success(request, _("%(name)s is open.") % {"name": opened.name})
            return redirect("batches")
        messages.success(request, _("%(name)s is open. Print its poster.") % {"name": opened.name})
        return redirect("point", opened.code)
    return render(request, "ledger/point_new.html", {"form": form})


@permission_required("ledger.count_stock", raise_exception=True)
@require_http_methods(["GET", "POST"])
def count(request: HttpRequest, code: str) -> HttpResponse:
    """Weigh what is really at a place; the difference is booked with its reason."""
    place = get_object_or_404(Holder, code=code, boundary=False)
    form = CountForm(place, request.POST or None)
    if request.method == "POST" and form.is_valid() and _counted(request, place, form):
        return redirect("books") if place.kind != Holder.Kind.POINT else redirect("point", code)
    context = {"form": form, "point": place, "stock": queries.stock(place)}
    return render(request, "ledger/count.html", context, status=422 if form.errors else 200)


def _counted(request: HttpRequest, place: Holder, form: CountForm) -> bool:
    values = form.cleaned_data
    try:
        adjusted = actions.count_stock(
            place,
            values["substance"],
            int(values["kilograms"] * 1000),
            cast(Person, request.user),
            reason=values["reason"],
        )
    except actions.Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(
        request, _("The difference is booked.") if adjusted else _("The books agree: nothing to book.")
    )
    return True
