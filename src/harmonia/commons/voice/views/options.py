"""One option, and what people do to it before the vote."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from harmonia.commons.voice import actions
from harmonia.commons.voice.forms import AuthorForm, HandForm, OptionForm, VetoForm
from harmonia.commons.voice.forms.options import written
from harmonia.commons.voice.models import Option, Upgrade
from harmonia.commons.voice.pages import upgrade as page
from harmonia.commons.voice.views.seen import member, option_of, seen


@require_GET
def option(request: HttpRequest, number: int, option: int) -> HttpResponse:
    """Show one option: what the twin foresees, with intervals; who wrote it, who would help, what it was before."""
    found = option_of(seen(request, number), option)
    facts = page.option_detail(request.user, found)
    facts |= {"hand_form": HandForm(initial={"hours": facts["my_hours"]}), "author_form": AuthorForm()}
    return render(request, "voice/option.html", facts)


@login_required
@require_http_methods(["GET", "POST"])
def option_new(request: HttpRequest, number: int) -> HttpResponse:
    """Propose an option."""
    found = seen(request, number)
    if not page.may_propose(request.user, found):
        raise PermissionDenied
    form = _form(request, found, None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add_option(found, by=member(request), **form.cleaned_data)
        except actions.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            said = _("Added. If it changes the plant, the model is thinking about it now.")
            messages.success(request, said)
            return redirect("option", number, made.pk)
    facts = {"form": form, "upgrade": found, "option": None}
    return render(request, "voice/option_form.html", facts, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def option_change(request: HttpRequest, number: int, option: int) -> HttpResponse:
    """Change an option's words, as one of those who write it."""
    found = option_of(seen(request, number), option)
    if not actions.may_write(request.user, found):
        raise PermissionDenied
    form = _form(request, found.upgrade, found)
    if request.method == "POST" and form.is_valid():
        try:
            actions.revise_option(found, by=member(request), **form.cleaned_data)
        except actions.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Kept. What it said before stays in its history."))
            return redirect("option", number, option)
    facts = {"form": form, "upgrade": found.upgrade, "option": found}
    return render(request, "voice/option_form.html", facts, status=422 if form.errors else 200)


def _form(request: HttpRequest, upgrade: Upgrade, changed: Option | None) -> OptionForm:
    from harmonia.commons.nexus.queries import plant

    others = [other for other in upgrade.options.all() if changed is None or other.pk != changed.pk]
    asks = member(request).has_perm("voice.add_upgrade")
    initial = written(changed) if changed else None
    return OptionForm(plant(), others, request.POST or None, initial=initial, asks=asks)


@login_required
@require_http_methods(["GET", "POST"])
def option_remove(request: HttpRequest, number: int, option: int) -> HttpResponse:
    """Ask once, then take an option off."""
    found = option_of(seen(request, number), option)
    if not actions.may_write(request.user, found):
        raise PermissionDenied
    if request.method == "GET":
        return render(request, "voice/option_remove.html", {"option": found, "upgrade": found.upgrade})
    try:
        actions.remove_option(found, by=member(request))
    except actions.Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("upgrade", number)


@login_required
@require_POST
def option_foresee(request: HttpRequest, number: int, option: int) -> HttpResponse:
    """Ask the twin again."""
    said = _("Asked. The answer appears here by itself.")
    return _try(request, number, option, said, actions.ask_twin)


@login_required
@require_POST
def option_hand(request: HttpRequest, number: int, option: int) -> HttpResponse:
    """Lend some hours, or take them back."""
    form = HandForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Write whole hours between 0 and 1000."))
        return redirect("option", number, option)
    said = _("Kept. Thank you.")
    return _try(request, number, option, said, actions.lend_hand, **form.cleaned_data)


@login_required
@require_POST
def option_author(request: HttpRequest, number: int, option: int) -> HttpResponse:
    """Let another member write this option too."""
    form = AuthorForm(request.POST)
    name = form.cleaned_data["name"] if form.is_valid() else ""
    said = _("They can write it with you now.")
    return _try(request, number, option, said, actions.invite_author, name=name)


def _try(request: HttpRequest, number: int, option: int, said: str, act: Any, **values: Any) -> HttpResponse:
    found = option_of(seen(request, number), option)
    try:
        act(found, by=member(request), **values)
    except actions.Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect("option", number, option)


@login_required
@permission_required("voice.veto_option", raise_exception=True)
@require_http_methods(["GET", "POST"])
def option_veto(request: HttpRequest, number: int, option: int) -> HttpResponse:
    """Say no as the holder of the licence, publicly and only before voting opens."""
    found = option_of(seen(request, number), option)
    form = VetoForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.veto(found, by=member(request), **form.cleaned_data)
        except actions.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Vetoed. Everybody reads your reason."))
            return redirect("option", number, option)
    facts = {"form": form, "option": found, "upgrade": found.upgrade}
    return render(request, "voice/option_veto.html", facts, status=422 if form.errors else 200)
