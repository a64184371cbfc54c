"""Jar trials: the list, setting one up, writing readings, what it told."""

import csv
from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from harmonia.commons.nexus import actions, queries
from harmonia.commons.nexus.forms import (
    HomeJarForm,
    JarFriendForm,
    JarReadingForm,
    StandardTrialForm,
)
from harmonia.commons.nexus.jars import judge, litres
from harmonia.commons.nexus.models import JarTrial
from harmonia.commons.nexus.views.submit import REFUSALS, did, form_page
from harmonia.commons.people.models import Person


@login_required
@require_GET
def jars(request: HttpRequest) -> HttpResponse:
    """Show everybody of the habitat which jars stand, and what all of them know together."""
    person = cast(Person, request.user)
    context = {"rows": queries.jar_trials(person), "known": queries.what_jars_know()}
    return render(request, "nexus/jars.html", context)


def _form(request: HttpRequest, tier: str) -> HomeJarForm | StandardTrialForm:
    materials = [row.substance for row in queries.what_jars_know()]
    kind = StandardTrialForm if tier == JarTrial.Tier.STANDARD else HomeJarForm
    chosen = next((s for s in materials if s.code == request.GET.get("material")), None)
    initial = {"substance": str(chosen.pk)} if chosen else {}
    return kind(request.POST or None, materials=materials, initial=initial)


@login_required
@require_http_methods(["GET", "POST"])
def jar_new(request: HttpRequest, tier: str) -> HttpResponse:
    """Set up jars; a dangerous one is refused with what to change."""
    form = _form(request, tier)
    made: list[JarTrial] = []
    if (
        request.method == "POST"
        and form.is_valid()
        and did(form, None, lambda: made.append(_set_up(request, form)))
    ):
        messages.success(
            request, _("Your jars stand. Write on each what it is called, and read them every day or two.")
        )
        return redirect("nexus_jar", made[0].pk)
    return form_page(request, "nexus/jar_new.html", form, tier=tier)


def _set_up(request: HttpRequest, form: HomeJarForm | StandardTrialForm) -> JarTrial:
    return actions.set_up_jars(form.plan(), by=cast(Person, request.user))


@login_required
@require_POST
def jar_check(request: HttpRequest, tier: str) -> HttpResponse:
    """Say while somebody fills in the form whether the jar would be safe; nothing is kept."""
    form = _form(request, tier)
    context: dict[str, object] = {"missing": not form.is_valid()}
    if not context["missing"]:
        try:
            verdict = judge(form.plan())
            context |= {"verdict": verdict, "gas": litres(verdict.gas_ml)}
        except REFUSALS as refusal:
            context["missing"], context["why"] = True, str(refusal)
    return render(request, "nexus/jar_verdict.html", context)


def _trial(pk: int) -> JarTrial:
    found = queries.jar_trial(pk)
    if found is None:
        raise Http404
    return found


@login_required
@require_GET
def jar(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one trial: what was read, what it tells, what it narrowed."""
    page = queries.jar_page(_trial(pk), cast(Person, request.user))
    friend = JarFriendForm() if page.mine and page.trial.is_open else None
    return render(request, "nexus/jar.html", {"page": page, "friend": friend})


@login_required
@require_http_methods(["GET", "POST"])
def jar_read(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what the bottles say today."""
    trial = _trial(pk)
    page = queries.jar_page(trial, cast(Person, request.user))
    if not (page.mine and trial.is_open):
        messages.error(
            request, _("These jars are somebody else's, or they have ended; nothing can be written.")
        )
        return redirect("nexus_jar", pk)
    form = JarReadingForm(request.POST or None, trial=trial)
    if request.method == "POST" and form.is_valid() and did(form, None, lambda: _read(request, trial, form)):
        messages.success(request, _("Thank you. The readings are kept."))
        return redirect("nexus_jar", pk)
    return form_page(request, "nexus/jar_read.html", form, page=page)


def _read(request: HttpRequest, trial: JarTrial, form: JarReadingForm) -> None:
    percent = form.cleaned_data.get("methane_percent")
    actions.read_jars(
        trial,
        form.values(),
        by=cast(Person, request.user),
        temperature_c=form.cleaned_data.get("temperature_c", 20.0),
        methane_share=None if percent is None else percent / 100,
    )


@login_required
@require_POST
def jar_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a trial, or give it up."""
    abandon = "abandon" in request.POST
    try:
        actions.end_jars(_trial(pk), by=cast(Person, request.user), abandon=abandon)
    except REFUSALS as refusal:
        messages.error(request, str(refusal))
    else:
        done = (
            _("These jars were given up; their readings stay.")
            if abandon
            else _("Thank you. Your jars join all the others in a moment.")
        )
        messages.success(request, done)
    return redirect("nexus_jar", pk)


@login_required
@require_POST
def jar_share(request: HttpRequest, pk: int) -> HttpResponse:
    """Let somebody else write readings too."""
    form = JarFriendForm(request.POST)
    if form.is_valid():
        try:
            actions.let_read(_trial(pk), form.cleaned_data["person"], by=cast(Person, request.user))
        except REFUSALS as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("They may write readings now."))
    return redirect("nexus_jar", pk)


@login_required
@require_GET
def jar_table(request: HttpRequest, pk: int, table: str) -> HttpResponse:
    """Answer with a trial's set-up or volumes as CSV, as `harmonia bmp` reads them."""
    trial = _trial(pk)
    rows = queries.setup_table(trial) if table == "setup" else queries.volumes_table(trial)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="jars-{pk}-{table}.csv"'
    csv.writer(response).writerows(rows)
    return response
