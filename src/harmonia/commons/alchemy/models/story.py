"""A story: told, and perhaps taken back."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from harmonia.commons.alchemy.models.access import Access
from harmonia.commons.journal.states import StateGraph

TELLING = StateGraph("alchemy_story", "told", {"told": ("withdrawn",), "withdrawn": ()})


class Story(models.Model):
    """What the maker tells of a thing, in Markdown; once withdrawn, only its place stays."""

    artifact = models.OneToOneField("alchemy.Artifact", on_delete=models.PROTECT, related_name="story")
    text = models.TextField(_("story"), blank=True)
    language = models.CharField(_("language"), max_length=35)
    access = models.CharField(max_length=8, choices=Access.choices)
    told_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=9, choices=TELLING.choices(), default=TELLING.initial)

    class Meta:
        verbose_name_plural = _("stories")
        ordering = ["told_at", "id"]
        constraints = [
            TELLING.constraint(),
            models.CheckConstraint(
                name="alchemy_story_access_known", condition=models.Q(access__in=Access.values)
            ),
            models.CheckConstraint(
                name="alchemy_story_words_until_withdrawn",
                condition=(models.Q(state="told") & ~models.Q(text=""))
                | models.Q(state="withdrawn", text=""),
            ),
        ]

    def __str__(self) -> str:
        return f"story {self.pk}, {self.state}"
