"""A story as a scene, and what its teller adds."""

from typing import Any, cast

from csp.decorators import csp_update
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from harmonia.commons.festival import actions, queries
from harmonia.commons.festival.described import described
from harmonia.commons.festival.forms import DressForm
from harmonia.commons.festival.models import SIDES
from harmonia.commons.festival.queries import SceneView
from harmonia.commons.people.models import Person

# A GLB's own pictures are unpacked in the browser: they come from the file, never from an address.
UNPACKED = {"img-src": ["blob:"], "connect-src": ["'self'", "blob:"]}
ASK_AGAIN = {"Cache-Control": "private, max-age=0, must-revalidate", "X-Content-Type-Options": "nosniff"}


def found_scene(request: HttpRequest, code: str) -> SceneView:
    """Return a scene as this viewer may see it, or answer 404."""
    scene = queries.scene(code, request.user)
    if scene is None:
        raise Http404
    return scene


def addressed(scene: SceneView) -> dict[str, Any]:
    """Return a scene as JSON values with this site's addresses."""
    return described(
        scene,
        shape=reverse("festival_scene_glb", args=[scene.code]),
        still=reverse("festival_scene_still", args=[scene.code]),
        href=reverse("artifact", args=[scene.code]),
    )


@require_GET
def festival(request: HttpRequest) -> HttpResponse:
    """Show what evenings come, and which stories can stand in a room."""
    context = {
        "evenings": queries.evenings(),
        "past": queries.past_evenings(),
        "scenes": queries.scenes()[:24],
        "asked": queries.turns_of(request.user) if request.user.is_authenticated else [],
    }
    return render(request, "festival/festival.html", context)


@require_GET
@csp_update(UNPACKED)  # type: ignore[arg-type]  # its types know only views without arguments
def festival_scene(request: HttpRequest, code: str) -> HttpResponse:
    """Show one story in space."""
    return render(request, "festival/scene.html", {"scene": found_scene(request, code)})


@require_GET
def festival_scene_json(request: HttpRequest, code: str) -> JsonResponse:
    """Hand out what a scene needs."""
    return JsonResponse(addressed(found_scene(request, code)), headers=ASK_AGAIN)


@require_GET
def festival_scene_glb(request: HttpRequest, code: str) -> HttpResponse:
    """Hand out a scene's shape."""
    content = queries.shape(found_scene(request, code), request.user)
    headers = {**ASK_AGAIN, "Content-Disposition": f'attachment; filename="{code}.glb"'}
    return HttpResponse(content, content_type="model/gltf-binary", headers=headers)


@require_GET
def festival_scene_still(request: HttpRequest, code: str) -> HttpResponse:
    """Show a still of a scene."""
    content = queries.still(found_scene(request, code), request.user)
    return HttpResponse(content, content_type="image/png", headers=ASK_AGAIN)


@require_GET
def festival_cloth(request: HttpRequest) -> HttpResponse:
    """Hand out the whole cloth, hanging, as GLB."""
    content = queries.cloth_glb()
    if content is None:
        raise Http404
    headers = {**ASK_AGAIN, "Content-Disposition": 'attachment; filename="tapestry.glb"'}
    return HttpResponse(content, content_type="model/gltf-binary", headers=headers)


@login_required
@require_http_methods(["GET", "POST"])
def festival_dress(request: HttpRequest, code: str) -> HttpResponse:
    """Let a teller give their story a shape."""
    scene = found_scene(request, code)
    if not scene.thing.is_mine:
        raise Http404
    form = DressForm(request.POST or None, request.FILES or None, has_glb=scene.has_glb, initial=scene.sides)
    if request.method == "POST" and form.is_valid() and _dressed(request, code, form):
        messages.success(request, _("It is kept. Walk around it once, to see whether it stands upright."))
        return redirect("festival_scene", code)
    status = 422 if form.is_bound else 200
    return render(request, "festival/dress.html", {"scene": scene, "form": form}, status=status)


def _dressed(request: HttpRequest, code: str, form: DressForm) -> bool:
    values = form.cleaned_data
    try:
        actions.dress(
            cast(Person, request.user),
            code,
            sides={side: values[side] for side in SIDES},
            glb=values["glb"],
            without_glb=values.get("without_glb", False),
        )
    except actions.Refused as refusal:
        form.add_error("glb", str(refusal))
        return False
    return True
