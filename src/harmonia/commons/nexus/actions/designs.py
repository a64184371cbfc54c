"""Ask the model to compare sets of options, and say what stands around the plant."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from harmonia.commons.journal.actions import record
from harmonia.commons.journal.sentences import in_words, kept
from harmonia.commons.nexus.actions.plants import in_force, token
from harmonia.commons.nexus.design_case import case as design_case_of
from harmonia.commons.nexus.design_case import run as run_comparison
from harmonia.commons.nexus.errors import Refused
from harmonia.commons.nexus.models import COMPARISON, DesignComparison, Surroundings
from harmonia.commons.nexus.models.surroundings import ONLY
from harmonia.commons.nexus.tasks import compare_soon
from harmonia.commons.people.models import Person

if TYPE_CHECKING:
    from harmonia.science.metabolism.designs import DesignCase


@transaction.atomic
def ask_designs(
    options: Sequence[Mapping[str, Any]],
    *,
    subject: str,
    title: str,
    budget: int,
    by: Person,
    currency: str = "",
    shown: bool = False,
) -> DesignComparison:
    """Ask what every set of options within a budget would bring; a worker answers after the commit.

    An option has `code`, `name`, `cost` and `edits` (mappings of field, operation, value), and may have `needs`,
    `excludes` and `substitutes`. Raises Refused without the permission, a plant or an option.
    """
    if not by.has_perm("nexus.compare_designs"):
        raise Refused(_("Your role does not allow this. Nothing was asked."))
    if not options:
        raise Refused(_("There is no option to compare yet. Nothing was asked."))
    comparison = DesignComparison.objects.create(
        version=in_force(),
        subject=subject,
        title=title[:120],
        asked_at=timezone.now(),
        by=token(by),
        budget=budget,
        currency=currency,
        options=[dict(option) for option in options],
        shown=shown,
    )
    record("nexus", "designs_asked", comparison=comparison.pk, options=len(options))
    transaction.on_commit(partial(compare_soon.using(priority=-50).enqueue, comparison.pk), robust=True)
    return comparison


def compare_designs(comparison: int) -> str:
    """Run the comparison that was asked and keep what it says, or why it cannot say; return its state.

    Takes a minute or more, outside any transaction: call it from a task or a command.
    """
    found = DesignComparison.objects.select_related("version").filter(pk=comparison).first()
    if found is None or found.state in ("done", "failed"):
        return found.state if found else "failed"
    _step(found, "running")
    try:
        outcome, said = run_comparison(found), ""
    except Refused as refusal:
        outcome, said = {"why": kept(refusal)}, str(refusal)
    return _step(found, "failed" if said else "done", outcome, said)


@transaction.atomic
def _step(asked: DesignComparison, goal: str, outcome: dict[str, Any] | None = None, said: str = "") -> str:
    locked = DesignComparison.objects.select_for_update().get(pk=asked.pk)
    COMPARISON.check(locked.state, goal)
    locked.state, locked.outcome, locked.said = goal, outcome or {}, said[:400]
    locked.done_at = timezone.now() if goal == "done" else None
    locked.save()
    record("nexus", f"designs_{goal}", comparison=locked.pk)
    return goal


def design_case(options: Sequence[Mapping[str, Any]], budget: int) -> "DesignCase":
    """Return the plant in force with its place and feed, as `science.join` takes it, with options as for `ask_designs`.

    Raises Refused without a plant, or where nothing was fed yet.
    """
    return design_case_of(in_force(), options, budget)


@transaction.atomic
def show_designs(subject: str) -> None:
    """Let everybody see what was compared for a subject."""
    hidden = list(DesignComparison.objects.filter(subject=subject, shown=False))
    for comparison in hidden:
        comparison.shown = True
        comparison.save(update_fields=["shown"])
        record("nexus", "designs_shown", comparison=comparison.pk)


@transaction.atomic
def describe_surroundings(values: Mapping[str, Any], by: Person) -> Surroundings:
    """Say what stands around the plant; raises Refused without the permission or for what cannot be."""
    from harmonia.science.metabolism.designs import DesignError, Site

    if not by.has_perm("nexus.change_plant"):
        raise Refused(_("Only a scientist can change this. Nothing was changed."))
    told = Surroundings(id=ONLY, **values)
    try:
        Site(**told.as_site())
    except DesignError as error:
        raise Refused(_("%(why)s Nothing was changed.") % {"why": in_words(error)}) from error
    told.save()
    record("nexus", "surroundings_described")
    return told
