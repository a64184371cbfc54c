"""The plant's pages: how it is, what it was fed, what its instruments say, which plants there were."""

from datetime import date, timedelta
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from harmonia.commons.ledger import actions as ledger
from harmonia.commons.ledger import queries as books
from harmonia.commons.nexus import actions, queries
from harmonia.commons.nexus.forms import BurnForm, FeedForm, PlantForm, ReadingForm, SafetyForm
from harmonia.commons.people.models import Person

REFUSALS = (actions.Refused, ledger.Refused)
RING_DAYS = 30


@require_GET
def nexus(request: HttpRequest) -> HttpResponse:
    """Show anybody how the plant is, what it foresees and where its numbers come from."""
    rows = queries.series()
    context = {
        "today": queries.today(),
        "week": queries.gas_week(),
        "rows": rows,
        "feedstocks": queries.feedstocks_fed(rows),
        "rings": _rings(),
        "bring": queries.bring_this_week(),
        "expectations": queries.expectations(),
        "waiting": queries.waiting(),
    }
    return render(request, "nexus/nexus.html", context)


def _rings() -> list[tuple[date, float | None, int, int]]:
    # Day, gas [m3], stories (told on other pages) and households that came: what the drawing takes.
    visits = books.visits(timezone.localdate() - timedelta(days=RING_DAYS + 1))
    return [(day, gas, 0, visits.get(day, 0)) for day, gas in queries.ring_days(RING_DAYS)]


@require_GET
def plant(request: HttpRequest) -> HttpResponse:
    """Show which plants there were, why each came, and what it changed."""
    versions = [(version, queries.before_after(version)) for version in queries.versions()]
    context = {"versions": versions, "safety": queries.safety_state()}
    return render(request, "nexus/plant.html", context)


@login_required
@permission_required("nexus.feed_plant", raise_exception=True)
@require_http_methods(["GET", "POST"])
def feed(request: HttpRequest) -> HttpResponse:
    """Write down what went into the digester."""
    form = FeedForm(request.POST or None, batches=queries.waiting())
    if request.method == "POST" and form.is_valid() and _did(form, "kilograms", lambda: _feed(request, form)):
        messages.success(request, _("It is in the books. The forecast follows in a moment."))
        return redirect("nexus_feed")
    return _form_page(request, "nexus/feed.html", form)


def _feed(request: HttpRequest, form: FeedForm) -> None:
    point, substance = form.batches[form.cleaned_data["batch"]]
    kilograms = form.cleaned_data["kilograms"]
    grams = None if kilograms is None else int(kilograms * 1000)
    actions.feed(point, substance, grams, by=cast(Person, request.user))


@login_required
@permission_required("nexus.add_reading", raise_exception=True)
@require_http_methods(["GET", "POST"])
def reading(request: HttpRequest) -> HttpResponse:
    """Write down what an instrument says, or how a safety test went."""
    form = ReadingForm(request.POST or None, initial={"kind": request.GET.get("kind", "")})
    if request.method == "POST" and form.is_valid() and _did(form, "value", lambda: _read(request, form)):
        messages.success(request, _("Thank you. The reading is kept."))
        return redirect("nexus_reading")
    return _form_page(request, "nexus/reading.html", form, readings=queries.readings())


def _read(request: HttpRequest, form: ReadingForm) -> None:
    values = form.cleaned_data
    actions.record_reading(
        values["kind"],
        None if values["value"] is None else float(values["value"]),
        passed=values["passed"],
        by=cast(Person, request.user),
        baseline=values["baseline"],
    )


@login_required
@permission_required("nexus.feed_plant", raise_exception=True)
@require_http_methods(["GET", "POST"])
def burn(request: HttpRequest) -> HttpResponse:
    """Write down how long people cooked."""
    form = BurnForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _did(form, "hours", lambda: _burn(request, form)):
        messages.success(request, _("It is in the books: gas became heat."))
        return redirect("nexus")
    return _form_page(request, "nexus/burn.html", form, today=queries.today())


def _burn(request: HttpRequest, form: BurnForm) -> None:
    actions.burn(hours=float(form.cleaned_data["hours"]), by=cast(Person, request.user))


@login_required
@permission_required("nexus.change_plant", raise_exception=True)
@require_http_methods(["GET", "POST"])
def commission(request: HttpRequest) -> HttpResponse:
    """Set up the first plant."""
    form = PlantForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _did(form, None, lambda: _commission(request, form)):
        messages.success(request, _("The plant is in the books, filled with starting slurry."))
        return redirect("nexus")
    return _form_page(request, "nexus/commission.html", form)


def _commission(request: HttpRequest, form: PlantForm) -> None:
    numbers = dict(form.cleaned_data)
    safety = numbers.pop("safety")
    actions.set_up(numbers, by=cast(Person, request.user), safety=safety)


@login_required
@permission_required("nexus.change_plant", raise_exception=True)
@require_http_methods(["GET", "POST"])
def safety(request: HttpRequest) -> HttpResponse:
    """Choose which safety readings this site requires, and how often."""
    form = SafetyForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _did(form, None, lambda: _require(request, form)):
        messages.success(request, _("What is required here was changed."))
        return redirect("nexus_safety")
    return _form_page(request, "nexus/safety.html", form, rules=queries.safety_rules())


def _require(request: HttpRequest, form: SafetyForm) -> None:
    values = form.cleaned_data
    hours = 24 * values["days"] if values["days"] else None
    actions.require_safety(
        values["kind"], fresh_h=hours, red_from=values["red_from"], by=cast(Person, request.user)
    )


@login_required
@permission_required("nexus.change_plant", raise_exception=True)
@require_POST
def roll_back(request: HttpRequest) -> HttpResponse:
    """Put the former plant back into force."""
    try:
        version = actions.roll_back(cast(Person, request.user))
    except REFUSALS as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Plant %(number)d is in force.") % {"number": version.number})
    return redirect("nexus_plant")


def _did(form: Form, field: str | None, act: Any) -> bool:
    """Run an action; a refusal becomes an error of the form, with the entries kept."""
    try:
        act()
    except REFUSALS as refusal:
        form.add_error(field, str(refusal))
        return False
    return True


def _form_page(request: HttpRequest, template: str, form: Form, **more: Any) -> HttpResponse:
    context = {"form": form, "safety": queries.safety_state(), **more}
    return render(request, template, context, status=422 if form.errors else 200)
