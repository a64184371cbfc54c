"""The paper desk."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from harmonia.commons.people.models import Person
from harmonia.commons.voice import actions
from harmonia.commons.voice.forms import HandOutForm, SheetForm, SheetsForm
from harmonia.commons.voice.pages import ballot, checking
from harmonia.commons.voice.priorities import OUTCOMES
from harmonia.commons.voice.views.seen import member, seen

MAY = "voice.keep_desk"


@login_required
@permission_required(MAY, raise_exception=True)
@require_GET
def upgrade_desk(request: HttpRequest, number: int) -> HttpResponse:
    """Show what the desk does: print, hand out, read twice."""
    found = seen(request, number)
    facts = checking.desk_facts(found)
    facts |= {"hand_out": HandOutForm(facts["people"]), "sheets": SheetsForm()}
    return render(request, "voice/desk.html", facts)


@never_cache
@login_required
@permission_required(MAY, raise_exception=True)
@require_POST
def upgrade_sheets(request: HttpRequest, number: int) -> HttpResponse:
    """Make a pile of blank sheets to print; nothing of them is stored."""
    found, form = seen(request, number), SheetsForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Print 1 to 60 sheets at a time."))
        return redirect("upgrade_desk", number)
    try:
        keys = actions.print_sheets(found, by=member(request), **form.cleaned_data)
    except actions.Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("upgrade_desk", number)
    facts = {"upgrade": found, "keys": keys, "options": ballot.offered(found), "outcomes": OUTCOMES.values()}
    return render(request, "voice/sheets.html", facts)


@login_required
@permission_required(MAY, raise_exception=True)
@require_POST
def upgrade_hand_out(request: HttpRequest, number: int) -> HttpResponse:
    """Note who took a sheet from the pile."""
    found = seen(request, number)
    chosen = request.POST.get("person", "")
    person = (
        Person.objects.filter(pk=int(chosen)).first() if chosen.isdecimal() and len(chosen) < 19 else None
    )
    if person is None:
        messages.error(request, _("Choose who takes a sheet."))
        return redirect("upgrade_desk", number)
    try:
        actions.hand_out(found, person, by=member(request))
    except actions.Refused as refusal:
        messages.error(request, str(refusal))
    else:
        said = _("%(name)s takes a sheet, any sheet, from the pile.")
        messages.success(request, said % {"name": person.name})
    return redirect("upgrade_desk", number)


@never_cache
@sensitive_post_parameters()
@login_required
@permission_required(MAY, raise_exception=True)
@require_http_methods(["GET", "POST"])
def upgrade_sheet(request: HttpRequest, number: int) -> HttpResponse:
    """Enter what one reads on a sheet; the second who reads the same puts it into the box."""
    found = seen(request, number)
    form = SheetForm(found, ballot.offered(found), request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            done = actions.read_sheet(found, values["key"], values["said"], by=member(request))
        except actions.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            said = (
                _("Both of you read the same. It is in the box.")
                if done
                else _("Kept. Now somebody else reads it.")
            )
            messages.success(request, said)
            return redirect("upgrade_desk", number)
    facts = {"form": form, "upgrade": found}
    return render(request, "voice/sheet.html", facts, status=422 if form.errors else 200)
