"""What came in broken: the list, one repair, telling of one, and the shared table."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from harmonia.commons.alchemy import actions, ords, queries
from harmonia.commons.alchemy.forms import RepairForm
from harmonia.commons.alchemy.models import Repair
from harmonia.commons.people.actions import token_of
from harmonia.commons.people.models import Person

A_PAGE = 30


@require_GET
def repairs(request: HttpRequest) -> HttpResponse:
    """Show what came in broken and how it ended."""
    status, category = request.GET.get("status", ""), request.GET.get("category", "")
    categories = queries.repair_categories()
    asked = {
        "status": status if status in Repair.Status.values else "",
        "category": category if category in categories else "",
        "words": request.GET.get("q", "")[:200].replace("\x00", ""),
    }
    found = queries.repairs(**asked)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "asked": asked,
        "count": page.paginator.count,
        "outcomes": queries.outcomes(found),
        "statuses": Repair.Status.choices,
        "categories": sorted(((name, _(name)) for name in categories if name), key=lambda kind: kind[1]),
    }
    return render(request, "alchemy/repairs.html", context)


@require_GET
def repair(request: HttpRequest, key: str) -> HttpResponse:
    """Show one repair: a story too."""
    found = queries.repair(key)
    if found is None:
        raise Http404
    user = request.user
    mine = user.is_authenticated and found.recorder is not None and found.recorder == token_of(user)
    may_erase = mine or user.has_perm("alchemy.moderate")
    context = {"repair": found, "became": queries.became(found), "may_erase": may_erase}
    return render(request, "alchemy/repair.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def repair_new(request: HttpRequest) -> HttpResponse:
    """Tell of something that was brought to be mended."""
    form = RepairForm(request.POST or None, country=queries.last_country())
    if request.method == "POST" and form.is_valid():
        try:
            told = actions.record_repair(cast(Person, request.user), **form.values())
            messages.success(request, _("It is written down, and in the shared table."))
            return redirect("repair", told.key)
        except actions.Refused as refusal:
            form.add_error(None, str(refusal))
    return render(request, "alchemy/repair_new.html", {"form": form}, status=422 if form.is_bound else 200)


@login_required
@require_http_methods(["GET", "POST"])
def repair_withdraw(request: HttpRequest, key: str) -> HttpResponse:
    """Take the words of a repair back."""
    found = queries.repair(key)
    person = cast(Person, request.user)
    if found is None or not (found.recorder == token_of(person) or person.has_perm("alchemy.moderate")):
        raise Http404
    if request.method == "POST":
        actions.withdraw_repair(person, found)
        messages.success(request, _("The words are erased. What it was and how it ended stay counted."))
        return redirect("repair", key)
    return render(request, "alchemy/repair_withdraw.html", {"repair": found})


@require_GET
def repairs_table(request: HttpRequest) -> StreamingHttpResponse:
    """Hand out every repair as a table of the Open Repair Data Standard."""
    lines = ords.write(queries.repairs().order_by("id").iterator(1000))
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="repairs.csv"'
    return answer
