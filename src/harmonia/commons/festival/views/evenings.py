"""Evenings and their programme."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from harmonia.commons.festival import actions, queries
from harmonia.commons.festival.forms import AskForm, EveningForm
from harmonia.commons.festival.models import Evening
from harmonia.commons.people.models import Person


def found_evening(code: str) -> Evening:
    """Return an evening, or answer 404."""
    evening = queries.evening(code)
    if evening is None:
        raise Http404
    return evening


def _ask_form(request: HttpRequest, evening: Evening) -> AskForm | None:
    if not request.user.is_authenticated:
        return None
    planner = request.user.has_perm("festival.programme")
    offers = queries.offers(evening, request.user, anybodys=planner)
    stories = [(story.code, story.title) for story in offers]
    data = request.POST if request.method == "POST" else None
    return AskForm(data, stories=stories) if stories else None


@require_GET
def festival_evening(request: HttpRequest, code: str) -> HttpResponse:
    """Show an evening: to all what is shown, to planners and tellers what is asked."""
    return _page(request, found_evening(code))


def _page(request: HttpRequest, evening: Evening, form: AskForm | None = None) -> HttpResponse:
    viewer = request.user if request.user.is_authenticated else None
    planner = viewer is not None and viewer.has_perm("festival.programme")
    whole = queries.programme(evening, viewer)
    context = {
        "evening": evening,
        "shown": queries.shown(evening),
        "queue": whole if planner else [one for one in whole if one.is_mine],
        "planner": planner,
        "form": form or _ask_form(request, evening),
    }
    return render(request, "festival/evening.html", context, status=422 if form else 200)


@login_required
@permission_required("festival.programme", raise_exception=True)
@require_http_methods(["GET", "POST"])
def festival_evening_new(request: HttpRequest) -> HttpResponse:
    """Plan an evening."""
    form = EveningForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            evening = actions.plan_evening(cast(Person, request.user), **form.cleaned_data)
        except actions.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The evening is planned. Now ask for stories."))
            return redirect("festival_evening", evening.code)
    return render(request, "festival/evening_new.html", {"form": form}, status=422 if form.is_bound else 200)


@login_required
@permission_required("festival.programme", raise_exception=True)
@require_http_methods(["GET", "POST"])
def festival_evening_cancel(request: HttpRequest, code: str) -> HttpResponse:
    """Call an evening off."""
    evening = found_evening(code)
    if request.method == "POST":
        try:
            actions.cancel_evening(cast(Person, request.user), evening)
        except actions.Refused as refusal:
            messages.error(request, str(refusal))
        return redirect("festival")
    return render(request, "festival/evening_cancel.html", {"evening": evening})


@login_required
@require_POST
def festival_ask(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for somebody's story, or offer one's own."""
    evening = found_evening(code)
    form = _ask_form(request, evening)
    if form is None:
        raise Http404
    if form.is_valid():
        try:
            turn = actions.ask(
                cast(Person, request.user),
                evening,
                form.cleaned_data["story"],
                seconds=form.cleaned_data["seconds"],
            )
        except actions.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            said = _("It is on the programme.") if turn.state == "given" else _("Its teller is asked.")
            messages.success(request, said)
            return redirect("festival_evening", code)
    return _page(request, evening, form)


@login_required
@require_POST
def festival_turn(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Answer for one's story, or change its place."""
    turn = queries.turn(found_evening(code), number)
    if turn is None:
        raise Http404
    person = cast(Person, request.user)
    deeds = {
        "yes": lambda: actions.answer(person, turn, yes=True),
        "no": lambda: actions.answer(person, turn, yes=False),
        "remove": lambda: actions.remove(person, turn),
        "earlier": lambda: actions.move(person, turn, earlier=True),
        "later": lambda: actions.move(person, turn, earlier=False),
    }
    deed = deeds.get(request.POST.get("deed", ""))
    if deed is None:
        raise Http404
    try:
        deed()
    except actions.Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Done."))
    return redirect("festival_evening", code)
