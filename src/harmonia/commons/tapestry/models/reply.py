"""What a visitor wrote back."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from harmonia.commons.journal.states import StateGraph

REPLYING = StateGraph(
    "tapestry_reply",
    "waiting",
    {"waiting": ("woven", "declined", "withdrawn"), "woven": ("withdrawn",), "declined": (), "withdrawn": ()},
)
GONE = ("declined", "withdrawn")


class Reply(models.Model):
    """A visitor's words: a thread once a facilitator has woven them in; once gone, only their place stays."""

    code = models.CharField(max_length=8, unique=True, editable=False)
    stop = models.ForeignKey("tapestry.Stop", on_delete=models.PROTECT, related_name="replies")
    text = models.TextField(_("your reply"), max_length=600, blank=True)
    name = models.CharField(_("a name to show"), max_length=40, blank=True)
    language = models.CharField(max_length=35)
    answers = models.CharField(max_length=7, blank=True)  # the code of the thing whose story it answers
    secret = models.CharField(max_length=64, editable=False)  # sha256 of the word that takes it back
    sent_at = models.DateTimeField(default=timezone.now)
    woven_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=9, choices=REPLYING.choices(), default=REPLYING.initial)

    class Meta:
        verbose_name_plural = _("replies")
        ordering = ["sent_at", "id"]
        constraints = [
            REPLYING.constraint(),
            models.CheckConstraint(
                name="tapestry_reply_words_until_gone",
                condition=models.Q(state__in=GONE, text="", name="")
                | (models.Q(state__in=("waiting", "woven")) & ~models.Q(text="")),
            ),
            models.CheckConstraint(
                name="tapestry_reply_woven_at_once_woven",
                condition=~models.Q(state="woven") | models.Q(woven_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"reply {self.code}, {self.state}"
