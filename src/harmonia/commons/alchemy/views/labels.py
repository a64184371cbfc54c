"""Labels and codes to stick on a thing."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from harmonia.commons.alchemy import labels
from harmonia.commons.alchemy.views.gallery import found


def _address(request: HttpRequest, code: str) -> str:
    return request.build_absolute_uri(reverse("artifact", args=[code]))


@require_GET
def artifact_label(request: HttpRequest, code: str) -> HttpResponse:
    """Show a label to print and tie to the thing."""
    thing = found(request, code)
    address = _address(request, thing.code)
    drawing = SafeString(labels.qr_inline(address, _("QR code that leads to the page of this thing")))
    return render(request, "alchemy/artifact_label.html", {"thing": thing, "address": address, "qr": drawing})


@require_GET
def artifact_qr(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """Hand out the QR code as a file."""
    thing = found(request, code)
    address = _address(request, thing.code)
    if code != thing.code:
        return HttpResponseRedirect(reverse("artifact_qr", args=[thing.code, kind]))
    content = labels.qr_png(address) if kind == "png" else labels.qr_svg(address)
    response = HttpResponse(content, content_type="image/png" if kind == "png" else "image/svg+xml")
    response["Content-Disposition"] = f'inline; filename="{thing.code}.{kind}"'
    return response
