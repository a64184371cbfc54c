"""Pages of emergency gatherings."""

import secrets
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from harmonia.commons.gatherings import actions, queries
from harmonia.commons.gatherings.forms import AnswerForm, ConcernForm
from harmonia.commons.gatherings.models import Concern, Gathering
from harmonia.commons.gatherings.steps import STEPS, Step, steps_for
from harmonia.commons.nexus.models import Alarm
from harmonia.commons.people.models import Person


@require_GET
def gatherings(request: HttpRequest) -> HttpResponse:
    """Show every gathering there was."""
    every = queries.gatherings()
    facts = {"now": [g for g in every if not g.is_over], "past": [g for g in every if g.is_over]}
    return render(request, "gatherings/gatherings.html", facts)


@login_required
@permission_required("gatherings.call_gathering", raise_exception=True)
@require_POST
def gathering_call(request: HttpRequest, alarm: int) -> HttpResponse:
    """Call everybody together, in one press from an alarm."""
    found = Alarm.objects.filter(pk=alarm, lifted_at__isnull=True).first()
    if found is None:
        raise Http404
    made = actions.call(found, by=cast(Person, request.user))
    messages.success(request, _("Everybody was called. Look at place and time once more."))
    return redirect("gathering", made.pk)


@require_GET
def gathering(request: HttpRequest, number: int) -> HttpResponse:
    """Show anybody what happened, where people meet, which bins take what, and every answer."""
    one, resting = _found(number), queries.resting(_found(number))
    concerns = queries.concerns(one, request.user)
    facts = {
        "gathering": one,
        "resting": resting,
        "concerns": concerns,
        "unanswered": sum(not concern.answer for concern in concerns),
        "form": ConcernForm(initial={"key": secrets.token_urlsafe(16)}),
        "may_answer": request.user.has_perm("gatherings.answer_concern"),
        "may_call": request.user.has_perm("gatherings.call_gathering"),
        "steps": steps_for(request.user, one, rests=bool(resting)),
    }
    return render(request, "gatherings/gathering.html", facts)


@login_required
@require_POST
def gathering_ask(request: HttpRequest, number: int) -> HttpResponse:
    """Take a worry or a question."""
    one, form = _found(number), ConcernForm(request.POST)
    try:
        if not form.is_valid():
            raise actions.Refused(_("Write it in 600 letters at most. Nothing was sent."))
        actions.ask(one, cast(Person, request.user), **form.cleaned_data)
    except actions.Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("It stands on this page. It gets an answer here, and you are told."))
    return redirect("gathering", number)


@login_required
@permission_required("gatherings.answer_concern", raise_exception=True)
@require_http_methods(["GET", "POST"])
def gathering_answer(request: HttpRequest, number: int, concern: int) -> HttpResponse:
    """Answer in public."""
    one, asked = _found(number), _concern(number, concern)
    form = AnswerForm(request.POST or None, initial={"words": asked.answer})
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer(asked, by=cast(Person, request.user), words=form.cleaned_data["words"])
        except actions.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Everybody can read your answer now."))
            return redirect("gathering", number)
    facts = {"gathering": one, "concern": asked, "form": form}
    return render(request, "gatherings/answer.html", facts, status=422 if form.errors else 200)


@login_required
@require_POST
def gathering_take_back(request: HttpRequest, number: int, concern: int) -> HttpResponse:
    """Take one's own words back."""
    try:
        actions.take_back(_concern(number, concern), cast(Person, request.user))
    except actions.Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Taken back. Your words are erased."))
    return redirect("gathering", number)


@login_required
@require_http_methods(["GET", "POST"])
def gathering_step(request: HttpRequest, number: int, step: str) -> HttpResponse:
    """Ask once, then move on."""
    one, chosen = _found(number), STEPS.get(step)
    if chosen is None:
        raise Http404
    if not cast(Person, request.user).has_perm("gatherings.call_gathering"):
        raise PermissionDenied
    initial = {"place": one.place, "starts_at": one.starts_at, "fallback": one.fallback}
    form = chosen.form(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        return _take(request, one, chosen, form.cleaned_data)
    facts = {"gathering": one, "step": chosen, "form": form}
    return render(request, "gatherings/step.html", facts, status=422 if form.errors else 200)


def _take(request: HttpRequest, one: Gathering, step: Step, values: dict[str, Any]) -> HttpResponse:
    try:
        step.act(one, by=cast(Person, request.user), **values)
    except actions.Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, str(step.done))
    return redirect("gathering", one.pk)


def _found(number: int) -> Gathering:
    one = queries.gathering(number)
    if one is None:
        raise Http404
    return one


def _concern(number: int, concern: int) -> Concern:
    found = Concern.objects.filter(gathering=_found(number), pk=concern).exclude(state="taken_back").first()
    if found is None:
        raise Http404
    return found
