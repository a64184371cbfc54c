"""Joining, signing in, looking after one's account, leaving."""

import json
from typing import cast

from django.contrib import messages
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from harmonia.commons.journal import registry
from harmonia.commons.people import actions, queries
from harmonia.commons.people.forms import AccountForm, InviteForm, JoinForm, LeaveForm
from harmonia.commons.people.models import Person

BACKEND = "django.contrib.auth.backends.ModelBackend"


@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, code: str) -> HttpResponse:
    """Accept an invitation link."""
    invitation = queries.open_invitation(code)
    if invitation is None:
        return render(request, "people/invitation_gone.html", status=410)
    form = JoinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person = actions.join(code, language=get_language() or "", **form.cleaned_data)
        except actions.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            login(request, person, backend=BACKEND)
            messages.success(request, _("Welcome, %(name)s. This is your thread.") % {"name": person.name})
            return redirect("thread")
    return render(request, "people/join.html", {"form": form, "invitation": invitation})


@login_required
@require_http_methods(["GET", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """Change one's name and language; find invitations, export and the way out."""
    person = cast(Person, request.user)
    form = AccountForm(request.POST or None, initial={"name": person.name, "language": person.language})
    if request.method == "POST" and form.is_valid():
        actions.rename(person, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("account")
    return render(request, "people/account.html", {"form": form})


@login_required
@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """Make invitation links and see those still open."""
    person = cast(Person, request.user)
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.invite(person, **form.cleaned_data)
        except actions.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Here is a new link. It lets one person join within two weeks."))
            return redirect("invite")
    links = [
        (invitation, request.build_absolute_uri(reverse("join", args=[invitation.code])))
        for invitation in queries.open_invitations(person)
    ]
    return render(request, "people/invite.html", {"form": form, "links": links})


@login_required
@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """Hand a person everything that is known about them, as one JSON file."""
    body = json.dumps(registry.export(request.user), indent=2, ensure_ascii=False)
    headers = {"Content-Disposition": 'attachment; filename="my-harmonia.json"'}
    return HttpResponse(body, content_type="application/json; charset=utf-8", headers=headers)


@login_required
@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """Erase name, address and account; matter and ballots stay."""
    form = LeaveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.leave(cast(Person, request.user))
        except actions.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            logout(request)
            messages.success(request, _("You have left. Your name and address are erased. Go well."))
            return redirect("home")
    return render(request, "people/leave.html", {"form": form})


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    messages.success(request, _("You are signed out."))
    return redirect("home")
