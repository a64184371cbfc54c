"""The page of the cloth, and the cloth to take home."""

from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_GET

from harmonia.commons.ledger import queries as ledger
from harmonia.commons.tapestry import queries
from harmonia.commons.tapestry.views.screen import fresh
from harmonia.science.weaving import tapestry as documents

# Above this the page carries one picture and the list instead of every patch as a drawing.
DRAWN = 150


@require_GET
def tapestry(request: HttpRequest) -> HttpResponse:
    """Show the cloth and, beneath it, every thread in words."""
    threads = queries.threads()
    own = queries.threads_of(request.user) if request.user.is_authenticated else set()
    mine = [thread for thread in threads if thread.code in own]
    names = {str(substance.code): str(substance) for substance in ledger.materials()}
    weaves = {names.get(material, material): weave for material, weave in queries.weaves(threads).items()}
    codes = [thread.code for thread in mine]
    context = {
        "cloth": queries.cloth(mine=codes) if len(threads) <= DRAWN else "",
        "threads": threads,
        "replies": queries.woven_replies(),
        "mine": mine,
        "mine_codes": " ".join(codes),
        "weaves": sorted(weaves.items()),
        "stops": queries.stops(),
        "waiting": len(queries.waiting()) if request.user.has_perm("tapestry.moderate") else 0,
    }
    return render(request, "tapestry/tapestry.html", context)


@require_GET
def tapestry_svg(request: HttpRequest) -> HttpResponse:
    """Hand out the cloth as a file, its links whole."""
    svg = queries.cloth(link=request.build_absolute_uri)
    if not svg:
        raise Http404
    response = HttpResponse(svg, content_type="image/svg+xml")
    response["Content-Disposition"] = 'attachment; filename="tapestry.svg"'
    return response


@require_GET
def tapestry_png(request: HttpRequest) -> HttpResponse:
    """Show the whole cloth as one picture."""
    return fresh(request, queries.picture(), "image/png")


@require_GET
def tapestry_wif(request: HttpRequest, code: str) -> HttpResponse:
    """Hand out one thread's draft for a loom."""
    wif = queries.draft(code, request.build_absolute_uri(f"{reverse('make')}{code}/"))
    if wif is None:
        raise Http404
    response = HttpResponse(wif, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{code}.wif"'
    return response


@require_GET
def tapestry_document(request: HttpRequest) -> JsonResponse:
    """Hand out the cloth as a document with a hash, for another community to hang beside its own."""
    return JsonResponse(documents.document(queries.document()), headers={"Cache-Control": "max-age=0"})


@require_GET
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
def tapestry_embed(request: HttpRequest) -> HttpResponse:
    """Show the cloth alone, for other people's pages; it sets and reads no cookie."""
    return render(request, "tapestry/embed.html", {"threads": queries.threads()})
