"""The pyramid anyone can cut."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from harmonia.commons.festival.pdf import PAPERS, template
from harmonia.science.scenes import SCREENS, Pyramid


@require_GET
def festival_pyramid(request: HttpRequest) -> HttpResponse:
    """Show how to make a hologram from an old CD case."""
    sizes = [(name, Pyramid(base)) for name, base in SCREENS.items()]
    return render(request, "festival/pyramid.html", {"sizes": sizes, "papers": list(PAPERS)})


@require_GET
def festival_template(request: HttpRequest, screen: str, paper: str) -> HttpResponse:
    """Hand out what to cut, true to scale."""
    if screen not in SCREENS or paper not in PAPERS:
        raise Http404
    content = template(Pyramid(SCREENS[screen]), paper)
    name = f'inline; filename="pyramid-{screen}-{paper}.pdf"'
    return HttpResponse(content, content_type="application/pdf", headers={"Content-Disposition": name})
