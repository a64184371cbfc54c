"""What the people at the plant enter: feed, readings, gas burnt."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from harmonia.commons.nexus import actions, queries
from harmonia.commons.nexus.forms import BurnForm, FeedForm, ReadingForm, TitrationForm
from harmonia.commons.nexus.views.submit import did, form_page
from harmonia.commons.people.models import Person


@login_required
@permission_required("nexus.feed_plant", raise_exception=True)
@require_http_methods(["GET", "POST"])
def feed(request: HttpRequest) -> HttpResponse:
    """Write down what went into the digester."""
    form = FeedForm(request.POST or None, batches=queries.waiting())
    if request.method == "POST" and form.is_valid() and did(form, "kilograms", lambda: _feed(request, form)):
        messages.success(request, _("It is in the books. The forecast follows in a moment."))
        return redirect("nexus_feed")
    return form_page(request, "nexus/feed.html", form, planned=queries.plan_today())


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
    if request.method == "POST" and form.is_valid() and did(form, "value", lambda: _read(request, form)):
        messages.success(request, _("Thank you. The reading is kept."))
        return redirect("nexus_reading")
    return form_page(request, "nexus/reading.html", form, readings=queries.readings())


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
@permission_required("nexus.add_reading", raise_exception=True)
@require_http_methods(["GET", "POST"])
def titration(request: HttpRequest) -> HttpResponse:
    """Turn two burette readings into acids and alkalinity, and keep both."""
    form = TitrationForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and did(form, None, lambda: _titrate(request, form)):
        return redirect("nexus_titration")
    return form_page(request, "nexus/titration.html", form)


def _titrate(request: HttpRequest, form: TitrationForm) -> None:
    names = ("sample_ml", "normality", "to_ph5_ml", "to_ph44_ml")
    sample, strength, first, second = (float(form.cleaned_data[name]) for name in names)
    acids, alkalinity = actions.record_titration(
        sample, strength, first, second, by=cast(Person, request.user)
    )
    words = _(
        "Kept: acids %(acids)d mg/L, alkalinity %(alkalinity)d mg/L, so %(ratio)s of the buffer is used."
    )
    ratio = number_format(acids / alkalinity, 2, use_l10n=True)
    messages.success(request, words % {"acids": acids, "alkalinity": alkalinity, "ratio": ratio})


@login_required
@permission_required("nexus.feed_plant", raise_exception=True)
@require_http_methods(["GET", "POST"])
def burn(request: HttpRequest) -> HttpResponse:
    """Write down how long people cooked."""
    form = BurnForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and did(form, "hours", lambda: _burn(request, form)):
        messages.success(request, _("It is in the books: gas became heat."))
        return redirect("nexus")
    return form_page(request, "nexus/burn.html", form, today=queries.today())


def _burn(request: HttpRequest, form: BurnForm) -> None:
    actions.burn(hours=float(form.cleaned_data["hours"]), by=cast(Person, request.user))
