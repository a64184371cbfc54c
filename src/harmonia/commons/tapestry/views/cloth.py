"""The page of the cloth, and the cloth to take home."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from harmonia.commons.ledger import queries as ledger
from harmonia.commons.tapestry import queries


@require_GET
def tapestry(request: HttpRequest) -> HttpResponse:
    """Show the cloth and, beneath it, every thread in words."""
    threads = queries.threads()
    own = queries.threads_of(request.user) if request.user.is_authenticated else set()
    mine = [thread for thread in threads if thread.code in own]
    names = {str(substance.code): str(substance) for substance in ledger.materials()}
    weaves = {names.get(material, material): weave for material, weave in queries.weaves(threads).items()}
    context = {
        "cloth": queries.cloth(mine=[thread.code for thread in mine]),
        "threads": threads,
        "mine": mine,
        "weaves": sorted(weaves.items()),
    }
    return render(request, "tapestry/tapestry.html", context)


@require_GET
def tapestry_svg(request: HttpRequest) -> HttpResponse:
    """Hand out the cloth as a file, its links whole."""
    svg = queries.cloth(link=lambda code: request.build_absolute_uri(reverse("artifact", args=[code])))
    if not svg:
        raise Http404
    response = HttpResponse(svg, content_type="image/svg+xml")
    response["Content-Disposition"] = 'attachment; filename="tapestry.svg"'
    return response


@require_GET
def tapestry_wif(request: HttpRequest, code: str) -> HttpResponse:
    """Hand out one thread's draft for a loom."""
    wif = queries.draft(code, request.build_absolute_uri(f"{reverse('make')}{code}/"))
    if wif is None:
        raise Http404
    response = HttpResponse(wif, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{code}.wif"'
    return response
