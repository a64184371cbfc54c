"""The list, one question, and the steps that move it on."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from harmonia.commons.voice import actions
from harmonia.commons.voice.forms import ElectorateForm, UpgradeForm
from harmonia.commons.voice.models import Upgrade
from harmonia.commons.voice.pages import upgrade as page
from harmonia.commons.voice.steps import STEPS, Step, steps_for
from harmonia.commons.voice.views.seen import member, seen


@require_GET
def choose(request: HttpRequest) -> HttpResponse:
    """Show what is asked now, and what was asked before."""
    return render(request, "voice/choose.html", page.overview(request.user))


@require_GET
def upgrade(request: HttpRequest, number: int) -> HttpResponse:
    """Show one question: its options, where it stands, what was decided and what became of it."""
    found = seen(request, number)
    facts = page.detail(request.user, found) | {"steps": steps_for(request.user, found)}
    return render(request, "voice/upgrade.html", facts)


@login_required
@permission_required("voice.add_upgrade", raise_exception=True)
@require_http_methods(["GET", "POST"])
def upgrade_new(request: HttpRequest) -> HttpResponse:
    """Draft a question."""
    form = UpgradeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.draft(member(request), **form.cleaned_data)
        except actions.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("upgrade", made.pk)
    return render(request, "voice/upgrade_new.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@permission_required("voice.open_vote", raise_exception=True)
@require_http_methods(["GET", "POST"])
def upgrade_electorate(request: HttpRequest, number: int) -> HttpResponse:
    """Say who votes and how, before the vote opens."""
    found = seen(request, number)
    now = {"per": found.per, "age": found.age, "assisted": found.assisted, "ballot_kind": found.ballot_kind}
    form = ElectorateForm(request.POST or None, initial=now)
    if request.method == "POST" and form.is_valid():
        try:
            actions.define_electorate(found, by=member(request), **form.cleaned_data)
        except actions.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Kept. It is frozen when the vote opens."))
            return redirect("upgrade", number)
    facts = {"form": form, "upgrade": found}
    return render(request, "voice/electorate.html", facts, status=422 if form.errors else 200)


@login_required
@permission_required("voice.add_upgrade", raise_exception=True)
@require_POST
def upgrade_compare(request: HttpRequest, number: int) -> HttpResponse:
    """Ask the twin to compare every set of options within the budget."""
    try:
        actions.compare_sets(seen(request, number), by=member(request))
    except actions.Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Asked. The comparison takes a few minutes and is linked here."))
    return redirect("upgrade", number)


@login_required
@permission_required("voice.add_upgrade", raise_exception=True)
@require_POST
def upgrade_run(request: HttpRequest, number: int) -> HttpResponse:
    """Ask the twin again how what was bought is best run."""
    try:
        actions.ask_operation(seen(request, number), by=member(request))
    except actions.Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Asked. The answer appears here by itself."))
    return redirect("upgrade", number)


@login_required
@require_http_methods(["GET", "POST"])
def upgrade_step(request: HttpRequest, number: int, step: str) -> HttpResponse:
    """Ask once, then move the question on."""
    found, chosen = seen(request, number), STEPS.get(step)
    if chosen is None:
        raise Http404
    if not member(request).has_perm(chosen.permission):
        raise PermissionDenied
    form = chosen.form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _take(request, found, chosen, form.cleaned_data)
    facts = {"upgrade": found, "step": chosen, "form": form}
    return render(request, "voice/step.html", facts, status=422 if form.errors else 200)


def _take(request: HttpRequest, found: Upgrade, step: Step, values: dict[str, Any]) -> HttpResponse:
    try:
        step.act(found, by=member(request), **values)
    except actions.Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, str(step.done))
    return redirect("upgrade", found.pk)
