"""What is announced, the call, and the entry for a calendar."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from harmonia.commons.rituals import actions, codes, queries
from harmonia.commons.rituals.calendars import entry_of
from harmonia.commons.rituals.forms import AnnounceForm, AnswerForm, CodeForm, OfferForm
from harmonia.commons.rituals.models import Offering, Ritual
from harmonia.commons.rituals.views.found import come_in, found, new_key, remember


@require_GET
def rituals(request: HttpRequest) -> HttpResponse:
    """Show what is announced and under way, and what was."""
    every = queries.rituals()
    facts = {
        "now": [ritual for ritual in every if not ritual.is_over],
        "past": [ritual for ritual in every if ritual.is_over],
        "may_lead": queries.may_lead(request.user),
        "form": CodeForm(),
    }
    return render(request, "rituals/rituals.html", facts)


@login_required
@permission_required("rituals.lead_ritual", raise_exception=True)
@require_http_methods(["GET", "POST"])
def ritual_new(request: HttpRequest) -> HttpResponse:
    """Announce a ritual."""
    form = AnnounceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.announce(request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except actions.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Announced. Everybody was told."))
            return redirect("ritual", made.pk)
    return render(request, "rituals/new.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
def ritual(request: HttpRequest, number: int) -> HttpResponse:
    """Show anybody what is announced, and take what the call asks for."""
    one = found(number)
    known = queries.participant_of(request, one)
    facts = {
        "ritual": one,
        "offerings": [view for view in queries.offerings(one) if view.phase == "announced"],
        "mine": queries.offerings_of(known) if known else [],
        "form": OfferForm(initial={"key": new_key()}),
        "may_lead": queries.may_lead(request.user),
        "address": _address(request, one),
        "qr": codes.qr_inline(_address(request, one), _("Leads into the ritual")),
    }
    return render(request, "rituals/ritual.html", facts)


def _address(request: HttpRequest, one: Ritual) -> str:
    return request.build_absolute_uri(reverse("ritual_join", args=[one.code]))


@require_POST
def ritual_offer(request: HttpRequest, number: int) -> HttpResponse:
    """Take an offering from a form; whoever was not in yet comes in by it."""
    one = found(number)
    answers = request.POST.get("kind") == Offering.Kind.ANSWER
    form = (AnswerForm if answers else OfferForm)(request.POST)
    goal = "ritual" if one.state == "announced" else "ritual_here"
    if not form.is_valid():
        messages.error(
            request, _("That is longer than it may be, or something is missing. Nothing was sent.")
        )
        return redirect(goal, number)
    try:
        participant = come_in(request, one)
        values = {key: str(value) for key, value in form.cleaned_data.items()}
        actions.offer(one, participant, **values)
    except actions.Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(goal, number)
    messages.success(request, _("Thank you, it is kept. It reaches the screen when a person releases it."))
    return remember(request, redirect(goal, number), participant)


@require_GET
def ritual_calendar(request: HttpRequest, number: int) -> HttpResponse:
    """Hand out the entry for a calendar."""
    one = found(number)
    page = request.build_absolute_uri(reverse("ritual", args=[one.pk]))
    body = entry_of(one, page=page, host=request.get_host().partition(":")[0])
    name = f'attachment; filename="ritual-{one.pk}.ics"'
    return HttpResponse(
        body, content_type="text/calendar; charset=utf-8", headers={"Content-Disposition": name}
    )


@require_GET
def ritual_code(request: HttpRequest, number: int) -> HttpResponse:
    """Hand out the code that leads in, to print and hang up."""
    return HttpResponse(codes.qr_svg(_address(request, found(number))), content_type="image/svg+xml")
