"""The ballot: one page to vote, to change one's mind, and to find the receipt."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from harmonia.commons.voice import actions, papers, roll
from harmonia.commons.voice.models import Upgrade
from harmonia.commons.voice.pages import ballot as page
from harmonia.commons.voice.pages.ballot import Drawer
from harmonia.commons.voice.views.seen import member, seen

KEPT_S = 180 * 24 * 3600
"""How long this browser keeps a ballot key [s]."""


@never_cache
@sensitive_post_parameters()
@login_required
@require_http_methods(["GET", "POST"])
def upgrade_ballot(request: HttpRequest, number: int) -> HttpResponse:
    """Show the ballot of this browser's key, and put it into the box."""
    found = seen(request, number)
    if found.voting_at is None:
        messages.info(request, _("This vote has not opened yet."))
        return redirect("upgrade", number)
    drawer = page.drawer_of(request, member(request), found)
    if found.state != "voting":
        return _closed(request, found, drawer)
    return _cast(request, found, drawer) if request.method == "POST" else _show(request, found, drawer)


def _show(request: HttpRequest, upgrade: Upgrade, drawer: Drawer) -> HttpResponse:
    place = roll.place_of(member(request), upgrade)
    if place is None:
        return render(request, "voice/not_on_roll.html", {"upgrade": upgrade}, status=403)
    form = page.ballot_form(upgrade, drawer)
    facts = page.facts(upgrade, drawer, form, voted=place.voted)
    response = render(request, "voice/ballot.html", facts)
    # The key is here before the ballot is: an answer that gets lost on the way costs nobody their vote.
    if not drawer.key and not place.voted:
        _keep_key(response, drawer.cookie, papers.mint(upgrade.pk), upgrade)
    return response


def _cast(request: HttpRequest, upgrade: Upgrade, drawer: Drawer) -> HttpResponse:
    form = page.ballot_form(upgrade, drawer, request.POST)
    typed = request.POST.get("key", "").strip()
    key = typed or drawer.key or papers.mint(upgrade.pk)
    place = roll.place_of(member(request), upgrade)
    voted = place is not None and place.voted
    if not form.is_valid() or "look" in request.POST:
        facts = page.facts(upgrade, drawer, form, voted=voted, typed=typed)
        return render(request, "voice/ballot.html", facts, status=422 if form.errors else 200)
    try:
        actions.cast(member(request), upgrade, key, form.cleaned_data["said"])
    except actions.Refused as refusal:
        form.add_error(None, str(refusal))
        facts = page.facts(upgrade, drawer, form, voted=voted, typed=typed)
        return render(request, "voice/ballot.html", facts, status=422)
    messages.success(request, _("Your ballot is in the box. You can change it until the vote closes."))
    response = redirect(reverse("upgrade_ballot", args=[upgrade.pk]) + "#receipt")
    _keep_key(response, drawer.cookie, key, upgrade)
    return response


def _closed(request: HttpRequest, upgrade: Upgrade, drawer: Drawer) -> HttpResponse:
    # After the close nobody, the voter included, can look up what a ballot says: nothing to be asked for.
    form = page.ballot_form(upgrade, Drawer(drawer.cookie, "", None))
    facts = page.facts(upgrade, drawer, form, voted=True)
    if request.method == "POST":
        messages.error(request, _("This vote is not open. Your ballot stays as it was."))
    return render(request, "voice/ballot_closed.html", facts)


def _keep_key(response: HttpResponse, name: str, key: str, upgrade: Upgrade) -> None:
    response.set_cookie(
        name,
        key,
        max_age=KEPT_S,
        path=reverse("upgrade_ballot", args=[upgrade.pk]),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )
