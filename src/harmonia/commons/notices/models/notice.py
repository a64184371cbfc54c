"""Something told to one person."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from harmonia.commons.journal.states import StateGraph


class Kind(models.TextChoices):
    """What a notice is about."""

    ALARM = "alarm", _("Alarms")
    COVENANT = "covenant", _("Covenants")
    UPGRADE = "upgrade", _("Upgrades and votes")
    STORY = "story", _("Stories")
    NEWS = "news", _("News")


MAIL = StateGraph(
    name="notices_notice",
    initial="none",
    steps={
        "none": ("waiting",),  # kept on the page only
        "waiting": ("sending",),
        "sending": ("sent", "failed", "lost"),
        "failed": ("sending",),
        "sent": (),
        "lost": (),  # tried for two days, given up; the notice is still on the page
    },
)


class Notice(models.Model):
    """Something told to one person; theirs alone, deleted when they leave."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    subject = models.CharField(max_length=160)
    text = models.TextField()
    link = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    mail_state = models.CharField(max_length=8, choices=MAIL.choices(), default=MAIL.initial)
    mail_tries = models.PositiveSmallIntegerField(default=0)
    mail_tried_at = models.DateTimeField(null=True, blank=True)
    mail_error = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["person", "-at"]),
            models.Index(
                fields=["mail_tried_at"],
                condition=Q(mail_state__in=["waiting", "sending", "failed"]),
                name="notices_mail_to_go",
            ),
        ]
        permissions = [("hear_every_alarm", "Cannot turn alarms off")]
        constraints = [
            MAIL.constraint("mail_state"),
            models.CheckConstraint(name="notices_notice_kind_known", condition=Q(kind__in=Kind.values)),
            models.CheckConstraint(
                name="notices_notice_link_stays_here",
                condition=Q(link="") | (Q(link__startswith="/") & ~Q(link__startswith="//")),
            ),
        ]

    def __str__(self) -> str:
        return self.subject
