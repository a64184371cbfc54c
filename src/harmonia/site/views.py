"""The pages that belong to no single app: the door, the appearance, a sign of life."""

from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from harmonia.commons.alchemy.queries import file
from harmonia.commons.journal.queries import last_sequence
from harmonia.commons.journal.rooms import kind_of
from harmonia.commons.thread.queries import headline
from harmonia.live.tokens import sign
from harmonia.site.ranges import ranged


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show the habitat to anybody: what came, what became of it, what was woven."""
    return render(request, "site/home.html", headline())


@require_POST
def appearance(request: HttpRequest) -> HttpResponse:
    """Keep the chosen theme in a cookie of this browser."""
    target = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure())
    response = HttpResponseRedirect(target if safe else "/")
    theme = request.POST.get("theme", "")
    if theme in ("night", "day"):
        response.set_cookie(
            "theme", theme, max_age=31536000, secure=settings.SESSION_COOKIE_SECURE, samesite="Lax"
        )
    else:
        response.delete_cookie("theme")
    return response


@require_GET
def health(request: HttpRequest) -> HttpResponse:
    """Say that pages are served and the database answers."""
    return JsonResponse({"status": "ok", "ledger": last_sequence("ledger")})


@require_GET
def room_token(request: HttpRequest, room: str) -> HttpResponse:
    """Give whom a room lets in a token for one handshake; another site cannot read it."""
    kind = kind_of(room)
    guest = kind.admit(request, room) if kind else None
    if guest is None:
        raise Http404
    token = sign(settings.SECRET_KEY.encode(), room, guest.who, speaks=guest.speaks)
    return JsonResponse({"token": token, "speaks": guest.speaks}, headers={"Cache-Control": "no-store"})


@require_GET
def media(request: HttpRequest, name: str) -> HttpResponseBase:
    """Serve an uploaded picture or recording, if an app says that this visitor may have it.

    Browsers may keep it for half a minute: what was taken back is gone from everywhere within one.
    """
    found = file(name, request.user)
    if found is None:
        raise Http404
    headers = {"Cache-Control": "private, max-age=30", "X-Content-Type-Options": "nosniff"}
    return ranged(request, found, headers)


@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    """Serve the service worker from the root, which is what lets it keep pages of the whole site."""
    path = finders.find("built/worker.js")
    if not isinstance(path, str):
        raise Http404
    text = Path(path).read_text("utf-8")
    return HttpResponse(text, content_type="text/javascript", headers={"Cache-Control": "no-cache"})
