"""The plants there were, the first one, and the way back."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from harmonia.commons.nexus import actions, queries
from harmonia.commons.nexus.forms import PlantForm, PlantTextForm
from harmonia.commons.nexus.views.submit import REFUSALS, did, form_page
from harmonia.commons.people.models import Person


@require_GET
def plant(request: HttpRequest) -> HttpResponse:
    """Show which plants there were, why each came, and what it changed."""
    versions = [(version, queries.before_after(version)) for version in queries.versions()]
    context = {"versions": versions, "safety": queries.safety_state()}
    return render(request, "nexus/plant.html", context)


@login_required
@permission_required("nexus.change_plant", raise_exception=True)
@require_http_methods(["GET", "POST"])
def commission(request: HttpRequest) -> HttpResponse:
    """Set up the first plant."""
    form = PlantForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and did(form, None, lambda: _commission(request, form)):
        messages.success(request, _("The plant is in the books, filled with starting slurry."))
        return redirect("nexus")
    return form_page(request, "nexus/commission.html", form)


def _commission(request: HttpRequest, form: PlantForm) -> None:
    numbers = dict(form.cleaned_data)
    safety = numbers.pop("safety")
    actions.set_up(numbers, by=cast(Person, request.user), safety=safety)


@login_required
@permission_required("nexus.change_plant", raise_exception=True)
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest) -> HttpResponse:
    """Write the plant's file anew."""
    newest = queries.version()
    if newest is None:
        return redirect("nexus_commission")
    form = PlantTextForm(request.POST or None, initial={"text": newest.toml})
    if request.method == "POST" and form.is_valid() and did(form, "text", lambda: _write(request, form)):
        messages.success(request, _("The new plant is in force."))
        return redirect("nexus_plant")
    return form_page(request, "nexus/write_plant.html", form)


def _write(request: HttpRequest, form: PlantTextForm) -> None:
    said = form.cleaned_data
    actions.write(said["text"], said["why"], cast(Person, request.user))


@login_required
@permission_required("nexus.change_plant", raise_exception=True)
@require_POST
def roll_back(request: HttpRequest) -> HttpResponse:
    """Put the former plant back into force."""
    try:
        version = actions.roll_back(cast(Person, request.user))
    except REFUSALS as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Plant %(number)d is in force.") % {"number": version.number})
    return redirect("nexus_plant")
