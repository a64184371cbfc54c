"""The gallery, and the page of one thing."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from harmonia.commons.alchemy import passport, queries
from harmonia.commons.alchemy.codes import canonical
from harmonia.commons.alchemy.queries import ArtifactView, Choice, Narrowed

A_PAGE = 24


@require_GET
def make(request: HttpRequest) -> HttpResponse:
    """Show what was made, narrowed by material, technique, maker, season and words."""
    choices = queries.choices(request.user)
    chosen = {name: _chosen(request, name, offered) for name, offered in choices.items()}
    words = request.GET.get("q", "")[:200].replace("\x00", "")
    asked = Narrowed(**{name: choice.value for name, choice in chosen.items() if choice}, words=words)
    shown = queries.gallery(request.user, asked)
    page = Paginator(shown, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "things": queries.seen(page.object_list, request.user),
        "filters": [(name, _filter_label(name), chosen[name], offered) for name, offered in choices.items()],
        "chosen": chosen,
        "asked": asked,
        "count": page.paginator.count,
        "grams": queries.grams_made(shown),
        "repairs_found": queries.repairs(words=words).count() if words else 0,
        **_for_facilitators(request),
    }
    return render(request, "alchemy/make.html", context)


def _chosen(request: HttpRequest, name: str, offered: list[Choice]) -> Choice | None:
    asked = request.GET.get(name, "")
    return next((choice for choice in offered if choice.value == asked), None)


def _filter_label(name: str) -> str:
    labels = {
        "material": _("Made of"),
        "technique": _("Technique"),
        "maker": _("Maker"),
        "season": _("Months"),
    }
    return labels[name]


def _for_facilitators(request: HttpRequest) -> dict[str, object]:
    if not request.user.has_perm("alchemy.moderate"):
        return {}
    return {"hidden": queries.hidden(), "waiting": queries.waiting()}


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
    context = {
        "thing": found(request, code),
        "family": queries.family(code),
        "origin": queries.origin(code),
    }
    return render(request, "alchemy/artifact.html", context)


@require_GET
def artifact_passport(request: HttpRequest, code: str) -> HttpResponse:
    """Hand out a thing's signed passport, which anybody can check without this site."""
    address = f"{settings.CONFIG.site_address}{reverse('artifact', args=[canonical(code)])}"
    signed = passport.passport(canonical(code), address)
    if signed is None:
        raise Http404
    answer = JsonResponse(signed, json_dumps_params={"indent": 2, "ensure_ascii": False})
    answer["Content-Type"] = "application/vc+json"
    answer["Content-Disposition"] = f'attachment; filename="{canonical(code)}.passport.json"'
    return answer
