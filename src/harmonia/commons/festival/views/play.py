"""An evening that runs by itself."""

from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from harmonia.commons.festival import queries
from harmonia.commons.festival.views.evenings import found_evening
from harmonia.commons.festival.views.scenes import ASK_AGAIN, UNPACKED, addressed


@require_GET
@csp_update(UNPACKED)  # type: ignore[arg-type]  # its types know only views without arguments
def festival_play(request: HttpRequest, code: str) -> HttpResponse:
    """Show the programme, one story after the other, until somebody stops it."""
    evening = found_evening(code)
    return render(request, "festival/play.html", {"evening": evening, "shown": queries.shown(evening)})


@require_GET
def festival_programme(request: HttpRequest, code: str) -> JsonResponse:
    """Hand out what is shown, as it is at this moment: the player asks before every story."""
    turns = [
        {**addressed(one.scene), "seconds": one.turn.seconds}
        for one in queries.shown(found_evening(code))
        if one.scene is not None
    ]
    return JsonResponse({"turns": turns}, headers=ASK_AGAIN)
