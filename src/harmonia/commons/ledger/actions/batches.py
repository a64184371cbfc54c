"""Take a batch from the bay to the bed: close, prove, test, release, spread, and recall when something was wrong."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from harmonia.commons.journal.actions import record
from harmonia.commons.journal.sentences import in_words
from harmonia.commons.ledger import hygiene, recall
from harmonia.commons.ledger.actions.booking import Posting, book
from harmonia.commons.ledger.actions.places import open_holder
from harmonia.commons.ledger.errors import Refused
from harmonia.commons.ledger.models import (
    LIFE,
    Action,
    Batch,
    HeatReading,
    Holder,
    HygieneChoice,
    LabResult,
    Measure,
    Movement,
    Substance,
    Turn,
)
from harmonia.commons.notices.actions import notify_many
from harmonia.commons.people.actions import token_of
from harmonia.commons.people.models import Person
from harmonia.commons.people.queries import with_permission

# Commission Regulation (EU) No 142/2011, Annex V, Chapter III, Section 3: Salmonella absent in 25 g; E. coli at
# most 1000 in 1 g (its rule of five samples is kept by entering the highest of them).
MOST_E_COLI = 1000.0


@transaction.atomic
def choose_hygiene(
    rules: str, by: Person, *, pasteuriser: bool, allowed: Collection[str] = ()
) -> HygieneChoice:
    """Follow a named rule set from now on. Batches that are closed keep the one they were closed under."""
    if not by.has_perm("ledger.choose_hygiene"):
        raise Refused(_("Only a scientist or an architect chooses the hygiene rules. Nothing was changed."))
    hygiene.rules_of(rules)
    hygiene.check_optional(allowed)
    choice = HygieneChoice.objects.create(
        rules=rules,
        pasteuriser=pasteuriser,
        allowed=sorted(allowed),
        since=timezone.now(),
        by=token_of(by),
    )
    record("ledger", "hygiene_chosen", rules=rules, pasteuriser=pasteuriser, allowed=sorted(allowed))
    return choice


@transaction.atomic
def open_batch(code: str, name: str, by: Person, *, where: str = "", at: datetime | None = None) -> Batch:
    """Open an empty batch under the site's hygiene rules."""
    _allowed(by)
    if Holder.objects.filter(code=code).exists():
        raise Refused(_("This code is taken. Choose another one. Nothing was changed."))
    rules = hygiene.rules_in_force()
    holder = open_holder(code, name, Holder.Kind.BATCH, where=where)
    return Batch.objects.create(
        holder=holder,
        rules=rules.code,
        needs_test=rules.tests,
        storage_days=rules.storage_days,
        harvest_days=rules.harvest_days,
        opened_at=at or timezone.now(),
    )


@transaction.atomic
def fill_batch(
    batch: Batch, source: Holder, substance: Substance, grams: int, by: Person, *, at: datetime | None = None
) -> Movement:
    """Move matter from where it lies into an open batch."""
    _allowed(by)
    if batch.state != "open":
        raise Refused(_("This batch is closed; nothing more goes in. Nothing was booked."))
    if source.kind == Holder.Kind.GARDEN:
        raise Refused(_("What lies on a bed stays there. Nothing was booked."))
    postings = [Posting(source, substance, -grams), Posting(batch.holder, substance, grams)]
    return book(Action.COMBINE, postings, recorder=token_of(by), at=at)


@transaction.atomic
def close_batch(
    batch: Batch,
    by: Person,
    *,
    treatment: str,
    particle_mm: float | None = None,
    at: datetime | None = None,
) -> Batch:
    """Let nothing more in, and say by which treatment it will be proven."""
    _allowed(by)
    rules = hygiene.rules_of(batch.rules)
    if rules.treatments:
        hygiene.treatment_of(batch.rules, treatment)
    elif treatment:
        raise Refused(_("These rules ask for no treatment. Nothing was changed."))
    if not hygiene.content_g(batch):
        raise Refused(_("An empty batch cannot be closed. Nothing was changed."))
    batch.treatment, batch.particle_mm = treatment, particle_mm
    return _step(batch, "closed", closed_at=at or timezone.now())


@transaction.atomic
def measure_heat(
    batch: Batch, celsius: float, by: Person | None = None, *, at: datetime | None = None
) -> HeatReading:
    """Keep a temperature [degC] of a batch."""
    if not -40 <= celsius <= 110:
        raise Refused(_("A batch is between -40 and 110 °C. Nothing was kept."))
    moment = _past(at)
    kept, created = HeatReading.objects.get_or_create(
        batch=batch, at=moment, defaults={"celsius": celsius, "recorder": token_of(by) if by else None}
    )
    if not created and kept.celsius != celsius:
        raise Refused(_("There is another temperature of this minute already. Nothing was kept."))
    record("ledger", "heat", batch=batch.holder.code, celsius=celsius)
    return kept


@transaction.atomic
def turn(batch: Batch, by: Person | None = None, *, at: datetime | None = None) -> Turn:
    """Keep that a batch was turned."""
    kept, _created = Turn.objects.get_or_create(
        batch=batch, at=_past(at), defaults={"recorder": token_of(by) if by else None}
    )
    record("ledger", "turned", batch=batch.holder.code)
    return kept


@transaction.atomic
def prove_heat(batch: Batch, by: Person, *, at: datetime | None = None) -> Batch:
    """Mark a closed batch as treated, if its heat record meets its rules; Refused says what is missing."""
    _allowed(by)
    verdict = hygiene.verdict(batch)
    if not verdict.met:
        raise Refused(" ".join([*map(in_words, verdict.missing), _("The batch stays closed.")]))
    batch.proof = hygiene.proof(batch, verdict)
    return _step(batch, "treated", treated_at=at or timezone.now())


