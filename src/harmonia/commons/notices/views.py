"""Pages of a person's own notices."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from harmonia.commons.notices import actions, queries
from harmonia.commons.notices.forms import PreferencesForm
from harmonia.commons.people.models import Person


@login_required
@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    """Show what a person was told."""
    person = cast(Person, request.user)
    facts = {"notices": queries.notices_of(person), "unread": queries.unread(person)}
    return render(request, "notices/notices.html", facts)


@login_required
@require_POST
def notice_read(request: HttpRequest, notice: int | None = None) -> HttpResponseRedirect:
    """Mark one notice read, or all; somebody else's stays as it is."""
    actions.mark_read(cast(Person, request.user), notice)
    return redirect("notices")


@login_required
@require_http_methods(["GET", "POST"])
def notice_preferences(request: HttpRequest) -> HttpResponse:
    """Let a person choose how to hear."""
    person = cast(Person, request.user)
    form = PreferencesForm(person, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.prefer(person, form.cleaned_data)
        except actions.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Kept. This is how you will hear from us."))
            return redirect("notices")
    return render(request, "notices/preferences.html", {"form": form}, status=422 if form.errors else 200)
