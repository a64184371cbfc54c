"""Play twelve weeks of the demonstration through the same actions people use."""

from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import Executor, Future
from datetime import date, datetime, time, timedelta
from importlib.resources import files
from zoneinfo import ZoneInfo

from django.db import transaction
from django.test.utils import override_settings
from django.utils import timezone

from harmonia.commons.ledger import actions as ledger
from harmonia.commons.ledger import queries as books
from harmonia.commons.ledger.models import Action, DropOff, Holder, Substance
from harmonia.commons.nexus import actions as nexus
from harmonia.commons.nexus import planning
from harmonia.commons.notices.models import Notice
from harmonia.commons.notices.tasks import deliver
from harmonia.commons.people.actions import token_of
from harmonia.commons.people.models import Person
from harmonia.science.metabolism import compile_kernels, plant_from_toml
from harmonia.site.demo import calls, gardens, matter, residents, shows, switches, voices, weighing
from harmonia.site.demo.instruments import EVERY_DAYS, Instruments, read_safety
from harmonia.site.demo.jars import fill_jars
from harmonia.site.demo.workshop import carry_to_workshop, draw_all, mend, promise, tell

Say = Callable[[str], None]

POINTS = (
    ("linden-yard", "Linden yard", "Behind the old laundry"),
    ("market-gate", "Market gate", "Under the clock, beside the well"),
    ("school-garden", "School garden", "At the blue shed"),
)
KINDS_OF_TRASH = (
    DropOff.Foreign.PLASTIC,
    DropOff.Foreign.GLASS,
    DropOff.Foreign.METAL,
    DropOff.Foreign.OTHER,
)
UPGRADED_AFTER = 40  # days after the first: the digester was warmed, and the figures show it
READ_FROM = 35  # a week before the ramp, so that its guards know what was usual
RAISED_AFTER, LOOKED_AFTER = 55, 71  # the second step of the ramp, and the end of its two weeks
FOLLOWED_AFTER = (53, 67)  # the model's forecast reaches two weeks; the instruments show it with a scatter


def begin_compiling(pool: Executor) -> "Future[None]":
    """Have the solver compiled in another process; it takes 20 s where nobody ran it before."""
    return pool.submit(compile_kernels, plant_from_toml(_first_plant()))