@transaction.atomic
def record_lab_result(
    holder: Holder,
    measure: Measure,
    value: float,
    *,
    laboratory: str,
    by: Person | None = None,
    spread: float | None = None,
    at: datetime | None = None,
) -> LabResult:
    """Keep a laboratory's number; from its day on it replaces the library's analysis, never the grams."""
    if value < 0 or (spread is not None and spread < 0):
        raise Refused(_("A laboratory finds zero or more. Nothing was kept."))
    if measure not in (Measure.E_COLI, Measure.SALMONELLA) and value > 1000:
        raise Refused(_("There can be at most 1000 g of it in a kilogram. Nothing was kept."))
    kept = LabResult.objects.create(
        holder=holder,
        measure=measure,
        value=value,
        spread=spread,
        at=_past(at),
        laboratory=laboratory[:120],
        recorder=token_of(by) if by else None,
    )
    record("ledger", "analysed", holder=holder.code, measure=str(measure))
    return kept


@transaction.atomic
def pass_test(batch: Batch, by: Person, *, at: datetime | None = None) -> Batch:
    """Mark a treated batch as tested: E. coli and Salmonella measured since it was closed, both within bounds."""
    _allowed(by)
    _proven(batch)
    found = {
        result.measure: result.value
        for result in LabResult.objects.filter(holder=batch.holder, at__gte=batch.closed_at)
    }
    if Measure.E_COLI not in found or Measure.SALMONELLA not in found:
        raise Refused(_("Enter E. coli and Salmonella from the laboratory first. Nothing was changed."))
    if found[Measure.SALMONELLA] > 0 or found[Measure.E_COLI] > MOST_E_COLI:
        raise Refused(
            _("The laboratory found too much: reject this batch, or treat it again. It stays where it is.")
        )
    return _step(batch, "tested", tested_at=at or timezone.now())


@transaction.atomic
def release(batch: Batch, by: Person, *, at: datetime | None = None) -> Batch:
    """Let a proven batch go to gardens. Raises Refused while a test or days of storage are missing."""
    _allowed(by)
    moment = at or timezone.now()
    if batch.needs_test and batch.state == "treated":
        raise Refused(_("These rules ask for a laboratory's test first. Nothing was changed."))
    if moment < _proven(batch) + timedelta(days=batch.storage_days):
        text = _("It has to rest %(days)d days after its treatment. Nothing was changed.")
        raise Refused(text % {"days": batch.storage_days})
    return _step(batch, "released", released_at=moment, released_by=token_of(by))


@transaction.atomic
def reject(batch: Batch, by: Person, *, reason: str) -> Batch:
    """Never let this batch go to a garden."""
    _allowed(by)
    batch.reason = _reason(reason)
    return _step(batch, "rejected")


@transaction.atomic
def spread(
    batch: Batch, bed: Holder, substance: Substance, grams: int, by: Person, *, at: datetime | None = None
) -> Movement:
    """Bring a released batch to a garden bed."""
    if bed.kind != Holder.Kind.GARDEN:
        raise Refused(_("Choose a garden bed. Nothing was booked."))
    if batch.state != "released":
        raise Refused(_("Only a released batch goes to a garden bed. Nothing was booked."))
    postings = [Posting(batch.holder, substance, -grams), Posting(bed, substance, grams)]
    return book(Action.TRANSFER, postings, recorder=token_of(by), at=at)


@transaction.atomic
def recall_batch(batch: Batch, by: Person, *, reason: str) -> recall.Reach:
    """Call a released batch back: list every place and person it reached, and tell them."""
    _allowed(by)
    batch.reason = _reason(reason)
    _step(batch, "recalled")
    reach = recall.reach(batch.holder)
    told: Sequence[Person] = sorted(
        {*reach.people, *with_permission("ledger.release_batch"), *with_permission("ledger.add_holder")},
        key=lambda person: person.pk,
    )
    notify_many(
        told,
        kind="alarm",
        subject=gettext_lazy("A batch is called back"),
        text=gettext_lazy(
            "Something was wrong with a batch of compost or digestate that may have reached you. Don't use it and"
            " don't harvest where it lies until you have read why."
        ),
        link=f"/books/batches/{batch.holder.code}/",
    )
    record("ledger", "recalled", batch=batch.holder.code, reached=[bed.code for bed in reach.places])
    return reach


def _proven(batch: Batch) -> datetime:
    """Return when its heat was proven."""
    if batch.treated_at is None:
        raise Refused(_("Its heat is not proven yet. Nothing was changed."))
    return batch.treated_at


def _step(batch: Batch, state: str, **moments: object) -> Batch:
    held = Batch.objects.select_for_update().get(pk=batch.pk)
    if held.state != batch.state or state not in LIFE.steps[held.state]:
        raise Refused(_("Somebody else moved this batch on a moment ago. Nothing was changed."))
    batch.state = state
    for name, value in moments.items():
        setattr(batch, name, value)
    batch.save()
    record("ledger", "batch", batch=batch.holder.code, state=state)
    return batch


def _allowed(by: Person) -> None:
    if not by.has_perm("ledger.release_batch"):
        raise Refused(_("Only a scientist or a site referent moves batches on. Nothing was changed."))


def _reason(reason: str) -> str:
    words = " ".join(reason.split())
    if not 0 < len(words) <= 300:
        raise Refused(_("Give a reason of at most 300 letters. Nothing was changed."))
    return words


def _past(at: datetime | None) -> datetime:
    moment = (at or timezone.now()).replace(second=0, microsecond=0)
    if moment > timezone.now() + timedelta(minutes=2):
        raise Refused(_("This moment has not come yet. Nothing was kept."))
    return moment
