"""Bringing something, the books, and the posters of the collection points."""

from typing import cast
from uuid import uuid4

import segno
from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from harmonia.commons.ledger import actions, queries
from harmonia.commons.ledger.forms import DropOffForm, PointForm
from harmonia.commons.ledger.models import DropOff, Holder, Movement
from harmonia.commons.people.actions import token_of
from harmonia.commons.people.models import Person


@require_GET
def bring(request: HttpRequest) -> HttpResponse:
    """Show anybody what can be brought where; members weigh in."""
    context = {
        "points": queries.points(),
        "materials": queries.materials(),
        "closures": queries.closures().values(),
        "form": _blank(request) if request.user.is_authenticated else None,
    }
    return render(request, "ledger/bring.html", context)


def _blank(request: HttpRequest) -> DropOffForm:
    latest = queries.brought_by(cast(Person, request.user), limit=1)
    point = Holder.objects.filter(code=request.GET.get("at", "")).first() or (
        latest[0].point if latest else None
    )
    material = queries.weight_of(latest[0])[0] if latest else None
    form = DropOffForm(initial={"point": point, "substance": material, "key": uuid4().hex})
    if point and material:  # everything but the weight is known: begin there
        form.fields["kilograms"].widget.attrs["autofocus"] = True
    return form


@login_required
@require_http_methods(["POST"])
def drop_off(request: HttpRequest) -> HttpResponse:
    """Book what somebody brought."""
    form = DropOffForm(request.POST)
    if form.is_valid():
        try:
            booked = _book(cast(Person, request.user), form)
        except actions.Refused as refusal:
            form.add_error("kilograms", str(refusal))
        else:
            messages.success(request, _thanks(booked))
            return redirect("followed", booked.pk)
    context = {"points": queries.points(), "form": form, "closures": queries.closures().values()}
    return render(request, "ledger/bring.html", context, status=422)


def _book(person: Person, form: DropOffForm) -> DropOff:
    values = dict(form.cleaned_data)
    # The key counts within one household only: nobody can hold or probe somebody else's.
    key = f"{actions.household_of(person).code}:{values.pop('key')}" if values.get("key") else ""
    values.pop("key", None)
    return actions.record_drop_off(person, key=key, **values)


def _thanks(booked: DropOff) -> str:
    what, grams = queries.weight_of(booked)
    weight = {"weight": number_format(f"{grams / 1000:g}", use_l10n=True), "what": what}
    if booked.foreign_kind == DropOff.Foreign.NONE:
        return _("Thank you. %(weight)s kg of %(what)s are booked, and it was clean.") % weight
    return (
        _(
            "Thank you. %(weight)s kg of %(what)s are booked. You saw something foreign:"
            " picking it out before it rots keeps the fertiliser clean."
        )
        % weight
    )


@login_required
@require_POST
def take_back(request: HttpRequest, movement: int) -> HttpResponse:
    """Reverse one's own drop-off while it is still at its point, or anybody's with the permission."""
    person = cast(Person, request.user)
    found = get_object_or_404(Movement, pk=movement)
    own = found.pk in {d.pk for d in queries.brought_by(person)}
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
        request, "ledger/books.html", {"movements": page, "next": page[-1].pk if len(page) == 50 else None}
    )


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
    }
    return render(request, "ledger/point.html", context)


@require_GET
def poster(request: HttpRequest, code: str) -> HttpResponse:
    """Make a poster to print: what goes in, what does not, a code to scan."""
    holder = get_object_or_404(Holder, code=code, kind=Holder.Kind.POINT)
    address = request.build_absolute_uri(f"{reverse('bring')}?at={holder.code}")
    drawing = segno.make(address, error="m", micro=False).svg_inline(scale=6, border=2, omitsize=True)
    context = {
        "point": holder,
        "materials": queries.materials(),
        "closures": queries.closures().values(),
        "address": address,
        "qr": mark_safe(drawing),  # noqa: S308 - segno's own drawing of our own address
    }
    return render(request, "ledger/poster.html", context)


@permission_required("ledger.add_holder", raise_exception=True)
@require_http_methods(["GET", "POST"])
def point_new(request: HttpRequest) -> HttpResponse:
    """Open a collection point."""
    form = PointForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        opened = actions.open_holder(kind=Holder.Kind.POINT, **form.cleaned_data)
        messages.success(request, _("%(name)s is open. Print its poster.") % {"name": opened.name})
        return redirect("point", opened.code)
    return render(request, "ledger/point_new.html", {"form": form})
