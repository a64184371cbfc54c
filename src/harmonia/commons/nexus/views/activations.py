"""A switch-over: its page, its checklist, and its steps."""

from datetime import timedelta
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from harmonia.commons.nexus import actions, queries
from harmonia.commons.nexus.activation_steps import STEPS, Step
from harmonia.commons.nexus.forms.activations import CheckForm, PrepareForm, days_ago
from harmonia.commons.nexus.models import Activation
from harmonia.commons.nexus.views.submit import REFUSALS, did, form_page
from harmonia.commons.people.models import Person


@require_GET
def activation(request: HttpRequest, number: int | None = None) -> HttpResponse:
    """Show a switch-over to anybody: the one that is open, or the last there was."""
    found = queries.newest_activation() if number is None else _found(number)
    context: dict[str, Any] = {"safety": queries.safety_state(), "version": queries.version()}
    if found is not None:
        context["page"] = queries.activation_page(found, timezone.now())
        context["elsewhere"] = now if (now := queries.open_activation()) and now.pk != found.pk else None
        context["others"] = [other for other in queries.activations() if other.pk != found.pk]
    return render(request, "nexus/activation.html", context)


def _found(number: int) -> Activation:
    found = queries.activation(number)
    if found is None:
        raise Http404
    return found


@login_required
@permission_required("nexus.call_activation", raise_exception=True)
@require_http_methods(["GET", "POST"])
def activation_new(request: HttpRequest) -> HttpResponse:
    """Prepare a switch-over; `?decision=` chooses one of those that wait, the load begins as it is now."""
    load = queries.today().loading_kg_vs_m3_d
    initial = {"decision": request.GET.get("decision", ""), "goal": f"{load:.2f}" if load else None}
    form = PrepareForm(request.POST or None, decisions=queries.decisions(), initial=initial)
    if request.method == "POST" and form.is_valid() and did(form, "goal", lambda: _prepare(request, form)):
        messages.success(
            request, _("Prepared. The model plans the ramp; go through the checklist meanwhile.")
        )
        return redirect("nexus_activation")
    return form_page(request, "nexus/activation_new.html", form)


def _prepare(request: HttpRequest, form: PrepareForm) -> None:
    chosen = form.decisions.get(form.cleaned_data["decision"])
    goal = float(form.cleaned_data["goal"])
    actions.prepare_activation(cast(Person, request.user), decision=chosen, goal_kg_vs_m3_d=goal)


@login_required
@permission_required("nexus.call_activation", raise_exception=True)
@require_http_methods(["GET", "POST"])
def preflight(request: HttpRequest, number: int) -> HttpResponse:
    """Show the checklist, and keep what somebody found at one item."""
    found = _found(number)
    if found.state != "checking":
        return redirect("nexus_activation")
    form = CheckForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and did(form, "reason", lambda: _check(request, found, form))
    ):
        messages.success(request, _("Kept, with your name."))
        return redirect("nexus_preflight", number)
    page = queries.activation_page(found, timezone.now())
    rows = [(row, days_ago(row.item.item)) for row in page.checks]
    status = 422 if form.errors else 200
    context = {"page": page, "rows": rows, "form": form, "wrong": request.POST.get("item", "")}
    return render(request, "nexus/preflight.html", context, status=status)


def _check(request: HttpRequest, found: Activation, form: CheckForm) -> None:
    said, by = form.cleaned_data, cast(Person, request.user)
    if said["found"] == "override":
        actions.override_item(found, said["item"], reason=said["reason"], by=by)
        return
    at = timezone.now() - timedelta(days=said["days_ago"]) if said["days_ago"] else None
    passed = said["found"] == "in_order"
    actions.check_item(found, said["item"], passed=passed, reason=said["reason"], by=by, at=at)


@login_required
@permission_required("nexus.call_activation", raise_exception=True)
@require_POST
def ramp_plan(request: HttpRequest, number: int) -> HttpResponse:
    """Let the model plan the ramp anew."""
    try:
        actions.plan_again(_found(number), cast(Person, request.user))
    except REFUSALS as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Asked. The new ramp appears here by itself."))
    return redirect("nexus_activation")


@login_required
@require_http_methods(["GET", "POST"])
def activation_step(request: HttpRequest, number: int, step: str) -> HttpResponse:
    """Ask once, then take a step."""
    found, chosen = _found(number), STEPS.get(step)
    if chosen is None:
        raise Http404
    if not cast(Person, request.user).has_perm(chosen.permission):
        raise PermissionDenied
    form = chosen.form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _take(request, found, chosen, form.cleaned_data)
    page = queries.activation_page(found, timezone.now())
    context = {"page": page, "step": chosen, "form": form}
    return render(request, "nexus/activation_step.html", context, status=422 if form.errors else 200)


def _take(request: HttpRequest, found: Activation, step: Step, values: dict[str, Any]) -> HttpResponse:
    try:
        step.act(found, by=cast(Person, request.user), **values)
    except REFUSALS as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, str(step.done))
    return redirect("nexus_activation")
