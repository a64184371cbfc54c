"""A home's promise."""

from django.db import models
from django.db.models import F, Q

from harmonia.commons.journal.states import StateGraph

COVENANT = StateGraph(
    name="covenants_covenant",
    initial="offered",
    steps={"offered": ("active", "ended"), "active": ("ended",), "ended": ()},
)


class Covenant(models.Model):
    """So many grams of a substance each week, from a Monday until a Sunday, promised by the home `token`."""

    token = models.UUIDField(db_index=True)  # a pseudonym
    substance = models.ForeignKey("ledger.Substance", on_delete=models.PROTECT, related_name="covenants")
    grams_week = models.PositiveIntegerField()
    since = models.DateField()
    until = models.DateField()
    state = models.CharField(max_length=8, choices=COVENANT.choices(), default=COVENANT.initial)
    offered_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)  # the first day on which it no longer holds

    class Meta:
        ordering = ["-since", "-id"]
        constraints = [
            COVENANT.constraint(),
            models.CheckConstraint(name="covenants_covenant_of_something", condition=Q(grams_week__gt=0)),
            models.CheckConstraint(
                name="covenants_covenant_until_after_since", condition=Q(until__gt=F("since"))
            ),
            models.CheckConstraint(
                name="covenants_covenant_dates_fit_state",
                condition=Q(state="offered", begun_at__isnull=True, ended_on__isnull=True)
                | Q(state="active", begun_at__isnull=False, ended_on__isnull=True)
                | Q(state="ended", ended_on__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["token", "substance"],
                condition=Q(state="active"),
                name="covenants_covenant_one_active",
            ),
        ]

    def __str__(self) -> str:
        return f"covenant {self.pk}: {self.state}"

    @property
    def kg_week(self) -> float:
        """Promised a week [kg]."""
        return self.grams_week / 1000


class Reminder(models.Model):
    """That a home was told, once, that a week came to less than it promised."""

    covenant = models.ForeignKey(Covenant, on_delete=models.CASCADE, related_name="reminders")
    monday = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["covenant", "monday"], name="covenants_reminder_once"),
        ]

    def __str__(self) -> str:
        return f"week of {self.monday}"
