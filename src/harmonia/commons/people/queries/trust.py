"""Read who vouched for whom, and what that looks like from outside."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from harmonia.commons.people.models import Person, Vouch
from harmonia.commons.people.vouching import VOUCHERS, VOUCHES_A_YEAR, YEAR_DAYS

SMALL = 5  # [people] no group smaller than this is told to the public
NEW_DAYS = 30


@dataclass(frozen=True)
class Member:
    """A member as members see them: their name, who vouched for them, and whether they have a vote."""

    person: Person
    vouchers: tuple[str, ...]
    needed: int

    @property
    def missing(self) -> int:
        """How many more members have to vouch."""
        return 0 if self.person.vouched else max(0, self.needed - len(self.vouchers))


def vouchers_needed(newcomer: Person) -> int:
    """Return how many members must vouch for a newcomer: two, or all there are while fewer are here."""
    others = Person.objects.filter(is_active=True, vouched=True, guardian__isnull=True)
    return min(VOUCHERS, others.exclude(pk=newcomer.pk).count())


def member_list() -> list[Member]:
    """Return everybody who belongs here, by chosen name, with who vouched for them."""
    words: dict[int, list[str]] = defaultdict(list)
    for given in Vouch.objects.select_related("voucher"):
        words[given.newcomer_id].append(str(given.voucher))
    people = Person.objects.filter(left_at__isnull=True).order_by("name", "pk")
    return [Member(p, tuple(words[p.pk]), 0 if p.vouched else vouchers_needed(p)) for p in people]


def waiting(person: Person) -> list[Member]:
    """Return the newcomers for whom this person can still vouch."""
    given = set(Vouch.objects.filter(voucher=person).values_list("newcomer_id", flat=True))
    return [
        member
        for member in member_list()
        if not member.person.vouched and member.person.pk not in {*given, person.pk}
    ]


@dataclass(frozen=True)
class Audit:
    """What an auditor looks for: many newcomers at once, many hanging on one word, circles that vouch inwards."""

    members: int
    waiting: int
    founders: int  # with a vote, and nobody's word: here before vouching began, or invited by the set-up
    new: int  # got somebody's word within 30 days
    most_by_one: int  # the most newcomers one member vouched for within a year
    cap: int
    at_cap: int
    pairs: int  # pairs of members that together vouched for three or more newcomers
    told: dict[int, int]  # words given within a year -> members who gave so many


def audit() -> Audit:
    """Return the figures of the audit page; names are on the members' list only."""
    year, month = (timezone.now() - timedelta(days=days) for days in (YEAR_DAYS, NEW_DAYS))
    here = Person.objects.filter(is_active=True, left_at__isnull=True)
    given = Counter(Vouch.objects.filter(at__gte=year).values_list("voucher_id", flat=True))
    couples: dict[int, set[int]] = defaultdict(set)
    for newcomer, voucher in Vouch.objects.values_list("newcomer_id", "voucher_id"):
        couples[newcomer].add(voucher)
    pairs = Counter(frozenset(two) for two in couples.values() if len(two) == VOUCHERS)
    return Audit(
        members=here.filter(vouched=True).count(),
        waiting=here.filter(vouched=False).count(),
        founders=here.filter(vouched=True, vouchers__isnull=True).count(),
        new=Vouch.objects.filter(at__gte=month).values("newcomer").distinct().count(),
        most_by_one=max(given.values(), default=0),
        cap=VOUCHES_A_YEAR,
        at_cap=sum(count >= VOUCHES_A_YEAR for count in given.values()),
        pairs=sum(count >= 3 for count in pairs.values()),
        told=dict(sorted(Counter(given.values()).items())),
    )
