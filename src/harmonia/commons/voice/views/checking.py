"""Everything with which anybody checks a vote: receipts, log, bundles, sworn recounters."""

import json

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from harmonia.commons.voice import actions, bundles, logbook, queries
from harmonia.commons.voice.models import Upgrade
from harmonia.commons.voice.pages import checking as page
from harmonia.commons.voice.views.seen import NO_STORE, member, seen


@require_http_methods(["GET", "POST"])
def upgrade_check(request: HttpRequest, number: int) -> HttpResponse:
    """Show how to check this vote, and check a receipt; what is typed stays out of addresses and logs."""
    found = _begun(request, number)
    seal = request.POST.get("seal", "")[:200]
    facts = page.check_facts(request.user, found)
    if seal.strip():
        facts |= {"asked": seal, "receipt": queries.find_seal(found, seal)}
    return render(request, "voice/check.html", facts)


@require_POST
def upgrade_receipt(request: HttpRequest, number: int) -> HttpResponse:
    """Hand out the proof that a sealed ballot is in the log, as a file."""
    found = queries.find_seal(_begun(request, number), request.POST.get("seal", "")[:200])
    if found is None or found.receipt is None:
        raise Http404
    return _file(json.dumps(found.receipt, indent=1), f"receipt-{number}.json", "application/json")


@require_GET
def upgrade_log(request: HttpRequest, number: int) -> HttpResponse:
    """Hand out the log, one entry a line."""
    from harmonia.science.choice.transparency import write_log

    text = write_log(logbook.entries(_begun(request, number)))
    return HttpResponse(text, content_type="text/plain; charset=utf-8", headers=NO_STORE)


@require_GET
def upgrade_checkpoint(request: HttpRequest, number: int) -> HttpResponse:
    """Hand out the newest signed checkpoint with its witnesses."""
    newest = logbook.newest(_begun(request, number))
    if newest is None:
        raise Http404
    return HttpResponse(logbook.note(newest), content_type="text/plain; charset=utf-8", headers=NO_STORE)


@require_GET
def upgrade_frozen(request: HttpRequest, number: int) -> HttpResponse:
    """Hand out the text whose hash the page shows."""
    found = _begun(request, number)
    return HttpResponse(found.frozen.encode(), content_type="application/json", headers=NO_STORE)


@require_GET
def upgrade_public(request: HttpRequest, number: int) -> HttpResponse:
    """Hand out the public bundle to anybody: of a large vote with every ballot, without salts."""
    found = seen(request, number)
    if not found.is_decided:
        raise Http404
    return _file(bundles.public(found), f"vote-{number}-public.zip", "application/zip")


@require_GET
def upgrade_bundle(request: HttpRequest, number: int) -> HttpResponse:
    """Hand out every ballot with its salt to a sworn recounter: salts open receipts."""
    found = seen(request, number)
    if not found.bundle:
        raise Http404
    if not queries.may_fetch_bundle(request.user, found):
        raise PermissionDenied
    return _file(bundles.full(found), f"vote-{number}.zip", "application/zip")


@login_required
@permission_required("voice.open_vote", raise_exception=True)
@require_POST
def recounter_ask(request: HttpRequest, number: int) -> HttpResponse:
    """Ask a member to recount."""
    try:
        actions.ask_recounter(seen(request, number), request.POST.get("name", ""), by=member(request))
    except actions.Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("They are asked, and everybody can see it."))
    return redirect("upgrade_check", number)


@login_required
@require_POST
def recounter_swear(request: HttpRequest, number: int) -> HttpResponse:
    """Take the oath."""
    try:
        actions.swear(seen(request, number), by=member(request))
    except actions.Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Thank you. After the count you can download every ballot here."))
    return redirect("upgrade_check", number)


@login_required
@require_POST
def recounter_tell(request: HttpRequest, number: int) -> HttpResponse:
    """Say what one's own count gave."""
    agrees, words = request.POST.get("agrees") == "yes", request.POST.get("words", "")
    try:
        actions.tell_recount(seen(request, number), by=member(request), agrees=agrees, words=words)
    except actions.Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Your finding stands on this page."))
    return redirect("upgrade_check", number)


def _begun(request: HttpRequest, number: int) -> Upgrade:
    found = seen(request, number)
    if not found.frozen:
        raise Http404
    return found


def _file(content: bytes | str, name: str, kind: str) -> HttpResponse:
    headers = NO_STORE | {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)
