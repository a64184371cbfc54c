"""Report, hide, appeal, answer, show again: each step with its reason, in a log that nobody can change."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from harmonia.commons.alchemy.actions.errors import Refused
from harmonia.commons.alchemy.actions.making import woven
from harmonia.commons.alchemy.models import SHOWING, Artifact, Moderation
from harmonia.commons.alchemy.queries.moderation import open_appeal, open_reports
from harmonia.commons.journal.actions import record
from harmonia.commons.notices.actions import notify, notify_many
from harmonia.commons.people.actions import token_of
from harmonia.commons.people.models import Person
from harmonia.commons.people.queries import person_behind, with_permission

Kind = Moderation.Kind
STRANGERS_A_DAY = 20  # reports without an account: enough for a neighbour in need, too few to bury anybody


@transaction.atomic
def report(person: Person | None, artifact: Artifact, *, reason: str) -> Moderation:
    """Tell the facilitators that something is wrong with what is told of a thing; visitors may as well."""
    reason = _reason(reason)
    day = timezone.now() - timedelta(days=1)
    if person is None and Moderation.objects.filter(by=None, at__gte=day).count() >= STRANGERS_A_DAY:
        raise Refused(_("Many reports came today. Try again tomorrow, or ask somebody who lives here."))
    if Artifact.objects.filter(pk=artifact.pk, state="hidden").exists():
        raise Refused(_("This is hidden already. Nothing was changed."))
    entry = _log(artifact, Kind.REPORTED, reason, person)
    notify_many(
        with_permission("alchemy.moderate"),
        kind="story",
        subject=gettext_lazy("Somebody asks you to look at a story"),
        text=gettext_lazy("The reason is on the page. Leave it as it is, or hide it; say why either way."),
        link=f"/make/{artifact.code}/moderate/",
    )
    return entry


@transaction.atomic
def dismiss(person: Person, artifact: Artifact, *, reason: str) -> Moderation:
    """Leave a reported thing as it is, and say why. Facilitators only."""
    _facilitator(person)
    if not open_reports(artifact):
        raise Refused(_("Nobody waits for an answer here. Nothing was changed."))
    return _log(artifact, Kind.DISMISSED, _reason(reason), person)


@transaction.atomic
def hide(person: Person, artifact: Artifact, *, reason: str) -> Moderation:
    """Hide a thing's page, photo and story, for a reason that its maker can read. Facilitators only."""
    entry = _turn(person, artifact, Kind.HIDDEN, reason)
    maker = person_behind(artifact.maker)
    if maker:
        notify(
            maker,
            kind="story",
            subject=gettext_lazy("A facilitator has hidden a page of yours"),
            text=gettext_lazy("The reason is on the page; nothing was deleted. You can ask to look again."),
            link=f"/make/{artifact.code}/",
        )
    return entry


@transaction.atomic
def show_again(person: Person, artifact: Artifact, *, reason: str) -> Moderation:
    """Show again what was hidden. Facilitators only."""
    return _turn(person, artifact, Kind.SHOWN, reason)


@transaction.atomic
def appeal(person: Person, artifact: Artifact, *, reason: str) -> Moderation:
    """Ask the facilitators to look again at one's own hidden thing; once until they have answered."""
    if artifact.maker != token_of(person):
        raise Refused(_("Only its maker can ask to look again."))
    artifact = Artifact.objects.select_for_update().get(pk=artifact.pk)
    if artifact.state != "hidden" or open_appeal(artifact):
        raise Refused(_("There is nothing to look at again, or you have asked already."))
    entry = _log(artifact, Kind.APPEALED, _reason(reason, 1000), person)
    notify_many(
        with_permission("alchemy.moderate"),
        kind="story",
        subject=gettext_lazy("A maker asks you to look again"),
        text=gettext_lazy("Somebody other than who hid it should answer, and say why."),
        link=f"/make/{artifact.code}/moderate/",
    )
    return entry


@transaction.atomic
def uphold(person: Person, artifact: Artifact, *, reason: str) -> Moderation:
    """Answer an appeal: it stays hidden, and why. Facilitators only, another one than who hid it if there is one."""
    _facilitator(person)
    if not open_appeal(artifact):
        raise Refused(_("Nobody waits for an answer here. Nothing was changed."))
    hider = (
        Moderation.objects.filter(artifact=artifact, kind=Kind.HIDDEN).values_list("by", flat=True).first()
    )
    if hider == token_of(person) and len(with_permission("alchemy.moderate")) > 1:
        raise Refused(_("You hid it yourself: let another facilitator answer. Nothing was changed."))
    return _log(artifact, Kind.UPHELD, _reason(reason), person)


def _turn(person: Person, artifact: Artifact, kind: Moderation.Kind, reason: str) -> Moderation:
    _facilitator(person)
    reason = _reason(reason)
    artifact = Artifact.objects.select_for_update().get(pk=artifact.pk)
    if artifact.state == kind:
        raise Refused(_("Somebody else did this a moment ago. Nothing was changed."))
    SHOWING.check(artifact.state, kind)
    # The log first: the database turns nothing whose entry it does not find.
    entry = Moderation.objects.create(artifact=artifact, kind=kind, reason=reason, by=token_of(person))
    artifact.state = str(kind)
    artifact.save(update_fields=["state"])
    record("alchemy", str(kind), artifact=artifact.code, **woven(artifact))
    return entry


def _log(artifact: Artifact, kind: Moderation.Kind, reason: str, person: Person | None) -> Moderation:
    by = token_of(person) if person else None
    entry = Moderation.objects.create(artifact=artifact, kind=kind, reason=reason, by=by)
    record("alchemy", str(kind), artifact=artifact.code)
    return entry


def _facilitator(person: Person) -> None:
    if not person.has_perm("alchemy.moderate"):
        raise Refused(_("Only a facilitator can hide what somebody told, or show it again."))


def _reason(reason: str, most: int = 300) -> str:
    reason = " ".join(reason.split())
    if not 0 < len(reason) <= most:
        raise Refused(_("Give a reason of at most %(most)d letters; it stays in the log.") % {"most": most})
    return reason