def load(say: Say, compiled: "Future[None]") -> None:
    """Fill an empty habitat; one transaction, so a stopped load leaves nothing half done."""
    zone = timezone.get_current_timezone()
    first = timezone.localdate() - timedelta(days=matter.DAYS)
    # Nobody lives at the demonstration's addresses: its notices stand on the page, and no mail is written.
    silent = override_settings(EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend")
    with silent, transaction.atomic():
        drawn = draw_all()
        people = residents.move_in()
        places = [
            ledger.open_holder(code, name, Holder.Kind.POINT, where=where) for code, name, where in POINTS
        ]
        workshop = ledger.open_holder("workshop", "Workshop", Holder.Kind.WORKSHOP, where=POINTS[0][2])
        say(f"  {len(people)} residents moved in")
        nexus.commission(_first_plant(), by=people["Kiran"], at=_at(first, 6, zone))
        Weeks(people, places, workshop, first, ZoneInfo(str(zone))).play(say, compiled)
        now = timezone.now()
        _burn_gas(people["Kiran"], first, zone, now)
        read_safety(people["Kiran"], now - timedelta(hours=1))
        voices.give_account(people)
        _plan(people["Kiran"], say)
        gardens.tend(people, timezone.now())
        weighing.equip(people, places)
        tell(people, drawn, say)
        mend(people)
        promise(people)
        voices.gather(people, say)
        voices.decide_on_evenings(people, now)
        say("  the next switch-over is prepared, and waits for its checklist")
        newcomer = residents.welcome(people)
        say(f"  {newcomer} came by a neighbour's link, and waits for a second word")
        calls.announce(people, say)
        shows.hang(people, say)
        shows.plan_evening(people, say)
        _post()


def _post() -> None:
    """Hand every mail to the silent post now, or the worker would write them all at its first start."""
    for notice in Notice.objects.filter(mail_state="waiting"):
        deliver.call(notice.pk)


def _plan(operator: Person, say: Say) -> None:
    if planning.is_installed():
        nexus.make_plan(nexus.ask_plan(operator))
        say("  two weeks of feeding are planned, and wait for a scientist to accept them")


def _first_plant() -> str:
    text = files("harmonia.commons.nexus").joinpath("plants/demo.toml").read_text("utf-8")
    return text.replace("temperature_c = 37.0", "temperature_c = 31.0")


def _at(day: date, hour: int, zone: object) -> datetime:
    return datetime.combine(day, time(hour), ZoneInfo(str(zone)))


class Weeks:
    """The days of the demonstration, one after the other."""

    def __init__(
        self, people: dict[str, Person], places: list[Holder], workshop: Holder, first: date, zone: ZoneInfo
    ) -> None:
        self.people = people
        self.places = places
        self.workshop = workshop
        self.first = first
        self.zone = zone
        self.operator = people["Kiran"]
        self.instruments = Instruments(self.operator)
        self.substances = {s.code: s for s in Substance.objects.all()}

    def play(self, say: Say, compiled: "Future[None]") -> None:
        """Bring, sort, feed; half way the upgrade that the residents chose is activated."""
        names = list(self.people)
        waiting: list[matter.Visit] = []
        days = matter.visits(names, self.first, len(self.places), self.zone)
        for offset, found in enumerate(days):
            day = self.first + timedelta(days=offset)
            self._look_after_the_plant(offset, day, say, compiled)
            self._bring(found)
            waiting += found
            if offset % 2:
                self._feed(waiting, _at(day, 20, self.zone))
                waiting = []
        fill_jars(self.people, _at(self.first + timedelta(days=matter.DAYS - 1), 18, self.zone), say)
        nexus.follow(quiet=True)
        say(f"  {matter.DAYS} days of drop-offs are booked, fed and followed by the model")

    def _look_after_the_plant(self, offset: int, day: date, say: Say, compiled: "Future[None]") -> None:
        """Follow it, read its instruments, switch it over half way, and take its load up by the guards' leave."""
        if offset == READ_FROM:
            compiled.result()  # by the other process, into the cache that this one reads
        if offset in (READ_FROM, UPGRADED_AFTER, *FOLLOWED_AFTER):
            nexus.follow(until=day - timedelta(days=1), quiet=True)
        if offset >= READ_FROM and (offset - READ_FROM) % EVERY_DAYS == 0:
            self.instruments.round(_at(day, 9, self.zone))
        if offset == UPGRADED_AFTER:
            voices.warm_the_digester(self.people, _at(day, 10, self.zone))
            say("  six weeks in, the residents chose to warm the digester, and switched it over")
        if offset == RAISED_AFTER:
            switches.raise_load(self.operator, _at(day, 11, self.zone))
        if offset == LOOKED_AFTER:
            state = nexus.watch_ramp(_at(day, 11, self.zone))
            say(f"  the load went up in two steps; the ramp is {state}")

    def _bring(self, found: list[matter.Visit]) -> None:
        for index, visit in enumerate(found):
            kind = (
                KINDS_OF_TRASH[index % len(KINDS_OF_TRASH)] if visit.foreign_percent else DropOff.Foreign.NONE
            )
            ledger.record_drop_off(
                self.people[visit.name],
                point=self.places[visit.point],
                substance=self.substances[visit.substance],
                kilograms=visit.kilograms,
                foreign_kind=kind,
                foreign_percent=visit.foreign_percent,
                at=visit.at,
            )

    def _feed(self, found: list[matter.Visit], at: datetime) -> None:
        trash: dict[tuple[int, str], int] = defaultdict(int)
        for visit in found:
            trash[visit.point, visit.substance] += int(visit.kilograms * 10 * visit.foreign_percent)
        token = token_of(self.operator)
        for (point, code), grams in trash.items():
            if grams:
                ledger.sort_out(self.places[point], self.substances[code], grams, recorder=token, at=at)
        carry_to_workshop(self.places, self.workshop, at)
        for place in self.places:
            for substance in books.stock(place):
                if substance.use == Substance.Use.ROTS:
                    nexus.feed(place, substance, by=self.operator, at=at + timedelta(minutes=10))


def _burn_gas(operator: Person, first: date, zone: object, now: datetime) -> None:
    # The kitchen uses the gas of a day on the next one; half of what the last day made is still in the store.
    *days, last = books.daily(Action.PRODUCE, Holder.Kind.GAS_STORE, since=first)
    for flow in days:
        at = _at(flow.day + timedelta(days=1), 12, zone)
        nexus.burn(grams=flow.grams, by=operator, at=at, quiet=True)
    nexus.burn(grams=last.grams // 2, by=operator, at=now, quiet=True)
