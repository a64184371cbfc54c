"""Inside a ritual: the way in, the phone's page, the big screen."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from harmonia.commons.rituals import actions, codes, queries
from harmonia.commons.rituals.forms import AnswerForm, CodeForm, OfferForm
from harmonia.commons.rituals.models import Offering
from harmonia.commons.rituals.views.found import (
    NO_STORE,
    come_in,
    found,
    new_key,
    plant_facts,
    remember,
    words_of_room,
)
from harmonia.commons.rituals.words import HINTS, NEWS


@require_POST
def ritual_enter(request: HttpRequest) -> HttpResponse:
    """Lead from a typed code to the door."""
    form = CodeForm(request.POST)
    one = queries.ritual_of_code(form.cleaned_data["code"]) if form.is_valid() else None
    if one is None:
        messages.error(request, _("There is no ritual with this code. Look again at the wall."))
        return redirect("rituals")
    return redirect("ritual_join", one.code)


@require_http_methods(["GET", "POST"])
def ritual_join(request: HttpRequest, code: str) -> HttpResponse:
    """Open the door: one press, no account."""
    one = queries.ritual_of_code(code)
    if one is None:
        raise Http404
    if one.is_over:
        return redirect("ritual_replay", one.pk)
    if request.method == "GET":
        if queries.participant_of(request, one) is not None:
            return redirect("ritual_here", one.pk)
        return render(request, "rituals/join.html", {"ritual": one})
    try:
        return remember(request, redirect("ritual_here", one.pk), come_in(request, one))
    except actions.Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("ritual", one.pk)


@require_GET
def ritual_here(request: HttpRequest, number: int) -> HttpResponse:
    """Show a participant the room: the light, the question, the vote, the plant."""
    one = found(number)
    known = queries.participant_of(request, one)
    if known is None:
        return redirect("ritual_join", one.code)
    facts = {
        "ritual": one,
        "participant": known,
        "present": queries.present(one.topic),
        "news": NEWS[one.state],
        "hint": HINTS[one.state],
        "words": words_of_room(),
        "offer_form": OfferForm(initial={"key": new_key()}, prefix=None),
        "answer_form": AnswerForm(initial={"key": new_key()}, auto_id="answer_%s"),
        "mine": queries.offerings_of(known),
        "unveiled": queries.unveiled(one),
    }
    return render(request, "rituals/here.html", facts | plant_facts())


@require_POST
def ritual_take_back(request: HttpRequest, number: int, offering: int) -> HttpResponse:
    """Take one's own words back."""
    one = found(number)
    known = queries.participant_of(request, one)
    theirs = Offering.objects.filter(ritual=one, pk=offering).first()
    if known is None or theirs is None:
        raise Http404
    try:
        actions.take_back(theirs, known)
    except actions.Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Taken back. Your words are erased."))
    return redirect("ritual" if one.state == "announced" else "ritual_here", number)


@require_GET
def ritual_screen(request: HttpRequest, number: int) -> HttpResponse:
    """Show the big screen: the plant as a living form, what was released, what is said."""
    one = found(number)
    address = request.build_absolute_uri(reverse("ritual_join", args=[one.code]))
    facts = {
        "ritual": one,
        "present": queries.present(one.topic),
        "news": NEWS[one.state],
        "words": words_of_room(),
        "offerings": queries.offerings(one),
        "unveiled": queries.unveiled(one),
        "door": address.partition("://")[2],
        "qr": codes.qr_inline(address, _("Leads into the ritual")),
    }
    return render(request, "rituals/screen.html", facts | plant_facts())


@require_GET
def ritual_shown(request: HttpRequest, number: int, offering: int) -> HttpResponse:
    """Give the screen one released offering; what nobody released is not there."""
    view = queries.offering_shown(found(number), offering)
    if view is None:
        raise Http404
    return JsonResponse(
        {
            "id": view.id,
            "kind": view.kind,
            "words": view.words,
            "name": view.name,
            "title": view.title,
            "photo": view.photo,
            "alt": view.alt,
        },
        headers=NO_STORE,
    )
