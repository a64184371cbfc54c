"""Buckets and bins: the list, a new one, its label, and emptying it."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from harmonia.commons.ledger import actions, codes, queries
from harmonia.commons.ledger.forms.scales import ContainerForm
from harmonia.commons.ledger.models import Container
from harmonia.commons.people.models import Person


@permission_required("ledger.add_holder", raise_exception=True)
@require_GET
def containers(request: HttpRequest) -> HttpResponse:
    """Show every bucket and bin in use, and how full each is."""
    found = [queries.fill(container) for container in queries.containers()]
    return render(request, "ledger/containers.html", {"fills": found})


@permission_required("ledger.add_holder", raise_exception=True)
@require_http_methods(["GET", "POST"])
def container_new(request: HttpRequest) -> HttpResponse:
    """Take a bucket or bin into use."""
    form = ContainerForm(request.POST or None, initial={"tare": 0})
    if request.method == "POST" and form.is_valid():
        try:
            opened = _open(form.cleaned_data, cast(Person, request.user))
        except actions.Refused as refusal:
            form.add_error("code", str(refusal))
        else:
            messages.success(request, _("%(name)s is in use. Print its label.") % {"name": opened})
            return redirect("container_label", opened.code)
    return render(request, "ledger/container_new.html", {"form": form}, status=422 if form.errors else 200)


def _open(values: dict[str, Any], by: Person) -> Container:
    return actions.open_container(
        values["code"],
        values["name"],
        by,
        tare_g=int(values["tare"] * 1000),
        capacity_g=int(values["capacity"] * 1000),
        point=values["point"],
        substance=values["substance"],
    )


@require_GET
def container_label(request: HttpRequest, code: str) -> HttpResponse:
    """Make a label to print: its name, its tare, a code that opens the form with everything chosen."""
    found = get_object_or_404(queries.containers(), code=code)
    address = request.build_absolute_uri(f"{reverse('bring')}?bin={found.code}")
    qr = codes.drawing(address)
    return render(request, "ledger/container_label.html", {"container": found, "address": address, "qr": qr})


Step = Callable[[Container, Person], object]
STEPS: dict[str, Step] = {"empty": actions.empty_container, "retire": actions.retire_container}


@permission_required("ledger.add_holder", raise_exception=True)
@require_POST
def container_step(request: HttpRequest, code: str, step: str) -> HttpResponse:
    """Keep that a bin was emptied, or take it out of use."""
    found = get_object_or_404(queries.containers(), code=code)
    STEPS[step](found, cast(Person, request.user))
    said = {
        "empty": _("%(name)s is empty again. Book where its matter went with its own step."),
        "retire": _("%(name)s is out of use."),
    }
    messages.success(request, said[step] % {"name": found})
    return redirect("containers")
