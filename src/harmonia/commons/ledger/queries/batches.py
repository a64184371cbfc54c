"""Read batches: how far they are, what is proven, whom they reached."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from harmonia.commons.journal.sentences import in_words
from harmonia.commons.ledger import hygiene, recall
from harmonia.commons.ledger.models import Batch, HygieneChoice, LabResult
from harmonia.commons.ledger.queries.harvests import Wait, waits
from harmonia.commons.ledger.recall import Reach

if TYPE_CHECKING:
    from harmonia.science.soil import RuleSet, Verdict


@dataclass(frozen=True)
class BatchView:
    """A batch with what its page shows: grams [g], its rule set, what is proven, whom it reached."""

    batch: Batch
    grams: int
    rules: "RuleSet"
    verdict: "Verdict"
    rests_until: datetime | None
    reach: Reach | None
    lab_results: tuple[LabResult, ...]
    waits_for_harvest: tuple[Wait, ...]

    @property
    def missing(self) -> list[str]:
        """What its heat record lacks, in the language of whoever reads it."""
        return [in_words(sentence) for sentence in self.verdict.missing]

    @property
    def waits(self) -> str:
        """What has to happen next: fill, prove, test, release, spread, or nothing."""
        steps = {"open": "close", "closed": "prove", "tested": "release", "released": "spread"}
        if self.batch.state == "treated":
            return "test" if self.batch.needs_test else "release"
        return steps.get(self.batch.state, "")


def batches() -> list[Batch]:
    """Return every batch, newest first."""
    return list(Batch.objects.select_related("holder"))


def batch(code: str) -> BatchView | None:
    """Return a batch by its code; None when there is none."""
    found = Batch.objects.select_related("holder").filter(holder__code=code).first()
    if found is None:
        return None
    rests = found.treated_at + timedelta(days=found.storage_days) if found.treated_at else None
    return BatchView(
        batch=found,
        grams=hygiene.content_g(found),
        rules=hygiene.rules_of(found.rules),
        verdict=hygiene.verdict(found),
        rests_until=rests if found.storage_days else None,
        reach=recall.reach(found.holder) if found.state in ("released", "recalled") else None,
        lab_results=tuple(LabResult.objects.filter(holder=found.holder)),
        waits_for_harvest=tuple(waits(found)),
    )


def hygiene_choices() -> list[HygieneChoice]:
    """Return what the site chose, newest first; nothing is ever rewritten."""
    return list(HygieneChoice.objects.all())
