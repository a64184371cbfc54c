"""Batches on their way to gardens: the list, one batch, and each step it takes."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from harmonia.commons.ledger import actions, queries
from harmonia.commons.ledger.forms import batches as forms
from harmonia.commons.ledger.models import Batch, Measure
from harmonia.commons.people.models import Person

Act = Callable[[Batch, dict[str, Any], Person], object]


def _grams(values: dict[str, Any]) -> int:
    return int(values["kilograms"] * 1000)


# Each step: its form, its heading, the word on its button, and what it does.
STEPS: dict[str, tuple[type[forms.StepForm], Any, Any, Act]] = {
    "fill": (
        forms.FillForm,
        gettext_lazy("What goes into this batch?"),
        gettext_lazy("Put it in"),
        lambda b, v, p: actions.fill_batch(b, v["stock"].holder, v["stock"].substance, _grams(v), p),
    ),
    "close": (
        forms.CloseForm,
        gettext_lazy("Close this batch"),
        gettext_lazy("Close it"),
        lambda b, v, p: actions.close_batch(
            b,
            p,
            treatment=v.get("treatment", ""),
            particle_mm=float(v["particle_mm"]) if v["particle_mm"] is not None else None,
        ),
    ),
    "heat": (
        forms.HeatForm,
        gettext_lazy("How hot is it?"),
        gettext_lazy("Keep it"),
        lambda b, v, p: actions.measure_heat(b, float(v["celsius"]), p),
    ),
    "turn": (
        forms.StepForm,
        gettext_lazy("It was turned just now"),
        gettext_lazy("Keep it"),
        lambda b, _v, p: actions.turn(b, p),
    ),
    "prove": (
        forms.StepForm,
        gettext_lazy("Is its heat proven?"),
        gettext_lazy("Check the record"),
        lambda b, _v, p: actions.prove_heat(b, p),
    ),
    "lab": (
        forms.LabForm,
        gettext_lazy("What did the laboratory find?"),
        gettext_lazy("Keep it"),
        lambda b, v, p: actions.record_lab_result(
            b.holder,
            Measure(v["measure"]),
            float(v["value"]),
            spread=float(v["spread"]) if v["spread"] is not None else None,
            laboratory=v["laboratory"],
            by=p,
        ),
    ),
    "test": (
        forms.StepForm,
        gettext_lazy("Did the laboratory find it clean?"),
        gettext_lazy("Check the results"),
        lambda b, _v, p: actions.pass_test(b, p),
    ),
    "release": (
        forms.StepForm,
        gettext_lazy("Release it to gardens"),
        gettext_lazy("Release it"),
        lambda b, _v, p: actions.release(b, p),
    ),
    "spread": (
        forms.SpreadForm,
        gettext_lazy("To which bed does it go?"),
        gettext_lazy("Book it"),
        lambda b, v, p: actions.spread(b, v["bed"], v["stock"].substance, _grams(v), p),
    ),
    "reject": (
        forms.ReasonForm,
        gettext_lazy("Reject this batch"),
        gettext_lazy("Reject it for good"),
        lambda b, v, p: actions.reject(b, p, reason=v["reason"]),
    ),
    "recall": (
        forms.ReasonForm,
        gettext_lazy("Call this batch back"),
        gettext_lazy("Call it back and tell everybody"),
        lambda b, v, p: actions.recall_batch(b, p, reason=v["reason"]),
    ),
}


@login_required
@require_GET
def batches(request: HttpRequest) -> HttpResponse:
    """Show members every batch and how far it is."""
    return render(request, "ledger/batches.html", {"batches": queries.batches()})


@login_required
@require_GET
def batch(request: HttpRequest, code: str) -> HttpResponse:
    """Show members one batch: how far it is, what proves it, whom it reached."""
    found = queries.batch(code)
    if found is None:
        raise Http404
    context = {"view": found, "batch": found.batch, "contents": queries.contents(found.batch.holder)}
    return render(request, "ledger/batch.html", context)


@login_required
@permission_required("ledger.release_batch", raise_exception=True)
@require_http_methods(["GET", "POST"])
def batch_new(request: HttpRequest) -> HttpResponse:
    """Open a batch under the site's rules."""
    form = forms.BatchForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            opened = actions.open_batch(**form.cleaned_data, by=cast(Person, request.user))
        except actions.Refused as refusal:
            form.add_error("code", str(refusal))
        else:
            messages.success(request, _("%(name)s is open.") % {"name": opened.holder.name})
            return redirect("batch", opened.holder.code)
    context = {"form": form, "heading": _("Open a batch"), "button": _("Open it")}
    return render(request, "ledger/batch_step.html", context, status=422 if form.errors else 200)


@login_required
@permission_required("ledger.release_batch", raise_exception=True)
@require_http_methods(["GET", "POST"])
def batch_step(request: HttpRequest, code: str, step: str) -> HttpResponse:
    """Take one step with a batch; a refusal is said with what was typed."""
    found = queries.batch(code)
    if found is None or step not in STEPS:
        raise Http404
    kind, heading, button, act = STEPS[step]
    form = kind(found.batch, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            act(found.batch, form.cleaned_data, cast(Person, request.user))
        except actions.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Done. It is in the record of this batch."))
            return redirect("batch", code)
    context = {"form": form, "view": found, "batch": found.batch, "heading": heading, "button": button}
    return render(request, "ledger/batch_step.html", context, status=422 if form.errors else 200)


@login_required
@permission_required("ledger.choose_hygiene", raise_exception=True)
@require_http_methods(["GET", "POST"])
def hygiene(request: HttpRequest) -> HttpResponse:
    """Choose the site's hygiene rules; what was chosen before stays on the page."""
    newest = next(iter(queries.hygiene_choices()), None)
    usual = (
        {"rules": newest.rules, "pasteuriser": newest.pasteuriser, "allowed": newest.allowed}
        if newest
        else {}
    )
    form = forms.HygieneForm(request.POST or None, initial=usual or {"rules": "none"})
    if request.method == "POST" and form.is_valid():
        actions.choose_hygiene(**form.cleaned_data, by=cast(Person, request.user))
        messages.success(request, _("The rules were changed from now on."))
        return redirect("hygiene")
    context = {"form": form, "choices": queries.hygiene_choices()}
    return render(request, "ledger/hygiene.html", context, status=422 if form.errors else 200)
