"""My thread, and one drop-off followed to its end."""

from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from harmonia.commons.people.models import Person
from harmonia.commons.thread import queries
from harmonia.commons.thread import voice as my


@login_required
@require_GET
def thread(request: HttpRequest) -> HttpResponse:
    """Show a resident what they brought, what became of it, what they made and what they pledged."""
    return render(request, "thread/thread.html", queries.thread(cast(Person, request.user)))


@login_required
@require_GET
def followed(request: HttpRequest, movement: int) -> HttpResponse:
    """Follow one's own drop-off through every holder."""
    story = queries.followed(cast(Person, request.user), movement)
    if story is None:
        raise Http404
    return render(request, "thread/followed.html", {"story": story})


@login_required
@require_GET
def my_voice(request: HttpRequest) -> HttpResponse:
    """Show each of a resident's acts and what it changed."""
    return render(request, "thread/my_voice.html", my.my_voice(cast(Person, request.user)))
