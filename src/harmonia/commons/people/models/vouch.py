"""A member's word for a newcomer."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Vouch(models.Model):
    """Somebody says: I know this person, and they live here. Rows are only added; members read them all."""

    newcomer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="vouchers")
    voucher = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="vouches")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["newcomer", "voucher"], name="people_vouch_once"),
            models.CheckConstraint(
                name="people_vouch_for_somebody_else", condition=~Q(newcomer=F("voucher"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.voucher} for {self.newcomer}"
