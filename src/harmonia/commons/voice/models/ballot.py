"""The ballot box and its log. It knows nothing of any person, and no time."""

import uuid

from django.db import models
from django.db.models import Q

ENTRIES = ["open", "cast", "rank", "void", "unrank", "tally", "wishes", "close"]
"""What a log holds: see science.choice.transparency; in this order within a handful."""


class Ballot(models.Model):
    """What the holder of one ballot key wants; a changed mind replaces the row, and leaves nothing of the former one.

    `paper` is the SHA-256 of a key that only its holder has, `seal` the SHA-256 of salt and content, as the log has
    it. The order of outcomes has a salt and a seal of its own, and stands apart from the ballot wherever ballots are
    shown; both are empty of a ballot from before orders were sealed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    upgrade = models.ForeignKey("voice.Upgrade", on_delete=models.PROTECT, related_name="ballots")
    paper = models.CharField(max_length=64)
    content = models.TextField()  # what it chooses, canonical
    priorities = models.TextField(default="[]")  # outcomes in order, JSON; counted apart from the content
    salt = models.CharField(max_length=32)  # [hex]
    seal = models.CharField(max_length=64)  # [hex]
    order_salt = models.CharField(max_length=32, blank=True, default="")  # [hex]
    order_seal = models.CharField(max_length=64, blank=True, default="")  # [hex]

    class Meta:
        ordering = ["upgrade", "seal"]
        constraints = [
            models.UniqueConstraint(
                fields=["upgrade", "order_seal"],
                condition=~Q(order_seal=""),
                name="voice_ballot_order_seal_once",
            ),
            models.UniqueConstraint(fields=["upgrade", "paper"], name="voice_ballot_paper_once"),
            models.UniqueConstraint(fields=["upgrade", "seal"], name="voice_ballot_seal_once"),
        ]

    def __str__(self) -> str:
        return f"a ballot of upgrade {self.upgrade_id}"


class LogEntry(models.Model):
    """One line of a vote's log; `place` stays empty until the next handful is shuffled. Sealed rows stay for ever."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    upgrade = models.ForeignKey("voice.Upgrade", on_delete=models.PROTECT, related_name="log")
    what = models.CharField(max_length=6)  # one of ENTRIES
    digest = models.CharField(max_length=64)
    place = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["upgrade", "place", "digest"]
        constraints = [
            models.UniqueConstraint(fields=["upgrade", "place"], name="voice_logentry_place_once"),
            models.UniqueConstraint(fields=["upgrade", "what", "digest"], name="voice_logentry_once"),
            models.CheckConstraint(name="voice_logentry_what_known", condition=Q(what__in=ENTRIES)),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.digest}"


class Checkpoint(models.Model):
    """A signed size and root of a vote's log (C2SP tlog-checkpoint); rows are only added."""

    upgrade = models.ForeignKey("voice.Upgrade", on_delete=models.PROTECT, related_name="checkpoints")
    size = models.PositiveIntegerField()
    note = models.TextField()  # the signed note, as anybody verifies it

    class Meta:
        ordering = ["upgrade", "size"]
        constraints = [models.UniqueConstraint(fields=["upgrade", "size"], name="voice_checkpoint_once")]

    def __str__(self) -> str:
        return f"log of upgrade {self.upgrade_id} at {self.size}"


class Witness(models.Model):
    """A member's device that watches the log: its public key [Ed25519, base64] and the name it signs with."""

    upgrade = models.ForeignKey("voice.Upgrade", on_delete=models.PROTECT, related_name="witnesses")
    name = models.CharField(max_length=80)
    public_key = models.CharField(max_length=60)

    class Meta:
        ordering = ["upgrade", "name"]
        constraints = [
            models.UniqueConstraint(fields=["upgrade", "name"], name="voice_witness_name_once"),
            models.UniqueConstraint(fields=["upgrade", "public_key"], name="voice_witness_key_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Cosignature(models.Model):
    """A witness saw this checkpoint, and that it only adds to the one it saw before."""

    checkpoint = models.ForeignKey(Checkpoint, on_delete=models.PROTECT, related_name="cosignatures")
    witness = models.ForeignKey(Witness, on_delete=models.PROTECT, related_name="cosignatures")
    line = models.CharField(max_length=300)  # the signature line of the note

    class Meta:
        ordering = ["checkpoint", "witness"]
        constraints = [
            models.UniqueConstraint(fields=["checkpoint", "witness"], name="voice_cosignature_once")
        ]

    def __str__(self) -> str:
        return f"{self.witness} on {self.checkpoint}"


class SheetReading(models.Model):
    """The first of two people read a paper ballot; what they read is kept only as a seal nobody can open."""

    upgrade = models.ForeignKey("voice.Upgrade", on_delete=models.PROTECT, related_name="readings")
    paper = models.CharField(max_length=64)
    seal = models.CharField(max_length=64)  # HMAC-SHA256 of the content under the sheet's own key
    by = models.UUIDField()  # the pseudonym of who read it, not of who filled it in

    class Meta:
        constraints = [models.UniqueConstraint(fields=["upgrade", "paper"], name="voice_sheetreading_once")]

    def __str__(self) -> str:
        return f"a sheet of upgrade {self.upgrade_id}, read once"


class Recounter(models.Model):
    """Somebody sworn to recount a small vote: who asked them, their oath, what they found."""

    upgrade = models.ForeignKey("voice.Upgrade", on_delete=models.PROTECT, related_name="recounters")
    token = models.UUIDField()  # a pseudonym
    asked_by = models.UUIDField()  # a pseudonym
    sworn_at = models.DateTimeField(null=True, blank=True)
    agrees = models.BooleanField(null=True, blank=True)
    words = models.CharField(max_length=300, blank=True)
    found_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["upgrade", "id"]
        constraints = [models.UniqueConstraint(fields=["upgrade", "token"], name="voice_recounter_once")]

    def __str__(self) -> str:
        return f"a recounter of upgrade {self.upgrade_id}"
