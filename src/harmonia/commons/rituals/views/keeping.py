"""What is kept of a ritual."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from harmonia.commons.rituals import queries
from harmonia.commons.rituals.views.found import NO_STORE, found, words_of_room


@require_GET
def ritual_replay(request: HttpRequest, number: int) -> HttpResponse:
    """Show anybody how it went, step by step; names are for members."""
    one = found(number)
    member = request.user.is_authenticated
    facts = {
        "ritual": one,
        "present": queries.present(one.topic),
        "entries": queries.entries(one, to_member=member),
        "words": words_of_room(),
        "unveiled": queries.unveiled(one),
    }
    return render(request, "rituals/replay.html", facts)


@require_GET
def ritual_record(request: HttpRequest, number: int) -> HttpResponse:
    """Hand out every event, to play it again: numbers and the facilitator's words, nobody else's."""
    return JsonResponse({"events": queries.record_of(found(number))}, headers=NO_STORE)
