"""The page of the plant."""

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from harmonia.commons.ledger import queries as books
from harmonia.commons.nexus import queries

RING_DAYS = 30


@require_GET
def nexus(request: HttpRequest) -> HttpResponse:
    """Show anybody how the plant is, what it foresees and where its numbers come from."""
    rows = queries.series()
    context = {
        "today": queries.today(),
        "week": queries.gas_week(),
        "kept": queries.band_kept(),
        "rows": rows,
        "feedstocks": queries.feedstocks_fed(rows),
        "rings": _rings(),
        "bring": queries.bring_this_week(),
        "advice": queries.plan_advice(),
        "expectations": queries.expectations(),
        "waiting": queries.waiting(),
    }
    return render(request, "nexus/nexus.html", context)


def _rings() -> list[tuple[date, float | None, int, int]]:
    # Day, gas [m3], stories (told on other pages) and households that came: what the drawing takes.
    visits = books.visits(timezone.localdate() - timedelta(days=RING_DAYS + 1))
    return [(day, gas, 0, visits.get(day, 0)) for day, gas in queries.ring_days(RING_DAYS)]
