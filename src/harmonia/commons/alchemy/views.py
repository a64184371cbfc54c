"""Pages of what people make."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.forms import BaseFormSet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from harmonia.commons.alchemy import actions, labels, queries
from harmonia.commons.alchemy.codes import canonical
from harmonia.commons.alchemy.forms import (
    ArtifactForm,
    MaterialForm,
    MaterialFormSet,
    Materials,
    ModerationForm,
    WithdrawForm,
)
from harmonia.commons.alchemy.models import Artifact
from harmonia.commons.alchemy.queries import ArtifactView
from harmonia.commons.people.models import Person

A_PAGE = 24


@require_GET
def make(request: HttpRequest) -> HttpResponse:
    """Show what was made, perhaps of one material only."""
    material = request.GET.get("material", "")
    materials = queries.gallery_materials()
    chosen = next((s for s in materials if s.code == material), None)
    shown = queries.gallery(chosen.code if chosen else "")
    page = Paginator(shown, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "things": queries.seen(page.object_list, request.user),
        "materials": materials,
        "chosen": chosen,
        "count": page.paginator.count,
        "grams": queries.grams_made(shown),
        "hidden": queries.hidden() if request.user.has_perm("alchemy.moderate") else [],
    }
    return render(request, "alchemy/make.html", context)


def _found(request: HttpRequest, code: str) -> ArtifactView:
    view = queries.artifact(canonical(code), request.user)
    if view is None:
        raise Http404
    return view


@require_GET
def artifact(request: HttpRequest, code: str) -> HttpResponse:
    """Show one thing: where its label leads."""
    if code != canonical(code):
        return redirect("artifact", canonical(code), permanent=True)
    view = queries.artifact(code, request.user)
    if view is None and queries.exists(code):
        return render(request, "alchemy/hidden.html", status=404)
    context = {"thing": _found(request, code)}
    return render(request, "alchemy/artifact.html", context)


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
    thing = _found(request, code)
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


@login_required
@require_http_methods(["GET", "POST"])
def artifact_moderate(request: HttpRequest, code: str) -> HttpResponse:
    """Let a facilitator hide a thing's page, or show it again, with a reason."""
    thing = _found(request, code)
    if not thing.may_moderate:
        raise Http404
    form = ModerationForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _moderated(request, thing, form):
        return redirect("artifact", thing.code)
    context = {"thing": thing, "form": form, "log": queries.log(thing.code)}
    return render(request, "alchemy/artifact_moderate.html", context)


def _moderated(request: HttpRequest, thing: ArtifactView, form: ModerationForm) -> bool:
    act = actions.show_again if thing.is_hidden else actions.hide
    try:
        act(
            cast(Person, request.user),
            Artifact.objects.get(code=thing.code),
            reason=form.cleaned_data["reason"],
        )
    except actions.Refused as refusal:
        form.add_error("reason", str(refusal))
        return False
    messages.success(request, _("Done, and written in the log with your reason."))
    return True


def _address(request: HttpRequest, code: str) -> str:
    return request.build_absolute_uri(reverse("artifact", args=[code]))


@require_GET
def artifact_label(request: HttpRequest, code: str) -> HttpResponse:
    """Show a label to print and tie to the thing."""
    thing = _found(request, code)
    address = _address(request, thing.code)
    drawing = SafeString(labels.qr_inline(address, _("QR code that leads to the page of this thing")))
    return render(request, "alchemy/artifact_label.html", {"thing": thing, "address": address, "qr": drawing})


@require_GET
def artifact_qr(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """Hand out the QR code as a file."""
    thing = _found(request, code)
    address = _address(request, thing.code)
    if code != thing.code:
        return HttpResponseRedirect(reverse("artifact_qr", args=[thing.code, kind]))
    content = labels.qr_png(address) if kind == "png" else labels.qr_svg(address)
    response = HttpResponse(content, content_type="image/png" if kind == "png" else "image/svg+xml")
    response["Content-Disposition"] = f'inline; filename="{thing.code}.{kind}"'
    return response
