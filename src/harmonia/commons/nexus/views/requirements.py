"""Which safety readings are required."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from harmonia.commons.nexus import actions, queries
from harmonia.commons.nexus.forms import SafetyForm
from harmonia.commons.nexus.views.submit import did, form_page
from harmonia.commons.people.models import Person


@login_required
@permission_required("nexus.change_plant", raise_exception=True)
@require_http_methods(["GET", "POST"])
def safety(request: HttpRequest) -> HttpResponse:
    """Choose which safety readings this site requires, and how often."""
    form = SafetyForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and did(form, None, lambda: _require(request, form)):
        messages.success(request, _("What is required here was changed."))
        return redirect("nexus_safety")
    return form_page(request, "nexus/safety.html", form, rules=queries.safety_rules())


def _require(request: HttpRequest, form: SafetyForm) -> None:
    values = form.cleaned_data
    hours = 24 * values["days"] if values["days"] else None
    actions.require_safety(
        values["kind"], fresh_h=hours, red_from=values["red_from"], by=cast(Person, request.user)
    )
