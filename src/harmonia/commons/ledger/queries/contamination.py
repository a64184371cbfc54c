"""How clean what comes in is: by collection point and week, by kind, and for one household."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import sqrt

from django.utils import timezone

from harmonia.commons.ledger.models import Action, DropOff, Holder, Line

Z90 = 1.6449  # of the normal distribution, for intervals that hold nine times of ten


@dataclass(frozen=True)
class CleanWeek:
    """One week (from its Monday): drop-offs, how many held something foreign, its share by weight [%] as people
    saw it, and the interval of the share of drop-offs that were clean [%]."""

    monday: date
    drop_offs: int
    foreign: int
    weight_percent: float
    low: float
    high: float

    @property
    def clean_percent(self) -> float:
        """Share of drop-offs without anything foreign [%]."""
        return 100 * (self.drop_offs - self.foreign) / self.drop_offs


@dataclass(frozen=True)
class Trend:
    """The weeks of a collection point, oldest first, and how often each kind was seen."""

    weeks: tuple[CleanWeek, ...]
    kinds: tuple[tuple[str, int], ...]

    @property
    def direction(self) -> str:
        """Whether the later half is cleaner, dirtier or much as before: only where the intervals do not meet."""
        half = len(self.weeks) // 2
        if half == 0:
            return ""
        before, after = _sum(self.weeks[:half]), _sum(self.weeks[-half:])
        (low, high), (low_now, high_now) = wilson(*before), wilson(*after)
        return "cleaner" if low_now > high else "dirtier" if high_now < low else "steady"


def _sum(weeks: tuple[CleanWeek, ...]) -> tuple[int, int]:
    total = sum(week.drop_offs for week in weeks)
    return total - sum(week.foreign for week in weeks), total


def wilson(successes: int, trials: int) -> tuple[float, float]:
    """Return the 90 % score interval of a share [0, 1] (Wilson 1927, https://doi.org/10.2307/2276774)."""
    if not trials:
        return 0.0, 1.0
    share, z = successes / trials, Z90
    middle = share + z * z / (2 * trials)
    reach = z * sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials))
    scale = 1 + z * z / trials
    return max(0.0, (middle - reach) / scale), min(1.0, (middle + reach) / scale)


def contamination(point: Holder, weeks: int = 12, today: date | None = None) -> Trend:
    """Return how clean the drop-offs of the last weeks at a point were, reversed ones left out."""
    today = today or timezone.localdate()
    first = today - timedelta(days=today.weekday() + 7 * (weeks - 1))
    found: dict[date, list[tuple[str, int, int]]] = defaultdict(list)
    kinds: Counter[str] = Counter()
    for at, kind, percent, grams in _seen(point, first):
        day = timezone.localdate(at)
        found[day - timedelta(days=day.weekday())].append((kind, percent, grams))
        if kind != DropOff.Foreign.NONE:
            kinds[str(DropOff.Foreign(kind).label)] += 1
    return Trend(tuple(_week(monday, found[monday]) for monday in sorted(found)), tuple(kinds.most_common()))


def _seen(point: Holder, first: date) -> list[tuple[datetime, str, int, int]]:
    lines = Line.objects.filter(
        holder=point,
        grams__gt=0,
        movement__action=Action.DROPOFF,
        movement__dropoff__point=point,
        movement__occurred_at__date__gte=first,
        movement__reversed_by__isnull=True,
    )
    return list(
        lines.values_list(
            "movement__occurred_at",
            "movement__dropoff__foreign_kind",
            "movement__dropoff__foreign_percent",
            "grams",
        )
    )


def _week(monday: date, seen: list[tuple[str, int, int]]) -> CleanWeek:
    foreign = sum(kind != DropOff.Foreign.NONE for kind, _percent, _grams in seen)
    weight = sum(grams for _kind, _percent, grams in seen)
    low, high = wilson(len(seen) - foreign, len(seen))
    return CleanWeek(
        monday,
        len(seen),
        foreign,
        sum(percent * grams for _kind, percent, grams in seen) / weight if weight else 0.0,
        100 * low,
        100 * high,
    )


def clean_in_a_row(booked: DropOff, most: int = 20) -> int:
    """Return how many drop-offs of this one's household in a row, this one the last, held nothing foreign."""
    home = Line.objects.filter(movement=booked.movement_id, holder__kind=Holder.Kind.HOUSEHOLD)
    mine = DropOff.objects.filter(
        movement__lines__holder_id__in=home.values("holder_id"),
        movement_id__lte=booked.pk,
        movement__reversed_by__isnull=True,
    )
    kinds = list(mine.order_by("-movement_id").values_list("foreign_kind", flat=True)[:most])
    return next((n for n, kind in enumerate(kinds) if kind != DropOff.Foreign.NONE), len(kinds))
