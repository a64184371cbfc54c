"""The feed plan: what is proposed, what is in force, changing and accepting it."""

from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from harmonia.commons.nexus import actions, planning, queries
from harmonia.commons.nexus.forms import FeedPlanForm
from harmonia.commons.nexus.models import FeedPlan
from harmonia.commons.nexus.views.submit import REFUSALS, did, form_page
from harmonia.commons.people.models import Person


@require_GET
def plan(request: HttpRequest) -> HttpResponse:
    """Show anybody the plan that waits for a decision, else the one in force."""
    table, force = queries.plan_on_table(), queries.plan_in_force()
    context = {
        "page": table or force,
        "force": force,
        "in_work": queries.plan_in_work(),
        "failed": queries.plan_failed(),
        "safety": queries.safety_state(),
        "installed": planning.is_installed(),
        "has_plant": queries.version() is not None,
        "advice": queries.plan_advice(),
    }
    return render(request, "nexus/plan.html", context)


def _try(request: HttpRequest, act: Callable[[], object], done: str) -> HttpResponse:
    try:
        act()
    except REFUSALS as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("nexus_plan")


def _found(pk: int) -> FeedPlan:
    found = queries.feed_plan(pk)
    if found is None:
        raise Http404
    return found


@login_required
@permission_required("nexus.change_plant", raise_exception=True)
@require_POST
def plan_ask(request: HttpRequest) -> HttpResponse:
    """Ask for a new plan."""
    person = cast(Person, request.user)
    return _try(
        request,
        lambda: actions.ask_plan(person),
        _("The plan is being worked out; it shows here in a moment."),
    )


@login_required
@permission_required("nexus.change_plant", raise_exception=True)
@require_POST
def plan_accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the plan into force."""
    found, person = _found(pk), cast(Person, request.user)
    return _try(request, lambda: actions.accept_plan(found, person), _("The plan is in force."))


@login_required
@permission_required("nexus.change_plant", raise_exception=True)
@require_http_methods(["GET", "POST"])
def plan_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a plan's weights; the model foresees them before they can be accepted."""
    found = _found(pk)
    form = FeedPlanForm(request.POST or None, plan=found, materials=queries.plan_materials(found))
    if request.method == "POST" and form.is_valid() and did(form, None, lambda: _edit(request, found, form)):
        messages.success(request, _("Changed. The model foresees it now; accept it when you have seen that."))
        return redirect("nexus_plan")
    return form_page(request, "nexus/plan_change.html", form, plan=found)


def _edit(request: HttpRequest, plan: FeedPlan, form: FeedPlanForm) -> None:
    actions.edit_plan(plan, form.feed(), by=cast(Person, request.user))
