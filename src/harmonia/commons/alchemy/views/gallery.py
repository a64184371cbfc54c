"""The gallery, and the page of one thing."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from harmonia.commons.alchemy import queries
from harmonia.commons.alchemy.codes import canonical
from harmonia.commons.alchemy.queries import ArtifactView

A_PAGE = 24


@require_GET
def make(request: HttpRequest) -> HttpResponse:
    """Show what was made, perhaps of one material only."""
    material = request.GET.get("material", "")
    materials = queries.gallery_materials()
    chosen = next((s for s in materials if s.code == material), None)
    shown = queries.gallery(chosen.code if chosen else "")
    page = Paginator(shown, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "things": queries.seen(page.object_list, request.user),
        "materials": materials,
        "chosen": chosen,
        "count": page.paginator.count,
        "grams": queries.grams_made(shown),
        "hidden": queries.hidden() if request.user.has_perm("alchemy.moderate") else [],
    }
    return render(request, "alchemy/make.html", context)


def found(request: HttpRequest, code: str) -> ArtifactView:
    """Return a thing as this viewer may see it, or answer 404."""
    view = queries.artifact(canonical(code), request.user)
    if view is None:
        raise Http404
    return view


@require_GET
def artifact(request: HttpRequest, code: str) -> HttpResponse:
    """Show one thing: where its label leads."""
    if code != canonical(code):
        return redirect("artifact", canonical(code), permanent=True)
    view = queries.artifact(code, request.user)
    if view is None and queries.exists(code):
        return render(request, "alchemy/hidden.html", status=404)
    context = {"thing": found(request, code)}
    return render(request, "alchemy/artifact.html", context)
