"""Record a thing, and take back what was told of it."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import BaseFormSet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from harmonia.commons.alchemy import actions, queries
from harmonia.commons.alchemy.codes import canonical
from harmonia.commons.alchemy.forms import (
    ArtifactForm,
    MaterialForm,
    MaterialFormSet,
    Materials,
    WithdrawForm,
)
from harmonia.commons.alchemy.models import Artifact, Repair
from harmonia.commons.alchemy.queries import Source
from harmonia.commons.alchemy.views.gallery import found
from harmonia.commons.people.models import Person

TOLD = (
    "title", "techniques", "care", "named", "alt", "story", "access", "circle", "language", "place", "place_name", "key",
)  # fmt: skip
WITHDRAW: dict[str, Callable[[Person, Any], None]] = {
    "story": actions.withdraw_story,
    "picture": actions.withdraw_picture,
    "recording": actions.withdraw_recording,
}


@login_required
@require_http_methods(["GET", "POST"])
def artifact_new(request: HttpRequest) -> HttpResponse:
    """Record what one made, and tell its story; `?of=CODE` makes it of an older thing, `?repair=KEY` of a lost one."""
    person = cast(Person, request.user)
    sources = [*_of_older(request, person), *queries.sources(person)]
    repair = queries.repair(request.GET.get("repair", ""))
    form = ArtifactForm(
        request.POST or None,
        request.FILES or None,
        for_minor=person.is_minor,
        circles=queries.circles_of(person),
    )
    rows = Materials(request.POST or None, prefix="material", form_kwargs={"sources": sources})
    # Both are asked, so that a person sees all slips at once.
    if request.method == "POST" and all([form.is_valid(), rows.is_valid()]):
        made = _made(person, form, cast(MaterialFormSet, rows), repair)
        if made:
            messages.success(request, _("It is in the books, and its label is ready."))
            return redirect("artifact", made.code)
    context = {
        "form": form,
        "rows": rows,
        "sources": sources,
        "repair": repair,
        "more": _more_is_used(rows),
        "place_used": form.is_bound
        and any(form.data.get(n) for n in ("place_name", "latitude", "longitude")),
    }
    return render(request, "alchemy/artifact_new.html", context, status=422 if form.is_bound else 200)


def _of_older(request: HttpRequest, person: Person) -> list[Source]:
    older = (
        Artifact.objects.filter(code=canonical(request.GET.get("of", ""))).select_related("holder").first()
    )
    if older is None or not queries.may_remake(person, older):
        return []
    known = {(s.holder.pk, s.substance.pk) for s in queries.sources(person)}
    return [s for s in queries.sources_in(older) if (s.holder.pk, s.substance.pk) not in known]


def _made(
    person: Person, form: ArtifactForm, rows: MaterialFormSet, repair: Repair | None
) -> Artifact | None:
    values = form.cleaned_data
    try:
        return actions.make(
            person,
            materials=rows.materials(),
            photo=values["photo"] or None,
            repair=repair,
            **{name: values[name] for name in TOLD},
        )
    except actions.Refused as refusal:
        form.add_error(None, str(refusal))
        return None


def _more_is_used(rows: BaseFormSet[MaterialForm]) -> bool:
    return any(row.has_changed() or row.errors for row in rows.forms[1:]) if rows.is_bound else False


@login_required
@require_http_methods(["GET", "POST"])
def story_withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """Let the teller take back the story, photos, recordings, or all of them."""
    thing = found(request, code)
    if not thing.is_mine or not thing.tells:
        raise Http404
    form = WithdrawForm(request.POST or None, thing=thing)
    if request.method == "POST" and form.is_valid():
        for what, part in form.chosen():
            WITHDRAW[what](cast(Person, request.user), part)
        messages.success(request, _("It is taken back. The thing and its matter stay in the books."))
        return redirect("artifact", thing.code)
    return render(request, "alchemy/story_withdraw.html", {"thing": thing, "form": form})
