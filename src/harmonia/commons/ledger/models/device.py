"""A scale that weighs in by itself."""

import uuid

from django.db import models


class Device(models.Model):
    """A scale at one collection point; only the hash of its token is kept, so a copy of the database opens nothing."""

    name = models.CharField(max_length=80)
    point = models.ForeignKey("ledger.Holder", on_delete=models.PROTECT, related_name="devices")
    token_sha256 = models.CharField(max_length=64, unique=True)
    recorder = models.UUIDField(default=uuid.uuid4, unique=True)  # signs its movements
    issued_at = models.DateTimeField()
    issued_by = models.UUIDField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        permissions = [("issue_device", "Can give scales their tokens and take them back")]

    def __str__(self) -> str:
        return self.name
