"""Labels and codes to stick on a thing: one on a page, a code as a file, sheets as PDF."""

from typing import cast

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from harmonia.commons.alchemy import labels, queries
from harmonia.commons.alchemy.codes import canonical
from harmonia.commons.alchemy.views.gallery import found
from harmonia.commons.people.models import Person

TAGS = (("NTAG213", 144), ("NTAG215", 504))  # bytes for a message, from NXP's data sheet NTAG213/215/216
A_SHEET = 120


def _address(request: HttpRequest, code: str) -> str:
    return request.build_absolute_uri(reverse("artifact", args=[code]))


@require_GET
def artifact_label(request: HttpRequest, code: str) -> HttpResponse:
    """Show a label to print and tie to the thing, and the text for an NFC tag."""
    thing = found(request, code)
    address = _address(request, thing.code)
    drawing = SafeString(labels.qr_inline(address, _("QR code that leads to the page of this thing")))
    needed = labels.nfc_bytes(address)
    context = {
        "thing": thing,
        "address": address,
        "qr": drawing,
        "nfc_bytes": needed,
        "tag": next((name for name, room in TAGS if needed <= room), ""),
    }
    return render(request, "alchemy/artifact_label.html", context)


@require_GET
def artifact_qr(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """Hand out the QR code as a file."""
    thing = found(request, code)
    address = _address(request, thing.code)
    if code != thing.code:
        return HttpResponseRedirect(reverse("artifact_qr", args=[thing.code, kind]))
    content = labels.qr_png(address) if kind == "png" else labels.qr_svg(address)
    response = HttpResponse(content, content_type="image/png" if kind == "png" else "image/svg+xml")
    response["Content-Disposition"] = f'inline; filename="{thing.code}.{kind}"'
    return response


class SheetForm(forms.Form):
    """Which labels, on which paper."""

    things = forms.MultipleChoiceField(
        label=gettext_lazy("Which things?"), widget=forms.CheckboxSelectMultiple
    )
    layout = forms.ChoiceField(
        label=gettext_lazy("Label paper"),
        choices=[
            ("a4-24", gettext_lazy("A4, 24 labels of 70 × 37 mm")),
            ("a4-21", gettext_lazy("A4, 21 labels of 63.5 × 38.1 mm")),
            ("letter-30", gettext_lazy("Letter, 30 labels of 2⅝ × 1 inch")),
        ],
    )
    skip = forms.IntegerField(
        label=gettext_lazy("Labels already used on the first sheet"), min_value=0, max_value=29, initial=0
    )


@login_required
@require_GET
def label_sheets(request: HttpRequest) -> HttpResponse:
    """Let a person choose things, and hand out their labels as PDF."""
    person = cast(Person, request.user)
    mine = {thing.code: thing.title for thing in queries.artifacts_of(person)}
    wanted = [canonical(code) for code in request.GET.getlist("also")]
    also = {view.code: view.title for code in wanted if (view := queries.artifact(code, person))}
    titles = dict(list({**also, **mine}.items())[:A_SHEET])
    form = SheetForm(request.GET if "layout" in request.GET else None)
    choice = form.fields["things"]
    assert isinstance(choice, forms.MultipleChoiceField)  # noqa: S101 - tells mypy what is declared above
    choice.choices = [(code, f"{title} ({code})") for code, title in titles.items()]
    choice.initial = list(also) or list(titles)
    if form.is_bound and form.is_valid():
        from harmonia.commons.alchemy import sheets  # draws with matplotlib, which takes a moment to load

        values = form.cleaned_data
        chosen = [sheets.Label(c, titles[c], _address(request, c)) for c in values["things"]]
        content = sheets.sheets(chosen, sheets.LAYOUTS[values["layout"]], skip=values["skip"])
        answer = HttpResponse(content, content_type="application/pdf")
        answer["Content-Disposition"] = 'attachment; filename="labels.pdf"'
        return answer
    context = {"form": form, "things": titles}
    return render(request, "alchemy/label_sheets.html", context, status=422 if form.is_bound else 200)
