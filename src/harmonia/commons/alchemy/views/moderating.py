"""Report a thing, hide it or show it again, ask to look again, and read the log."""

from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from harmonia.commons.alchemy import actions, queries
from harmonia.commons.alchemy.forms import ModerationForm, ReasonForm
from harmonia.commons.alchemy.models import Artifact
from harmonia.commons.alchemy.queries import ArtifactView
from harmonia.commons.alchemy.views.gallery import found
from harmonia.commons.people.models import Person

A_PAGE = 50
Step = Callable[..., object]
STEPS: dict[str, Step] = {
    "hide": actions.hide,
    "show": actions.show_again,
    "dismiss": actions.dismiss,
    "uphold": actions.uphold,
}


@login_required
@require_http_methods(["GET", "POST"])
def artifact_moderate(request: HttpRequest, code: str) -> HttpResponse:
    """Let a facilitator hide a thing, show it again, or answer who asked; always with a reason."""
    thing = found(request, code)
    if not thing.may_moderate:
        raise Http404
    artifact = Artifact.objects.get(code=thing.code)
    form = ModerationForm(request.POST or None, steps=_steps(thing, artifact))
    if request.method == "POST" and form.is_valid() and _moderated(request, artifact, form):
        return redirect("artifact", thing.code)
    context = {
        "thing": thing,
        "form": form,
        "reports": queries.open_reports(artifact),
        "appeal": queries.open_appeal(artifact),
        "log": queries.steps(queries.log_of(thing.code), request.user),
    }
    return render(request, "alchemy/artifact_moderate.html", context, status=422 if form.is_bound else 200)


def _steps(thing: ArtifactView, artifact: Artifact) -> dict[str, str]:
    if thing.is_hidden:
        again = {"show": _("Show it again")}
        return {**again, "uphold": _("It stays hidden")} if queries.open_appeal(artifact) else again
    hide = {"hide": _("Hide it")}
    return {"dismiss": _("Leave it as it is"), **hide} if queries.open_reports(artifact) else hide


def _moderated(request: HttpRequest, artifact: Artifact, form: Form) -> bool:
    act = STEPS[form.cleaned_data["step"]]
    return _logged(
        request, form, lambda: act(cast(Person, request.user), artifact, reason=form.cleaned_data["reason"])
    )


def _logged(request: HttpRequest, form: Form, act: Callable[[], object]) -> bool:
    try:
        act()
    except actions.Refused as refusal:
        form.add_error("reason", str(refusal))
        return False
    messages.success(request, _("Done, and written in the log with your reason."))
    return True


@require_http_methods(["GET", "POST"])
def artifact_report(request: HttpRequest, code: str) -> HttpResponse:
    """Let anybody tell the facilitators that something is wrong with a page."""
    thing = found(request, code)
    person = request.user if request.user.is_authenticated else None
    help_text = _("What should a facilitator look at? Only they read this; the log says that somebody asked.")
    form = ReasonForm(request.POST or None, help_text=help_text)
    if request.method == "POST" and form.is_valid():
        artifact = Artifact.objects.get(code=thing.code)
        reason = form.cleaned_data["reason"]
        if _logged(request, form, lambda: actions.report(person, artifact, reason=reason)):
            return redirect("artifact", thing.code)
    context = {"thing": thing, "form": form}
    return render(request, "alchemy/artifact_report.html", context, status=422 if form.is_bound else 200)


@login_required
@require_http_methods(["GET", "POST"])
def artifact_appeal(request: HttpRequest, code: str) -> HttpResponse:
    """Let the maker of a hidden thing ask the facilitators to look again."""
    thing = found(request, code)
    if not thing.is_mine or not thing.is_hidden:
        raise Http404
    artifact = Artifact.objects.get(code=thing.code)
    help_text = _("Why should it be shown? The facilitators read this.")
    form = ReasonForm(request.POST or None, help_text=help_text, most=1000)
    person = cast(Person, request.user)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if _logged(request, form, lambda: actions.appeal(person, artifact, reason=reason)):
            return redirect("artifact", thing.code)
    context = {
        "thing": thing,
        "form": form,
        "asked": queries.open_appeal(artifact),
        "log": queries.steps(queries.log_of(thing.code), request.user),
    }
    return render(request, "alchemy/artifact_appeal.html", context, status=422 if form.is_bound else 200)


@login_required
@require_GET
def moderation_log(request: HttpRequest) -> HttpResponse:
    """Show everybody here what was reported, hidden, answered and shown again, and why."""
    page = Paginator(queries.log(), A_PAGE).get_page(request.GET.get("page"))
    steps = queries.steps(list(page.object_list), request.user)
    return render(request, "alchemy/moderation_log.html", {"page": page, "steps": steps})
