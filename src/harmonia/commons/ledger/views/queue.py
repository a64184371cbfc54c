"""The door for what was weighed in without a network: one item at a time, each booked once."""

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from harmonia.commons.ledger import actions, queries
from harmonia.commons.ledger.forms import DropOffForm
from harmonia.commons.ledger.kind_words import thanks
from harmonia.commons.ledger.models import DropOff
from harmonia.commons.ledger.moments import weighed_at
from harmonia.commons.ledger.views.bringing import book_drop_off, mark_of


@never_cache
@require_http_methods(["GET", "POST"])
def queue(request: HttpRequest) -> JsonResponse:
    """GET: who is here, and a token to post with. POST one drop-off: sent (with its link) or refused (with a sentence)."""
    if not request.user.is_authenticated:
        return JsonResponse({"words": _("Sign in to send what this phone keeps.")}, status=401)
    person = request.user
    if request.method == "GET":
        return JsonResponse({"person": mark_of(person), "token": get_token(request)})
    item = _read(request)
    form = DropOffForm(item)
    try:
        at = weighed_at(item.get("at"))
        if not form.is_valid():
            if known := queries.booked_under(person, str(item.get("key", ""))):
                return _sent(known)  # its answer was lost on the way, and something was closed meanwhile
            return _refused(" ".join(str(words) for found in form.errors.values() for words in found))
        booked = book_drop_off(person, form, at=at)
    except actions.Refused as refusal:
        return _refused(str(refusal))
    if item.get("say"):  # the page goes on to this drop-off at once, and says thank you there
        messages.success(request, thanks(booked))
    return _sent(booked)


def _sent(booked: DropOff) -> JsonResponse:
    return JsonResponse({"state": "sent", "link": reverse("followed", args=[booked.pk])})


def _read(request: HttpRequest) -> dict[str, Any]:
    try:
        found = json.loads(request.body)
    except (ValueError, RecursionError):
        return {}
    return {str(k): str(v) for k, v in found.items()} if isinstance(found, dict) else {}


def _refused(words: str) -> JsonResponse:
    return JsonResponse({"state": "refused", "words": words}, status=409)
