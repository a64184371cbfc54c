"""Keep what came in broken, and how it ended."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import islice

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from harmonia.commons.alchemy import indexing, ords
from harmonia.commons.alchemy.actions.errors import Refused
from harmonia.commons.alchemy.models import Repair
from harmonia.commons.journal.actions import record
from harmonia.commons.people.actions import token_of
from harmonia.commons.people.models import Person

AT_ONCE = 500


@dataclass(frozen=True)
class Imported:
    """How many rows were new, how many replaced an older version of the same, how many were here already."""

    new: int
    changed: int
    same: int


@transaction.atomic
def import_repairs(repairs: Iterable[Repair]) -> Imported:
    """Keep rows of the Open Repair Data Standard; the same table twice is kept once.

    A row that came from elsewhere follows its newer version; what members told here is never overwritten.
    """
    rows, new, changed, same = iter(repairs), 0, 0, 0
    while batch := list({row.key: row for row in islice(rows, AT_ONCE)}.values()):
        known = {row.key: row for row in Repair.objects.filter(key__in=[row.key for row in batch])}
        fresh = [row for row in batch if row.key not in known]
        other = [
            _newer(known[row.key], row) for row in batch if row.key in known and _differs(known[row.key], row)
        ]
        Repair.objects.bulk_create(fresh)
        Repair.objects.bulk_update(other, ords.COLUMNS[1:])
        indexing.index_many([*fresh, *other])
        new, changed = new + len(fresh), changed + len(other)
        same += len(batch) - len(fresh) - len(other)
    if new or changed:
        record("alchemy", "repairs_imported", new=new, changed=changed)
    return Imported(new, changed, same)


def _differs(known: Repair, row: Repair) -> bool:
    told_here = known.recorder is not None
    return not told_here and any(getattr(known, c) != getattr(row, c) for c in ords.COLUMNS[1:])


def _newer(known: Repair, row: Repair) -> Repair:
    for column in ords.COLUMNS[1:]:
        setattr(known, column, getattr(row, column))
    return known


@transaction.atomic
def record_repair(
    person: Person,
    *,
    what: str,
    category: str,
    status: str,
    barrier: str = "",
    brand: str = "",
    age: str = "",
    country: str,
    problem: str,
    on: date,
) -> Repair:
    """Tell of one object that was brought to be mended, and how it ended. Everybody can read it."""
    cells = {
        "id": f"harmonia-{secrets.randbelow(10**12):012d}",
        "data_provider": settings.CONFIG.name[:120],
        "country": country.strip().upper(),
        "partner_product_category": " ".join(what.split()),
        "product_category": category,
        "product_category_id": str(ords.CATEGORIES.get(category, "")),
        "brand": " ".join(brand.split()),
        "year_of_manufacture": "",
        "product_age": age.strip().replace(",", "."),
        "repair_status": status,
        "repair_barrier_if_end_of_life": barrier,
        "group_identifier": settings.CONFIG.name[:120],
        "event_date": on.isoformat(),
        "problem": problem.replace("\x00", "").strip(),
    }
    if not cells["partner_product_category"] or not cells["problem"]:
        raise Refused(_("Say what it is, what was wrong and what was done. Nothing was saved."))
    if on > timezone.localdate():
        raise Refused(_("This day is still to come. Nothing was saved."))
    repair = ords.read_row(cells)
    if isinstance(repair, ords.Rejected):
        raise Refused(_("One entry does not fit the standard for repairs. Nothing was saved."))
    repair.recorder = token_of(person)
    repair.save(force_insert=True)
    indexing.index(repair)
    record("alchemy", "repaired", repair=repair.key, status=repair.repair_status)
    return repair


@transaction.atomic
def withdraw_repair(person: Person, repair: Repair) -> None:
    """Take the words of a repair back; what it was and how it ended stay counted. Its teller, or a facilitator."""
    mine = repair.recorder == token_of(person)
    if not mine and not person.has_perm("alchemy.moderate"):
        raise Refused(_("Only the person who told this can take it back."))
    repair = Repair.objects.select_for_update().get(pk=repair.pk)
    repair.problem = repair.brand = ""
    repair.partner_product_category = repair.product_category
    repair.save(update_fields=["problem", "brand", "partner_product_category"])
    indexing.index(repair)
    indexing.purge()
    record("alchemy", "repair_withdrawn", repair=repair.key, by_facilitator=not mine)
