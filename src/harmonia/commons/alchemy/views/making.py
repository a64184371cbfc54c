"""Record a thing, and take its story back."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import BaseFormSet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from harmonia.commons.alchemy import actions, queries
from harmonia.commons.alchemy.forms import (
    ArtifactForm,
    MaterialForm,
    MaterialFormSet,
    Materials,
    WithdrawForm,
)
from harmonia.commons.alchemy.models import Artifact
from harmonia.commons.alchemy.queries import ArtifactView
from harmonia.commons.alchemy.views.gallery import found
from harmonia.commons.people.models import Person


@login_required
@require_http_methods(["GET", "POST"])
def artifact_new(request: HttpRequest) -> HttpResponse:
    """Record what one made, and tell its story."""
    person = cast(Person, request.user)
    sources = queries.sources()
    form = ArtifactForm(request.POST or None, request.FILES or None, for_minor=person.is_minor)
    rows = Materials(request.POST or None, prefix="material", form_kwargs={"sources": sources})
    # Both are asked, so that a person sees all slips at once.
    if request.method == "POST" and all([form.is_valid(), rows.is_valid()]):
        made = _made(person, form, cast(MaterialFormSet, rows))
        if made:
            messages.success(request, _("It is in the books, and its label is ready."))
            return redirect("artifact", made.code)
    context = {"form": form, "rows": rows, "sources": sources, "more": _more_is_used(rows)}
    return render(request, "alchemy/artifact_new.html", context, status=422 if form.is_bound else 200)


def _made(person: Person, form: ArtifactForm, rows: MaterialFormSet) -> Artifact | None:
    values = form.cleaned_data
    try:
        return actions.make(
            person,
            title=values["title"],
            materials=rows.materials(),
            photo=values["photo"] or None,
            alt=values["alt"],
            story=values["story"],
            access=values["access"],
            language=values["language"],
            key=values["key"],
        )
    except actions.Refused as refusal:
        form.add_error(None, str(refusal))
        return None


def _more_is_used(rows: BaseFormSet[MaterialForm]) -> bool:
    return any(row.has_changed() or row.errors for row in rows.forms[1:]) if rows.is_bound else False


@login_required
@require_http_methods(["GET", "POST"])
def story_withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """Let the teller take back the story, the photo, or both."""
    thing = found(request, code)
    if not thing.is_mine or not (thing.story or thing.picture):
        raise Http404
    form = WithdrawForm(request.POST or None, has_story=bool(thing.story), has_picture=bool(thing.picture))
    if request.method == "POST" and form.is_valid():
        _withdraw(cast(Person, request.user), thing, form)
        messages.success(request, _("It is taken back. The thing and its matter stay in the books."))
        return redirect("artifact", thing.code)
    return render(request, "alchemy/story_withdraw.html", {"thing": thing, "form": form})


def _withdraw(person: Person, thing: ArtifactView, form: WithdrawForm) -> None:
    if thing.story and form.cleaned_data.get("story"):
        actions.withdraw_story(person, thing.story)
    if thing.picture and form.cleaned_data.get("picture"):
        actions.withdraw_picture(person, thing.picture)
