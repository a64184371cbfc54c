"""Read buckets and bins: what there is, how full each is, what a scale showed."""

from dataclasses import dataclass

from django.db.models import F, Q, QuerySet, Sum

from harmonia.commons.ledger.models import Container, Device, GrossWeight, Holder


@dataclass(frozen=True)
class Fill:
    """A container and what was weighed into it since it was emptied [g]."""

    container: Container
    held_g: int

    @property
    def percent(self) -> int:
        """How full it is [%], at most 100."""
        return min(100, round(100 * self.held_g / self.container.capacity_g))

    @property
    def is_full(self) -> bool:
        """Whether nothing more should go in."""
        return self.held_g >= 0.95 * self.container.capacity_g


def containers() -> QuerySet[Container]:
    """Return the containers in use."""
    return Container.objects.filter(retired_at=None).select_related("point", "substance")


def containers_at(point: Holder) -> QuerySet[Container]:
    """Return what can be weighed with at a point: what stands there, and what is carried."""
    return containers().filter(Q(point=point) | Q(point=None))


def fill(container: Container) -> Fill:
    """Return how full a container is by what was weighed into it; reversed drop-offs count no more."""
    emptied = container.emptyings.first()
    weighed = GrossWeight.objects.filter(container=container, movement__reversed_by__isnull=True)
    if emptied is not None:
        weighed = weighed.filter(movement_id__gt=emptied.after_movement)
    found = weighed.aggregate(net=Sum(F("gross_g") - F("tare_g")))["net"]
    return Fill(container, found or 0)


def fills_at(point: Holder) -> list[Fill]:
    """Return the bins that stand at a point, and how full each is."""
    return [fill(container) for container in containers().filter(point=point)]


def devices() -> QuerySet[Device]:
    """Return every scale that ever had a token, newest first."""
    return Device.objects.select_related("point")
