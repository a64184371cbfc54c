"""Who may vote, and who has: the electoral roll. It knows nothing of any ballot."""

from django.db import models


class Voter(models.Model):
    """One place on the roll of a vote, written at opening; the database lets only `voted` change, once, to yes.

    There is no time in this table, and no column that any row of `voice_ballot` has.
    """

    upgrade = models.ForeignKey("voice.Upgrade", on_delete=models.PROTECT, related_name="roll")
    voter = models.UUIDField()  # a person's pseudonym, or a household's number
    voted = models.BooleanField(default=False)  # a ballot paper was used, or handed out at the desk

    class Meta:
        ordering = ["upgrade", "voter"]
        constraints = [models.UniqueConstraint(fields=["upgrade", "voter"], name="voice_voter_once")]

    def __str__(self) -> str:
        return f"a place on the roll of upgrade {self.upgrade_id}"
