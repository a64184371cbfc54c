"""One's circles: a few people to tell things to."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from harmonia.commons.alchemy import actions, queries
from harmonia.commons.alchemy.forms import CircleForm, SomebodyForm
from harmonia.commons.people.models import Person
from harmonia.commons.people.queries import by_name


@login_required
@require_http_methods(["GET", "POST"])
def circles(request: HttpRequest) -> HttpResponse:
    """Show one's circles, and make one."""
    person = cast(Person, request.user)
    form = CircleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.gather(person, form.cleaned_data["name"])
            return redirect("circle", made.pk)
        except actions.Refused as refusal:
            form.add_error("name", str(refusal))
    context = {
        "form": form,
        "mine": queries.circles_of(person),
        "others": queries.circles_with(person),
    }
    return render(request, "alchemy/circles.html", context, status=422 if form.is_bound else 200)


@login_required
@require_http_methods(["GET", "POST"])
def circle(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who is in one's circle, and let somebody in."""
    person = cast(Person, request.user)
    found = queries.circle(pk, person)
    if found is None:
        raise Http404
    inside = queries.people_in(found)
    others = [other for other in by_name(besides=person) if other not in inside]
    form = SomebodyForm(request.POST or None, people=others)
    if request.method == "POST" and form.is_valid():
        try:
            actions.let_in(person, found, form.somebody())
            messages.success(request, _("They can read what is for this circle now."))
            return redirect("circle", pk)
        except actions.Refused as refusal:
            form.add_error("person", str(refusal))
    context = {"circle": found, "inside": inside, "form": form}
    return render(request, "alchemy/circle.html", context, status=422 if form.is_bound else 200)


@login_required
@require_POST
def circle_leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Take somebody out of one's own circle, or leave another's."""
    person = cast(Person, request.user)
    found = queries.joined(pk, person)
    if found is None:
        raise Http404
    wanted = request.POST.get("person", str(person.pk))
    somebody = next((p for p in queries.people_in(found) if str(p.pk) == wanted), None)
    if somebody is not None:
        try:
            actions.let_go(person, found, somebody)
            messages.success(request, _("They cannot read what is for this circle any more."))
        except actions.Refused as refusal:
            messages.error(request, str(refusal))
    return redirect("circle", pk) if queries.circle(pk, person) else redirect("circles")
