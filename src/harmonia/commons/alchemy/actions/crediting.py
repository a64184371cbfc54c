"""Name who had a hand in a thing, if they want to be named."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from harmonia.commons.alchemy.actions import words
from harmonia.commons.alchemy.actions.errors import Refused
from harmonia.commons.alchemy.models import CONSENT, Artifact, Credit
from harmonia.commons.journal.actions import record
from harmonia.commons.notices.actions import notify
from harmonia.commons.people.actions import token_of
from harmonia.commons.people.models import Person

MOST = 20


@transaction.atomic
def ask(person: Person, artifact: Artifact, maker: Person, *, part: str = "") -> Credit:
    """Ask somebody whether they want to be named as a maker of one's own thing; until they say yes, nobody is."""
    words.own(person, artifact)
    part = words.line(part)
    if len(part) > 80 or words.UNPRINTABLE.search(part):
        raise Refused(_("Say in at most 80 letters what they did. Nothing was saved."))
    if not maker.is_active or artifact.credits.count() >= MOST:
        raise Refused(_("They cannot be asked. Nothing was saved."))
    credit, new = Credit.objects.get_or_create(
        artifact=artifact, token=token_of(maker), defaults={"part": part}
    )
    if not new:
        raise Refused(_("They were asked already. Nothing was changed."))
    notify(
        maker,
        kind="story",
        subject=gettext_lazy("May you be named as a maker?"),
        text=gettext_lazy("Somebody says you had a hand in a thing. Your name is shown only if you say yes."),
        link=f"/make/{artifact.code}/makers/",
    )
    record("alchemy", "credit_asked", artifact=artifact.code)
    return credit


@transaction.atomic
def answer(person: Person, artifact: Artifact, *, named: bool) -> None:
    """Say whether one wants to be named for a thing; can be changed at any time, by nobody else."""
    credit = Credit.objects.select_for_update().filter(artifact=artifact, token=token_of(person)).first()
    if credit is None:
        raise Refused(_("Nobody has asked you about this thing."))
    state = "named" if named else "unnamed"
    if credit.state != state:
        CONSENT.check(credit.state, state)
        credit.state = state
        credit.save(update_fields=["state"])
        record("alchemy", "credit_answered", artifact=artifact.code)
