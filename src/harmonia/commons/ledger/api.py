"""The door for scales: `POST /api/drop-offs/`, a token per device, each weighing under its own key.

Answers are JSON; a refusal is a problem of RFC 9457 whose `detail` is one sentence. The header `Idempotency-Key` is as
in draft-ietf-httpapi-idempotency-key-header: required, the same key and matter is booked once and answered alike, the
same key with other matter is refused.
"""

import json
import re
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from harmonia.commons.ledger import actions, queries
from harmonia.commons.ledger.forms.scales import ApiDropOffForm
from harmonia.commons.ledger.models import Device, DropOff
from harmonia.commons.ledger.moments import weighed_at

KEY = re.compile(r"[!-~]{1,40}")  # visible ASCII, so that no two look alike
MOST_BYTES = 10_000


class Problem(Exception):
    """A request that cannot be answered; `status` and one sentence."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(detail)
        self.status = status


@csrf_exempt  # a token in a header is not sent by a browser on its own
@never_cache
@require_http_methods(["GET", "POST"])
def drop_offs(request: HttpRequest) -> HttpResponse:
    """GET: what this device's point takes. POST: book one weighing (201, or 200 when it was booked before)."""
    try:
        device = _device(request)
        return JsonResponse(_taken_at(device)) if request.method == "GET" else _weigh_in(request, device)
    except Problem as problem:
        answer = JsonResponse(
            {"status": problem.status, "title": _TITLES[problem.status], "detail": str(problem)},
            status=problem.status,
            content_type="application/problem+json",
        )
        if problem.status == 401:
            answer["WWW-Authenticate"] = 'Bearer realm="harmonia"'
        return answer


_TITLES = {
    400: "Bad Request",
    401: "Unauthorized",
    413: "Content Too Large",
    415: "Unsupported Media Type",
    422: "Unprocessable Content",
}


def _device(request: HttpRequest) -> Device:
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    device = actions.device_of(token.strip()) if scheme.lower() == "bearer" and token else None
    if device is None:
        raise Problem(401, _("This token is unknown here, or was taken back. Nothing was booked."))
    return device


def _taken_at(device: Device) -> dict[str, Any]:
    closed = queries.closures()
    return {
        "point": device.point.code,
        "open": device.point.is_open,
        "materials": [
            {"code": material.code, "name": str(material), "most_grams": material.max_drop_off_g}
            for material in queries.materials()
            if material.pk not in closed
        ],
        "containers": [
            {"code": c.code, "name": c.name, "tare_grams": c.tare_g, "capacity_grams": c.capacity_g}
            for c in queries.containers_at(device.point)
        ],
    }


def _weigh_in(request: HttpRequest, device: Device) -> HttpResponse:
    key = _key(request)
    form = ApiDropOffForm(_body(request))
    if not form.is_valid():
        raise Problem(422, _sentence(form))
    before = queries.last_movement()
    try:
        booked = _book(device, key, form.cleaned_data)
    except actions.Refused as refusal:
        raise Problem(422, str(refusal)) from refusal
    actions.seen(device)
    return JsonResponse(_told(booked), status=201 if booked.pk > before else 200)


def _key(request: HttpRequest) -> str:
    key = request.headers.get("Idempotency-Key", "").strip().strip('"')
    if not KEY.fullmatch(key):
        text = _(
            "Send an Idempotency-Key of 1 to 40 visible ASCII characters, new for each weighing. Nothing was booked."
        )
        raise Problem(400, text)
    return key


def _body(request: HttpRequest) -> dict[str, Any]:
    if request.content_type != "application/json":
        raise Problem(415, _("Send application/json. Nothing was booked."))
    if int(request.headers.get("Content-Length") or 0) > MOST_BYTES:
        raise Problem(413, _("A weighing is shorter than that. Nothing was booked."))
    try:
        found = json.loads(request.body)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise Problem(400, _("This is no JSON object. Nothing was booked."))
    known = ApiDropOffForm.base_fields
    if strange := sorted(set(found) - set(known)):
        text = _("'%(name)s' is unknown; known are %(known)s. Nothing was booked.")
        raise Problem(422, text % {"name": strange[0][:40], "known": ", ".join(known)})
    if any(isinstance(value, bool | float | list | dict) for value in found.values()):
        raise Problem(422, _("Every value is a text or a whole number. Nothing was booked."))
    return {name: value for name, value in found.items() if value is not None}


def _sentence(form: ApiDropOffForm) -> str:
    named = [
        f"{name}: {words}" if name != "__all__" else str(words)
        for name, found in form.errors.items()
        for words in found
    ]
    return " ".join([*named, _("Nothing was booked.")])


def _book(device: Device, key: str, values: dict[str, Any]) -> DropOff:
    shown = actions.OnScale(values["container"], values["grams"]) if values["container"] else None
    key = f"scale-{device.pk}:{key}"
    # Who has no card is a visitor of this point: their matter is known, they are not.
    household = values["household"] or actions.open_household(f"visitors-{device.point.code}"[:60])
    return actions.drop_off_from(
        household,
        recorder=device.recorder,
        point=device.point,
        substance=values["material"],
        grams=actions.net_g(shown, key) if shown else values["grams"],
        foreign_kind=values["foreign"],
        foreign_percent=values["foreign_percent"],
        shown=shown,
        key=key,
        at=weighed_at(values["at"]) if values["at"] else None,
    )


def _told(booked: DropOff) -> dict[str, Any]:
    substance, grams = queries.weight_of(booked)
    return {
        "state": "booked",
        "movement": booked.pk,
        "material": substance.code,
        "grams": grams,
        "foreign": booked.foreign_kind,
        "foreign_percent": booked.foreign_percent,
        "at": booked.movement.occurred_at.isoformat(),
    }
