"""Tell more of one's own thing: a story, photos, recordings, care; for whom; who else made it."""

from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from harmonia.commons.alchemy import actions, queries
from harmonia.commons.alchemy.forms import (
    AudienceForm,
    CareForm,
    CreditForm,
    PictureForm,
    RecordingForm,
    StoryForm,
    WordsForm,
)
from harmonia.commons.alchemy.models import Artifact, Credit
from harmonia.commons.alchemy.queries import ArtifactView
from harmonia.commons.alchemy.views.gallery import found
from harmonia.commons.people.actions import token_of
from harmonia.commons.people.models import Person
from harmonia.commons.people.queries import by_name, people_behind

Act = Callable[[dict[str, Any]], object]


def _mine(request: HttpRequest, code: str) -> tuple[Person, ArtifactView, Artifact]:
    thing = found(request, code)
    if not thing.is_mine:
        raise Http404
    return cast(Person, request.user), thing, Artifact.objects.get(code=thing.code)


def _audience(person: Person, thing: ArtifactView) -> dict[str, Any]:
    told = thing.story or thing.picture
    return {
        "circles": queries.circles_of(person),
        "for_minor": person.is_minor,
        "chosen": told.access if told else "",
        "initial": {"circle": str(told.circle_id)} if told and told.circle_id else None,
    }


def _answer(
    request: HttpRequest, thing: ArtifactView, form: forms.Form, act: Act, template: str, done: str
) -> HttpResponse:
    """Act on a valid form and lead back to the thing; else show the form with its sentences."""
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except actions.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, done)
            return redirect("artifact", thing.code)
    context = {"thing": thing, "form": form}
    return render(request, f"alchemy/{template}.html", context, status=422 if form.is_bound else 200)


@login_required
@require_http_methods(["GET", "POST"])
def story_new(request: HttpRequest, code: str) -> HttpResponse:
    """Let the maker tell the story of a thing of which none was told."""
    person, thing, artifact = _mine(request, code)
    if thing.story or thing.withdrawn:
        raise Http404
    form = StoryForm(request.POST or None, **_audience(person, thing))
    names = ("story", "language", "access", "circle", "place", "place_name")
    return _answer(
        request,
        thing,
        form,
        lambda values: actions.tell(person, artifact, **{name: values[name] for name in names}),
        "story_new",
        _("Your story is told."),
    )


@login_required
@require_http_methods(["GET", "POST"])
def story_words(request: HttpRequest, code: str) -> HttpResponse:
    """Let the maker write the story anew."""
    person, thing, artifact = _mine(request, code)
    if not thing.story:
        raise Http404
    now = {"story": thing.story.text, "language": thing.story.language}
    return _answer(
        request,
        thing,
        WordsForm(request.POST or None, initial=now),
        lambda values: actions.retell(person, artifact, **values),
        "story_words",
        _("Your story is told anew."),
    )


@login_required
@require_http_methods(["GET", "POST"])
def picture_new(request: HttpRequest, code: str) -> HttpResponse:
    """Let the maker add a photo."""
    person, thing, artifact = _mine(request, code)
    form = PictureForm(request.POST or None, request.FILES or None, **_audience(person, thing))
    names = ("photo", "alt", "access", "circle")
    return _answer(
        request,
        thing,
        form,
        lambda values: actions.add_picture(person, artifact, **{name: values[name] for name in names}),
        "picture_new",
        _("The photo is on the page."),
    )


@login_required
@require_http_methods(["GET", "POST"])
def recording_new(request: HttpRequest, code: str) -> HttpResponse:
    """Let the maker add a recording."""
    person, thing, artifact = _mine(request, code)
    form = RecordingForm(request.POST or None, request.FILES or None, **_audience(person, thing))
    names = ("recording", "transcript", "language", "access", "circle")
    return _answer(
        request,
        thing,
        form,
        lambda values: actions.add_recording(person, artifact, **{name: values[name] for name in names}),
        "recording_new",
        _("Your voice is on the page."),
    )


@login_required
@require_http_methods(["GET", "POST"])
def artifact_share(request: HttpRequest, code: str) -> HttpResponse:
    """Let the teller choose anew for whom story, photos and recordings are."""
    person, thing, artifact = _mine(request, code)
    if not thing.tells:
        raise Http404
    form = AudienceForm(request.POST or None, **_audience(person, thing))
    return _answer(
        request,
        thing,
        form,
        lambda v: actions.share_with(person, artifact, access=v["access"], circle=v.get("circle")),
        "artifact_share",
        _("From now on it is for those you chose."),
    )


@login_required
@require_http_methods(["GET", "POST"])
def artifact_care(request: HttpRequest, code: str) -> HttpResponse:
    """Let the maker write how it was made, and how it is cared for and mended."""
    person, thing, artifact = _mine(request, code)
    now = {"care": artifact.care, "techniques": [p.technique for p in artifact.practices.all()]}
    form = CareForm(request.POST or None, initial=now)
    return _answer(
        request,
        thing,
        form,
        lambda v: actions.describe(person, artifact, care=v["care"], techniques=v["techniques"]),
        "artifact_care",
        _("It is written down."),
    )


@login_required
@require_http_methods(["GET", "POST"])
def artifact_makers(request: HttpRequest, code: str) -> HttpResponse:
    """Let the maker ask others whether they want to be named, and those answer."""
    thing = found(request, code)
    person = cast(Person, request.user)
    artifact = Artifact.objects.get(code=thing.code)
    asked = list(artifact.credits.all())
    own = next((credit for credit in asked if credit.token == token_of(person)), None)
    if own is None:
        raise Http404
    if request.method == "POST" and "named" in request.POST:
        actions.answer(person, artifact, named=request.POST["named"] == "yes")
        messages.success(request, _("It is as you said. You can change it here at any time."))
        return redirect("artifact_makers", thing.code)
    return _ask(request, thing, artifact, own, asked)


def _ask(
    request: HttpRequest, thing: ArtifactView, artifact: Artifact, own: Credit, asked: list[Credit]
) -> HttpResponse:
    person = cast(Person, request.user)
    form = CreditForm(request.POST or None, people=by_name(besides=person)) if thing.is_mine else None
    if form is not None and form.is_bound and form.is_valid():
        try:
            actions.ask(person, artifact, form.somebody(), part=form.cleaned_data["part"])
        except actions.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("They are asked. Their name is shown once they say yes."))
            return redirect("artifact_makers", thing.code)
    known = people_behind(credit.token for credit in asked)
    context = {
        "thing": thing,
        "form": form,
        "own": own,
        "others": [(known[c.token], c) for c in asked if c.token in known and c.pk != own.pk],
    }
    status = 422 if form is not None and form.is_bound else 200
    return render(request, "alchemy/artifact_makers.html", context, status=status)
