"""How every form of the plant is sent: done, or refused with what was typed."""

from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from harmonia.commons.ledger import actions as ledger
from harmonia.commons.nexus import actions, queries

REFUSALS = (actions.Refused, ledger.Refused)


def did(form: Form, field: str | None, act: Any) -> bool:
    """Run an action; a refusal becomes an error of the form, with the entries kept."""
    try:
        act()
    except REFUSALS as refusal:
        form.add_error(field, str(refusal))
        return False
    return True


def form_page(request: HttpRequest, template: str, form: Form, **more: Any) -> HttpResponse:
    """Show a form with the safety readings; status 422 where it was refused."""
    context = {"form": form, "safety": queries.safety_state(), **more}
    return render(request, template, context, status=422 if form.errors else 200)
