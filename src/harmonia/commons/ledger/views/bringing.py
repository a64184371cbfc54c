"""Bringing something."""

import json
from datetime import datetime
from typing import cast
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.crypto import salted_hmac
from django.views.decorators.http import require_GET, require_http_methods

from harmonia.commons.ledger import actions, queries
from harmonia.commons.ledger.forms import DropOffForm
from harmonia.commons.ledger.kind_words import thanks
from harmonia.commons.ledger.models import DropOff, Holder
from harmonia.commons.people.actions import token_of
from harmonia.commons.people.models import Person


@require_GET
def bring(request: HttpRequest) -> HttpResponse:
    """Show anybody what can be brought where; members weigh in."""
    context = {
        "points": queries.points(),
        "materials": queries.materials(),
        "unwelcome": queries.unwelcome(),
        "rests": queries.rests(),
        **_codes(),
        "form": _blank(request) if request.user.is_authenticated else None,
        "mark": mark_of(request.user) if request.user.is_authenticated else "",
    }
    return render(request, "ledger/bring.html", context)


def _codes() -> dict[str, str]:
    """Return what a scanned code stands for as JSON, for a page that is opened without a network."""
    bins = queries.containers().values_list("code", "point_id", "substance_id")
    return {
        "point_codes": json.dumps(dict(queries.points().values_list("code", "pk"))),
        "bin_codes": json.dumps({code: [point, substance] for code, point, substance in bins}),
    }


def _blank(request: HttpRequest) -> DropOffForm:
    latest = queries.brought_by(cast(Person, request.user), limit=1)
    scanned = queries.containers().filter(code=request.GET.get("bin", "")).first()
    point = (
        Holder.objects.filter(code=request.GET.get("at", "")).first()
        or (scanned.point if scanned else None)
        or (latest[0].point if latest else None)
    )
    material = scanned.substance if scanned else None
    material = material or (queries.weight_of(latest[0])[0] if latest else None)
    known = {"point": point, "substance": material, "container": scanned, "key": uuid4().hex}
    form = DropOffForm(initial=known)
    if point and material:  # everything but the weight is known: begin there
        form.fields["kilograms"].widget.attrs["autofocus"] = True
    return form


def mark_of(person: Person) -> str:
    """Return what a phone keeps beside its queue, so that nothing is sent in another person's name."""
    return salted_hmac("harmonia.ledger.queue", str(token_of(person))).hexdigest()[:20]


@login_required
@require_http_methods(["POST"])
def drop_off(request: HttpRequest) -> HttpResponse:
    """Book what somebody brought."""
    form = DropOffForm(request.POST)
    if form.is_valid():
        try:
            booked = book_drop_off(cast(Person, request.user), form)
        except actions.Refused as refusal:
            form.add_error("kilograms", str(refusal))
        else:
            messages.success(request, thanks(booked))
            return redirect("followed", booked.pk)
    context = {
        "points": queries.points(),
        "form": form,
        "rests": queries.rests(),
        **_codes(),
        "mark": mark_of(cast(Person, request.user)),
    }
    return render(request, "ledger/bring.html", context, status=422)


def book_drop_off(person: Person, form: DropOffForm, at: datetime | None = None) -> DropOff:
    """Book what a valid form says, once a key; `at` is when it was weighed (default: now)."""
    values = dict(form.cleaned_data)
    # The key counts within one household only: nobody can hold or probe somebody else's.
    key = f"{actions.household_of(person).code}:{values.pop('key')}" if values.get("key") else ""
    values.pop("key", None)
    return actions.record_drop_off(person, key=key, at=at, **values)
