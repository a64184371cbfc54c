"""One voice for one option."""

from django.db import models


class Approval(models.Model):
    """That somebody, known as `token`, approves an option; the database takes it only while voting is on."""

    option = models.ForeignKey("voice.Option", on_delete=models.PROTECT, related_name="approvals")
    token = models.UUIDField()  # a pseudonym: names go, ballots stay
    at = models.DateTimeField()

    class Meta:
        ordering = ["option", "at", "id"]
        constraints = [models.UniqueConstraint(fields=["option", "token"], name="voice_approval_once")]

    def __str__(self) -> str:
        return f"approval of option {self.option_id}"
