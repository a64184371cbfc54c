"""The cloth on a screen that stands somewhere for days."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from harmonia.commons.tapestry import queries
from harmonia.commons.tapestry.views.screen import fresh
from harmonia.commons.tapestry.views.tour import found_stop


@require_safe
def tapestry_kiosk(request: HttpRequest, code: str) -> HttpResponse:
    """Show the cloth full-screen; the page itself holds no story, so it may be kept without a network."""
    return render(request, "tapestry/kiosk.html", {"stop": found_stop(code)})


@require_safe
def tapestry_kiosk_words(request: HttpRequest, code: str) -> HttpResponse:
    """Hand out threads with their words, as anybody may read them; a kiosk may hold them for a day."""
    found_stop(code)
    return fresh(request, JsonResponse(queries.words(with_stories=True)).content, "application/json")
