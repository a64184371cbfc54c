"""The conversation."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from harmonia.commons.voice import actions, queries
from harmonia.commons.voice.forms import ModerateForm, SayForm
from harmonia.commons.voice.models import Upgrade
from harmonia.commons.voice.pages import talk as page
from harmonia.commons.voice.views.seen import member, seen, statement_of


@require_GET
def upgrade_talk(request: HttpRequest, number: int) -> HttpResponse:
    """Show the next statement to take a stance on."""
    return render(request, "voice/talk.html", page.conversation(request.user, _talked(request, number)))


@login_required
@require_POST
def statement_react(request: HttpRequest, number: int, statement: int) -> HttpResponse:
    """Agree, disagree or pass."""
    found = statement_of(_talked(request, number), statement)
    stances = {"agree": 1, "disagree": -1, "pass": 0}
    try:
        actions.react(found, stances.get(request.POST.get("stance", ""), 9), by=member(request))
    except actions.Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("upgrade_talk", number)


@login_required
@require_http_methods(["GET", "POST"])
def statement_new(request: HttpRequest, number: int) -> HttpResponse:
    """Say something; what says nearly the same is shown first."""
    found = _talked(request, number)
    form = SayForm(request.POST or None)
    alike = []
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        alike = [] if "anyway" in request.POST else queries.alike(found, text)
        if not alike:
            try:
                actions.say(found, text, by=member(request))
            except actions.Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("Said. Others can take a stance on it now."))
                return redirect("upgrade_talk", number)
    facts = {"form": form, "upgrade": found, "alike": alike}
    return render(request, "voice/say.html", facts, status=422 if form.errors else 200)


@require_GET
def upgrade_map(request: HttpRequest, number: int) -> HttpResponse:
    """Show what all agree on, then the map of statements, without people."""
    return render(request, "voice/map.html", page.map_facts(_talked(request, number)))


@require_GET
def upgrade_moderation(request: HttpRequest, number: int) -> HttpResponse:
    """Show the moderation log to everybody."""
    found = _talked(request, number)
    facts = {
        "upgrade": found,
        "log": queries.moderation_log(found),
        "heard": queries.heard(found),
        "may_moderate": request.user.has_perm("voice.moderate_statement"),
    }
    return render(request, "voice/moderation.html", facts)


@login_required
@permission_required("voice.moderate_statement", raise_exception=True)
@require_http_methods(["GET", "POST"])
def statement_moderate(request: HttpRequest, number: int, statement: int) -> HttpResponse:
    """Hide a statement, or show it again, with a reason."""
    found = statement_of(_talked(request, number), statement)
    form = ModerateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.moderate(found, by=member(request), hidden=not found.hidden, **form.cleaned_data)
        except actions.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Noted in the log that everybody reads."))
            return redirect("upgrade_moderation", number)
    facts = {"form": form, "statement": found, "upgrade": found.upgrade}
    return render(request, "voice/moderate.html", facts, status=422 if form.errors else 200)


def _talked(request: HttpRequest, number: int) -> Upgrade:
    found = seen(request, number)
    if found.opened_at is None:
        raise Http404
    return found
