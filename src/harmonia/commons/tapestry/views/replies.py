"""What visitors write back, and what facilitators make of it."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from harmonia.commons.people.models import Person
from harmonia.commons.tapestry import actions, queries
from harmonia.commons.tapestry.forms import ReplyForm
from harmonia.commons.tapestry.views.tour import found_stop

DECISIONS = {"weave": actions.weave_in, "decline": actions.decline, "unravel": actions.unravel}


@require_POST
def tapestry_reply(request: HttpRequest, code: str) -> HttpResponse:
    """Take a visitor's reply; no account is needed."""
    stop = found_stop(code)
    form = ReplyForm(request.POST)
    if form.is_valid():
        try:
            _kept, word = actions.reply(stop, language=get_language() or "en", **form.cleaned_data)
        except actions.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            address = request.build_absolute_uri(reverse("tapestry_reply_take_back", args=[word]))
            return render(request, "tapestry/replied.html", {"stop": stop, "address": address})
    context = {"stop": stop, "is_open": queries.is_open(stop), "replies": queries.replies(stop), "form": form}
    return render(request, "tapestry/stop.html", context, status=422)


@require_http_methods(["GET", "POST"])
def tapestry_reply_take_back(request: HttpRequest, word: str) -> HttpResponse:
    """Let a visitor take their reply back with the address they were given."""
    if request.method == "POST":
        try:
            actions.take_back(word)
        except actions.Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Your reply is gone from the cloth and from our books."))
        return redirect("tapestry")
    return render(request, "tapestry/take_back.html", {"word": word})


@login_required
@permission_required("tapestry.moderate", raise_exception=True)
@require_GET
def tapestry_replies(request: HttpRequest) -> HttpResponse:
    """Show facilitators what waits for them, and what is woven."""
    return render(
        request, "tapestry/replies.html", {"waiting": queries.waiting(), "woven": queries.woven_replies()}
    )


@login_required
@permission_required("tapestry.moderate", raise_exception=True)
@require_POST
def tapestry_reply_decide(request: HttpRequest, code: str) -> HttpResponse:
    """Weave a reply in, decline it, or take it out again."""
    found, decide = queries.reply(code), DECISIONS.get(request.POST.get("decision", ""))
    if found is None or decide is None:
        raise Http404
    try:
        decide(cast(Person, request.user), found)
    except actions.Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Done."))
    return redirect("tapestry_replies")
