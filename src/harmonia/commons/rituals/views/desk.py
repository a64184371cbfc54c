"""The facilitator's desk: one obvious next step, what waits for the screen, pause and call off."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from harmonia.commons.nexus import queries as nexus
from harmonia.commons.people.models import Person
from harmonia.commons.rituals import actions, queries
from harmonia.commons.rituals.forms import LineForm
from harmonia.commons.rituals.models import Offering, Ritual
from harmonia.commons.rituals.steps import STEPS, Step, next_step, other_steps
from harmonia.commons.rituals.switches import switch_of
from harmonia.commons.rituals.views.found import found
from harmonia.commons.rituals.words import HINTS, NEWS, STATES


@login_required
@require_GET
def ritual_desk(request: HttpRequest, number: int) -> HttpResponse:
    """Show who leads, confirms or acts what is next for them."""
    one = found(number)
    person = cast(Person, request.user)
    if not any(person.has_perm(step.permission) for step in STEPS.values()):
        raise PermissionDenied
    coming = next_step(one)
    switch = switch_of(one) if one.phase in ("choosing", "activating") else None
    mine = coming is not None and person.has_perm(coming[0].permission)
    facts = {
        "ritual": one,
        "present": queries.present(one.topic),
        "news": NEWS[one.state],
        "hint": HINTS[one.state],
        "state": STATES[one.state],
        "next": coming,
        "next_is_mine": mine,
        "others": other_steps(person, one),
        "may_lead": queries.may_lead(person),
        "waiting": queries.waiting(one),
        "waiting_count": queries.waiting_count(one),
        "shown": queries.offerings(one)[::-1][:12],
        "switch": switch,
        "checks": nexus.preflight_of(switch, timezone.now())
        if switch and switch.state == "checking"
        else None,
    }
    return render(request, "rituals/desk.html", facts)


@login_required
@require_http_methods(["GET", "POST"])
def ritual_step(request: HttpRequest, number: int, step: str) -> HttpResponse:
    """Take a step; those with a question ask first."""
    one, chosen = found(number), STEPS.get(step)
    if chosen is None:
        raise Http404
    if not cast(Person, request.user).has_perm(chosen.permission):
        raise PermissionDenied
    form = chosen.form(request.POST if request.method == "POST" else None, initial=_initial(one, chosen))
    if request.method == "POST" and form.is_valid():
        return _take(request, one, chosen, form.cleaned_data)
    facts = {"ritual": one, "step": chosen, "form": form}
    return render(request, "rituals/step.html", facts, status=422 if form.errors else 200)


def _initial(ritual: Ritual, step: Step) -> dict[str, Any]:
    if step.name != "redate":
        return {}
    return {"place": ritual.place, "starts_at": ritual.starts_at, "minutes": ritual.minutes}


def _take(request: HttpRequest, ritual: Ritual, step: Step, values: dict[str, Any]) -> HttpResponse:
    try:
        step.act(ritual, by=cast(Person, request.user), **values)
    except actions.Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, str(step.done))
    return redirect("ritual_desk", ritual.pk)


@login_required
@permission_required("rituals.lead_ritual", raise_exception=True)
@require_POST
def ritual_say(request: HttpRequest, number: int) -> HttpResponse:
    """Put a caption or the circle's question on every page of the room."""
    one, form = found(number), LineForm(request.POST)
    by = cast(Person, request.user)
    if not form.is_valid():
        messages.error(request, _("At most 200 letters. Nothing was changed."))
        return redirect("ritual_desk", number)
    try:
        if request.POST.get("what") == "question":
            actions.ask(one, by=by, question=form.cleaned_data["line"])
        else:
            actions.caption(one, by=by, words=form.cleaned_data["line"])
    except actions.Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("ritual_desk", number)


@login_required
@permission_required("rituals.lead_ritual", raise_exception=True)
@require_POST
def ritual_judge(request: HttpRequest, number: int, offering: int) -> HttpResponse:
    """Release an offering to the screen, or keep it back."""
    one = Offering.objects.filter(ritual=found(number), pk=offering).first()
    if one is None:
        raise Http404
    by = cast(Person, request.user)
    try:
        if request.POST.get("verdict") == "release":
            actions.release(one, by=by)
        else:
            actions.keep_back(one, by=by)
    except actions.Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("ritual_desk", number)
