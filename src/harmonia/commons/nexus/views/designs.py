"""Designs side by side, and what stands around the plant."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.forms import model_to_dict
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from harmonia.commons.nexus import actions, queries
from harmonia.commons.nexus.forms import SurroundingsForm
from harmonia.commons.nexus.models import Surroundings
from harmonia.commons.nexus.views.submit import did, form_page
from harmonia.commons.people.models import Person


def _sees_hidden(request: HttpRequest) -> bool:
    return bool(request.user.is_authenticated and request.user.has_perm("nexus.compare_designs"))


@require_GET
def designs(request: HttpRequest) -> HttpResponse:
    """List what the model was asked to compare."""
    found = queries.comparisons(hidden=_sees_hidden(request))
    return render(request, "nexus/designs.html", {"comparisons": found})


@require_GET
def design(request: HttpRequest, number: int) -> HttpResponse:
    """Show every set of options of one comparison, quantity by quantity."""
    found = queries.comparison(number, hidden=_sees_hidden(request))
    if found is None:
        raise Http404
    sets = queries.design_sets(found)
    context = {
        "comparison": found,
        "headline": queries.headline(found),
        "panels": queries.panels(found),
        "sets": sets,
        "some_beaten": not all(one.on_front for one in sets),
        "outcome": found.outcome,
        "budget": queries.budget_words(found),
    }
    return render(request, "nexus/design.html", context)


@login_required
@permission_required("nexus.change_plant", raise_exception=True)
@require_http_methods(["GET", "POST"])
def surroundings(request: HttpRequest) -> HttpResponse:
    """Say who takes digestate when, what gas replaces, and how much is accepted."""
    told = queries.surroundings() or Surroundings()
    form = SurroundingsForm(request.POST or None, initial=model_to_dict(told))
    if request.method == "POST" and form.is_valid() and did(form, None, lambda: _describe(request, form)):
        messages.success(request, _("Kept. The next comparison uses it."))
        return redirect("nexus_designs")
    return form_page(request, "nexus/surroundings.html", form)


def _describe(request: HttpRequest, form: SurroundingsForm) -> None:
    actions.describe_surroundings(form.cleaned_data, by=cast(Person, request.user))
