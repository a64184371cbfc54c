"""What the cloth on screen is made of; everything is asked for anew, so that what is taken back goes at once."""

from hashlib import sha256

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.http import quote_etag
from django.views.decorators.http import require_GET

from harmonia.commons.tapestry import queries

# A browser may keep a copy but asks each time whether it still holds: a hash in the answer makes that cheap.
ASK_AGAIN = "public, max-age=0, must-revalidate"


def fresh(request: HttpRequest, content: bytes, kind: str) -> HttpResponse:
    """Return content, or 304 where the browser holds the same."""
    tag = quote_etag(sha256(content).hexdigest()[:32])
    headers = {"ETag": tag, "Cache-Control": ASK_AGAIN, "X-Content-Type-Options": "nosniff"}
    if request.headers.get("If-None-Match") == tag:
        return HttpResponse(status=304, headers=headers)
    return HttpResponse(content, content_type=kind, headers=headers)


@require_GET
def tapestry_texels(request: HttpRequest) -> HttpResponse:
    """Hand out the cloth for the shader."""
    return fresh(request, queries.cloth_bytes(), "application/octet-stream")


@require_GET
def tapestry_bare(request: HttpRequest) -> HttpResponse:
    """Hand out a cloth without any story."""
    return fresh(request, queries.bare_bytes(), "application/octet-stream")


@require_GET
def tapestry_threads(request: HttpRequest) -> HttpResponse:
    """Hand out what the threads are called, in the order of the texels."""
    return fresh(request, JsonResponse(queries.words()).content, "application/json")


@require_GET
def tapestry_pyramid(request: HttpRequest) -> HttpResponse:
    """Hand out the names of the tiles."""
    return fresh(request, JsonResponse(queries.pyramid()).content, "application/json")


@require_GET
def tapestry_tile(request: HttpRequest, level: str, column: str, row: str, name: str) -> HttpResponse:
    """Show one tile while the cloth looks as its name says."""
    content = queries.tile(int(level), int(column), int(row), name)
    if content is None:
        raise Http404
    return fresh(request, content, "image/png")
