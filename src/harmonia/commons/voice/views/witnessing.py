"""What a witnessing device asks and tells; JSON, because a program does it."""

import json
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, JsonResponse
from django.views.decorators.http import require_GET, require_POST

from harmonia.commons.voice import actions, logbook
from harmonia.commons.voice.models import Checkpoint, Upgrade, Witness
from harmonia.commons.voice.views.seen import member, seen

MOST_BYTES = 8192


@require_GET
def upgrade_witness(request: HttpRequest, number: int) -> JsonResponse:
    """Return the newest checkpoint, the log's key, and the proof that it grew out of `from` entries."""
    found = _begun(request, number)
    newest = logbook.newest(found)
    if newest is None:
        raise Http404
    asked = request.GET.get("from", "0")
    old = int(asked) if asked.isdecimal() and len(asked) < 10 else 0
    proof = logbook.grew(found, old, newest.size) if 0 < old <= newest.size else ()
    return JsonResponse(
        {
            "size": newest.size,
            "note": newest.note,
            "key": logbook.verifier(found).as_text(),
            "proof": [step.hex() for step in proof],
        }
    )


@login_required
@require_POST
def upgrade_cosign(request: HttpRequest, number: int) -> JsonResponse:
    """Keep a device's signature on a checkpoint."""
    found, told = _begun(request, number), _json(request)
    try:
        witness = actions.register_witness(
            found, by=member(request), name=str(told.get("name", "")), public_key=str(told.get("key", ""))
        )
        size = told.get("size")
        checkpoint = Checkpoint.objects.filter(
            upgrade=found, size=size if isinstance(size, int) else -1
        ).first()
        if checkpoint is None:
            raise Http404
        actions.cosign(checkpoint, witness, str(told.get("note", "")))
    except actions.Refused as refusal:
        return JsonResponse({"said": str(refusal)}, status=422)
    return JsonResponse({"witnesses": Witness.objects.filter(upgrade=found).count()})


def _json(request: HttpRequest) -> dict[str, Any]:
    try:
        told = json.loads(request.body[:MOST_BYTES])
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def _begun(request: HttpRequest, number: int) -> Upgrade:
    found = seen(request, number)
    if not found.frozen:
        raise Http404
    return found
