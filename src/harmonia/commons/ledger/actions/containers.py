"""Take buckets and bins into use, weigh with them, empty them, retire them."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from harmonia.commons.journal.actions import record
from harmonia.commons.ledger.errors import Refused
from harmonia.commons.ledger.models import Container, Emptying, GrossWeight, Holder, Movement, Substance
from harmonia.commons.people.actions import token_of
from harmonia.commons.people.models import Person


@dataclass(frozen=True)
class OnScale:
    """What a scale showed [g] with a container on it."""

    container: Container
    gross_g: int

    def net_g(self) -> int:
        """Return the matter alone [g]; raises Refused where that cannot be."""
        container = self.container
        if container.retired_at is not None:
            raise Refused(_("%(name)s is no longer in use. Nothing was booked.") % {"name": container})
        net = self.gross_g - container.tare_g
        if net <= 0:
            text = _(
                "%(name)s alone weighs %(tare)s kg: the scale shows no more than that. Nothing was booked."
            )
            raise Refused(text % {"name": container, "tare": f"{container.tare_g / 1000:g}"})
        if net > container.capacity_g:
            text = _("%(name)s takes at most %(most)s kg. Look at the scale again. Nothing was booked.")
            raise Refused(text % {"name": container, "most": f"{container.capacity_g / 1000:g}"})
        return net


def net_g(shown: OnScale, key: str) -> int:
    """Return the matter alone [g]: of a weighing booked under this key by the tare of its day, else by today's."""
    booked = GrossWeight.objects.filter(movement__key=key).first() if key else None
    if booked and (booked.container_id, booked.gross_g) == (shown.container.pk, shown.gross_g):
        return booked.gross_g - booked.tare_g
    return shown.net_g()


def keep_gross(movement: Movement, shown: OnScale) -> None:
    """Keep beside a new movement what the scale showed."""
    GrossWeight.objects.get_or_create(
        movement=movement,
        defaults={
            "container": shown.container,
            "gross_g": shown.gross_g,
            "tare_g": shown.container.tare_g,
        },
    )


@transaction.atomic
def open_container(
    code: str,
    name: str,
    by: Person,
    *,
    tare_g: int,
    capacity_g: int,
    point: Holder | None = None,
    substance: Substance | None = None,
) -> Container:
    """Take a bucket or bin into use."""
    _allowed(by)
    if Container.objects.filter(code=code).exists():
        raise Refused(_("This code is taken. Choose another one. Nothing was changed."))
    if not 0 <= tare_g <= 500_000 or not 0 < capacity_g <= 5_000_000:
        raise Refused(_("It weighs at most 500 kg empty and takes at most 5,000 kg. Nothing was changed."))
    kept = Container.objects.create(
        code=code, name=name, tare_g=tare_g, capacity_g=capacity_g, point=point, substance=substance
    )
    record("ledger", "container", code=code, state="opened")
    return kept


@transaction.atomic
def empty_container(container: Container, by: Person, *, at: datetime | None = None) -> Emptying:
    """Keep that a bin was emptied; where its matter went is booked by its own movement."""
    _allowed(by)
    last = Movement.objects.order_by("-id").values_list("id", flat=True).first() or 0
    kept = Emptying.objects.create(
        container=container, at=at or timezone.now(), after_movement=last, recorder=token_of(by)
    )
    record("ledger", "container", code=container.code, state="emptied")
    return kept


@transaction.atomic
def retire_container(container: Container, by: Person) -> None:
    """Take a container out of use; what was weighed with it stays."""
    _allowed(by)
    if Container.objects.filter(pk=container.pk, retired_at=None).update(retired_at=timezone.now()):
        record("ledger", "container", code=container.code, state="retired")


def _allowed(by: Person) -> None:
    if not by.has_perm("ledger.add_holder"):
        raise Refused(_("Only a facilitator, a scientist or an architect does this. Nothing was changed."))
