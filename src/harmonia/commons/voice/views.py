"""Pages of choosing."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from harmonia.commons.people.models import Person
from harmonia.commons.voice import actions, page, queries
from harmonia.commons.voice.forms import OptionForm, UpgradeForm
from harmonia.commons.voice.models import Option, Upgrade
from harmonia.commons.voice.steps import STEPS, Step, steps_for

NO_STORE = {"Cache-Control": "no-store"}


@require_GET
def choose(request: HttpRequest) -> HttpResponse:
    """Show what is asked now, and what was asked before."""
    return render(request, "voice/choose.html", page.overview(request.user))


@require_GET
def upgrade(request: HttpRequest, number: int) -> HttpResponse:
    """Show one question: its options, the ballot, who approves what, the result."""
    found = _seen(request, number)
    facts = page.detail(request.user, found) | {"steps": steps_for(request.user, found)}
    return render(request, "voice/upgrade.html", facts)


@login_required
@require_POST
def upgrade_approve(request: HttpRequest, number: int) -> HttpResponse:
    """Cast or change one's own ballot."""
    found = _seen(request, number)
    chosen = [int(value) for value in request.POST.getlist("option") if value.isdecimal() and len(value) < 19]
    options = list(Option.objects.filter(pk__in=chosen))
    try:
        if len(options) != len(set(request.POST.getlist("option"))):
            raise actions.Refused(_("That is no option of this vote. Your ballot stays as it was."))
        count = actions.approve(cast(Person, request.user), found, options)
    except actions.Refused as refusal:
        messages.error(request, str(refusal))
    else:
        said = _("Your ballot is in. You can change it until the vote closes.")
        messages.success(request, said if count else _("Your ballot is taken back."))
    return redirect("upgrade", number)


@login_required
@permission_required("voice.add_upgrade", raise_exception=True)
@require_http_methods(["GET", "POST"])
def upgrade_new(request: HttpRequest) -> HttpResponse:
    """Draft a question."""
    form = UpgradeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.draft(cast(Person, request.user), **form.cleaned_data)
        except actions.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("upgrade", made.pk)
    return render(request, "voice/upgrade_new.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@permission_required("voice.add_upgrade", raise_exception=True)
@require_http_methods(["GET", "POST"])
def option_new(request: HttpRequest, number: int) -> HttpResponse:
    """Add an option to a question."""
    from harmonia.commons.nexus.queries import plant

    found = _seen(request, number)
    form = OptionForm(plant(), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_option(found, by=cast(Person, request.user), **form.cleaned_data)
        except actions.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("Added. If it changes the plant, the model is thinking about it now.")
            )
            return redirect("upgrade", number)
    facts = {"form": form, "upgrade": found}
    return render(request, "voice/option_new.html", facts, status=422 if form.errors else 200)


@login_required
@permission_required("voice.add_upgrade", raise_exception=True)
@require_http_methods(["GET", "POST"])
def option_remove(request: HttpRequest, number: int, option: int) -> HttpResponse:
    """Ask once, then take an option off."""
    found = _option(_seen(request, number), option)
    if request.method == "GET":
        return render(request, "voice/option_remove.html", {"option": found, "upgrade": found.upgrade})
    try:
        actions.remove_option(found, by=cast(Person, request.user))
    except actions.Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("upgrade", number)


@login_required
@permission_required("voice.add_upgrade", raise_exception=True)
@require_POST
def option_foresee(request: HttpRequest, number: int, option: int) -> HttpResponse:
    """Ask the twin again."""
    try:
        actions.ask_twin(_option(_seen(request, number), option), by=cast(Person, request.user))
    except actions.Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Asked. The answer appears here by itself."))
    return redirect("upgrade", number)


@login_required
@permission_required("voice.add_upgrade", raise_exception=True)
@require_POST
def upgrade_compare(request: HttpRequest, number: int) -> HttpResponse:
    """Ask the twin to compare every set of options within the budget."""
    try:
        actions.compare_sets(_seen(request, number), by=cast(Person, request.user))
    except actions.Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Asked. The comparison takes a few minutes and is linked here."))
    return redirect("upgrade", number)


@login_required
@require_http_methods(["GET", "POST"])
def upgrade_step(request: HttpRequest, number: int, step: str) -> HttpResponse:
    """Ask once, then move the question on."""
    found, chosen = _seen(request, number), STEPS.get(step)
    if chosen is None:
        raise Http404
    if not cast(Person, request.user).has_perm(chosen.permission):
        raise PermissionDenied
    form = chosen.form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _take(request, found, chosen, form.cleaned_data)
    facts = {"upgrade": found, "step": chosen, "form": form}
    return render(request, "voice/step.html", facts, status=422 if form.errors else 200)


def _take(request: HttpRequest, found: Upgrade, step: Step, values: dict[str, Any]) -> HttpResponse:
    try:
        step.act(found, by=cast(Person, request.user), **values)
    except actions.Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, str(step.done))
    return redirect("upgrade", found.pk)


@require_GET
def upgrade_bundle(request: HttpRequest, number: int) -> HttpResponse:
    """Hand out everything needed to recount the vote, to anybody."""
    found = _seen(request, number)
    if not found.bundle:
        raise Http404
    name = f'attachment; filename="vote-{found.pk}.zip"'
    headers = NO_STORE | {"Content-Disposition": name}
    return HttpResponse(bytes(found.bundle), content_type="application/zip", headers=headers)


@require_GET
def upgrade_frozen(request: HttpRequest, number: int) -> HttpResponse:
    """Hand out the text whose hash the page shows."""
    found = _seen(request, number)
    if not found.frozen:
        raise Http404
    return HttpResponse(found.frozen.encode(), content_type="application/json", headers=NO_STORE)


def _seen(request: HttpRequest, number: int) -> Upgrade:
    found = queries.upgrade_for(request.user, number)
    if found is None:
        raise Http404
    return found


def _option(upgrade: Upgrade, number: int) -> Option:
    found = upgrade.options.filter(pk=number).first()
    if found is None:
        raise Http404
    return found
