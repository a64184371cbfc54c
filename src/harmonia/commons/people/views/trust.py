"""Who belongs here, who vouched for whom, and what an auditor can see of it."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from harmonia.commons.people import actions, queries
from harmonia.commons.people.forms import NoDeviceForm
from harmonia.commons.people.models import Person
from harmonia.commons.people.vouching import VOUCHERS, VOUCHES_A_YEAR


@login_required
@require_GET
def members(request: HttpRequest) -> HttpResponse:
    """Show members who belongs here and who vouched for them."""
    person = cast(Person, request.user)
    facts = {
        "waiting": queries.waiting(person),
        "members": queries.member_list(),
        "needed": VOUCHERS,
        "cap": VOUCHES_A_YEAR,
        "may_vouch": person.vouched and not person.is_minor,
        "may_add": person.has_perm("people.add_invitation"),
    }
    return render(request, "people/members.html", facts)


@login_required
@require_POST
def member_vouch(request: HttpRequest, number: int) -> HttpResponse:
    """Give one's word for a newcomer."""
    newcomer = Person.objects.filter(pk=number, left_at__isnull=True).first()
    if newcomer is None:
        raise Http404
    try:
        enough = actions.vouch(cast(Person, request.user), newcomer)
    except actions.Refused as refusal:
        messages.error(request, str(refusal))
    else:
        said = (
            _("%(name)s has a vote now.")
            if enough
            else _("You vouched for %(name)s. One more member has to.")
        )
        messages.success(request, said % {"name": newcomer.name})
    return redirect("members")


@require_GET
def members_audit(request: HttpRequest) -> HttpResponse:
    """Show anybody what the web of words looks like, without names."""
    return render(request, "people/members_audit.html", {"audit": queries.audit(), "needed": VOUCHERS})


@login_required
@permission_required("people.add_invitation", raise_exception=True)
@require_http_methods(["GET", "POST"])
def member_new(request: HttpRequest) -> HttpResponse:
    """Make a place for somebody without a device."""
    form = NoDeviceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.enrol_without_device(cast(Person, request.user), **form.cleaned_data)
        except actions.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("They are on the list, and wait for members to vouch for them."))
            return redirect("members")
    return render(request, "people/member_new.html", {"form": form}, status=422 if form.errors else 200)
