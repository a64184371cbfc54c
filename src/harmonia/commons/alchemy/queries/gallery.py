"""Read the gallery: what is shown, narrowed by material, technique, maker, season and words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _

from harmonia.commons.alchemy.models import Artifact, Credit, Practice, Technique
from harmonia.commons.alchemy.queries.names import Names, Viewer
from harmonia.commons.alchemy.queries.search import things_found
from harmonia.commons.alchemy.queries.things import linked
from harmonia.commons.ledger import queries as ledger


@dataclass(frozen=True)
class Narrowed:
    """What a visitor asks the gallery for; an empty text asks for everything."""

    material: str = ""
    technique: str = ""
    maker: str = ""
    season: str = ""
    words: str = ""

    def __bool__(self) -> bool:
        return any((self.material, self.technique, self.maker, self.season, self.words))


@dataclass(frozen=True)
class Choice:
    """One value a filter can take."""

    value: str
    label: str


def gallery(viewer: Viewer, asked: Narrowed | None = None) -> QuerySet[Artifact]:
    """Return the things that are shown, newest first, as far as they fit what is asked."""
    asked = asked or Narrowed()
    shown = linked().filter(state="shown")
    if asked.material:
        shown = shown.filter(holder__balances__substance__code=asked.material, holder__balances__grams__gt=0)
    if asked.technique:
        shown = shown.filter(practices__technique=asked.technique)
    if asked.maker:
        shown = shown.filter(pk__in=_made_by(asked.maker, viewer))
    if asked.season:
        begin, end = _quarter(asked.season)
        shown = shown.filter(made_at__gte=begin, made_at__lt=end)
    return things_found(shown, asked.words, viewer) if asked.words else shown


def choices(viewer: Viewer) -> dict[str, list[Choice]]:
    """Return what each filter can be set to, so that it finds something."""
    shown = Artifact.objects.filter(state="shown")
    held = set(
        shown.filter(holder__balances__grams__gt=0).values_list("holder__balances__substance", flat=True)
    )
    used = set(Practice.objects.filter(artifact__in=shown).values_list("technique", flat=True))
    return {
        "material": [Choice(s.code, str(s)) for s in sorted(ledger.materials(), key=str) if s.pk in held],
        "technique": sorted((Choice(t, str(Technique(t).label)) for t in used), key=lambda c: c.label),
        "maker": _makers(viewer),
        "season": _seasons(shown.values_list("made_at", flat=True)),
    }


def maker_mark(token: UUID) -> str:
    """Return a mark for a maker that stays the same here and gives their pseudonym away to nobody."""
    return salted_hmac("harmonia.alchemy.maker", token.bytes, algorithm="sha256").hexdigest()[:16]


def _credited(viewer: Viewer) -> dict[UUID, tuple[str, set[int]]]:
    # Whom this viewer sees named, and on which things: nobody is found by a name they did not agree to.
    named = Credit.objects.filter(state="named", artifact__state="shown").values_list("artifact", flat=True)
    things = Artifact.objects.filter(pk__in=named).prefetch_related("credits")
    names = Names(Credit.objects.filter(state="named").values_list("token", flat=True).distinct())
    found: dict[UUID, tuple[str, set[int]]] = {}
    for thing in things:
        for token, name, _part in names.credited(thing, member=viewer.is_authenticated):
            found.setdefault(token, (name, set()))[1].add(thing.pk)
    return found


def _makers(viewer: Viewer) -> list[Choice]:
    found = [Choice(maker_mark(token), name) for token, (name, _things) in _credited(viewer).items()]
    return sorted(found, key=lambda choice: choice.label.casefold())


def _made_by(mark: str, viewer: Viewer) -> set[int]:
    found = _credited(viewer).items()
    return next((things for token, (_name, things) in found if maker_mark(token) == mark), set())


def _seasons(dates: Iterable[datetime]) -> list[Choice]:
    # Three months each, by name: winter is not the same months everywhere.
    found = {_begin(timezone.localtime(at).date()) for at in dates}
    return [Choice(f"{begin:%Y-%m}", _season_name(begin)) for begin in sorted(found, reverse=True)]


def _begin(day: date) -> date:
    month = day.month // 3 * 3
    return date(day.year, month, 1) if month else date(day.year - 1, 12, 1)


def _season_name(begin: date) -> str:
    last = begin.month + 2 if begin.month < 12 else 2
    months = {"first": MONTHS[begin.month], "last": MONTHS[last], "year": begin.year}
    if begin.month == 12:
        return _("%(first)s %(year)d to %(last)s %(next)d") % {**months, "next": begin.year + 1}
    return _("%(first)s to %(last)s %(year)d") % months


def _quarter(season: str) -> tuple[datetime, datetime]:
    begin = _begin(date.fromisoformat(f"{season}-01"))
    end = date(begin.year + (begin.month >= 10), (begin.month + 2) % 12 + 1, 1)
    return _midnight(begin), _midnight(end)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
