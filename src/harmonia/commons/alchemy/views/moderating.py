"""Hide a thing, or show it again."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from harmonia.commons.alchemy import actions, queries
from harmonia.commons.alchemy.forms import (
    ModerationForm,
)
from harmonia.commons.alchemy.models import Artifact
from harmonia.commons.alchemy.queries import ArtifactView
from harmonia.commons.alchemy.views.gallery import found
from harmonia.commons.people.models import Person


@login_required
@require_http_methods(["GET", "POST"])
def artifact_moderate(request: HttpRequest, code: str) -> HttpResponse:
    """Let a facilitator hide a thing's page, or show it again, with a reason."""
    thing = found(request, code)
    if not thing.may_moderate:
        raise Http404
    form = ModerationForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _moderated(request, thing, form):
        return redirect("artifact", thing.code)
    context = {"thing": thing, "form": form, "log": queries.log(thing.code)}
    return render(request, "alchemy/artifact_moderate.html", context)


def _moderated(request: HttpRequest, thing: ArtifactView, form: ModerationForm) -> bool:
    act = actions.show_again if thing.is_hidden else actions.hide
    try:
        act(
            cast(Person, request.user),
            Artifact.objects.get(code=thing.code),
            reason=form.cleaned_data["reason"],
        )
    except actions.Refused as refusal:
        form.add_error("reason", str(refusal))
        return False
    messages.success(request, _("Done, and written in the log with your reason."))
    return True
