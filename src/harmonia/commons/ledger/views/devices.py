"""Scales that weigh in by themselves: give one its token, once; take it back."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from harmonia.commons.ledger import actions, queries
from harmonia.commons.ledger.forms.scales import DeviceForm
from harmonia.commons.ledger.models import Device
from harmonia.commons.people.models import Person


@permission_required("ledger.issue_device", raise_exception=True)
@never_cache
@require_http_methods(["GET", "POST"])
def devices(request: HttpRequest) -> HttpResponse:
    """List every scale; a new one's token is on the page that answers, and never again."""
    form = DeviceForm(request.POST or None)
    context = {"form": form, "devices": queries.devices(), "issued": None}
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        issued, token = actions.issue_device(values["name"], values["point"], cast(Person, request.user))
        context |= {"form": DeviceForm(), "issued": issued, "token": token}
        context["address"] = request.build_absolute_uri(reverse("api_drop_offs"))
    return render(request, "ledger/devices.html", context, status=422 if form.errors else 200)


@permission_required("ledger.issue_device", raise_exception=True)
@require_POST
def device_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a scale's token back at once."""
    found = get_object_or_404(Device, pk=pk)
    actions.revoke_device(found, cast(Person, request.user))
    messages.success(request, _("%(name)s books nothing from now on.") % {"name": found})
    return redirect("devices")
