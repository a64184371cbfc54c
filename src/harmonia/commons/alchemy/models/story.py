"""A story: told, and perhaps taken back."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from harmonia.commons.alchemy.models.access import Shared, SharedQuerySet
from harmonia.commons.journal.states import StateGraph

TELLING = StateGraph("alchemy_story", "told", {"told": ("withdrawn",), "withdrawn": ()})


class Story(Shared):
    """What the maker tells of a thing, in Markdown; once withdrawn, only its place in the order stays.

    Where it happened is kept as the number of a cell (`places`), so that an exact place cannot be stored.
    `woven_at` is when it first became public: its place in the cloth, for ever.
    """

    artifact = models.OneToOneField("alchemy.Artifact", on_delete=models.PROTECT, related_name="story")
    text = models.TextField(_("story"), blank=True)
    edition = models.PositiveSmallIntegerField(default=1)  # former words are kept nowhere
    language = models.CharField(_("language"), max_length=35)
    place_name = models.CharField(_("where it happened"), max_length=80, blank=True)
    place_row = models.IntegerField(null=True, blank=True)
    place_column = models.IntegerField(null=True, blank=True)
    told_at = models.DateTimeField(default=timezone.now)
    woven_at = models.DateTimeField(null=True, blank=True, db_index=True)
    state = models.CharField(max_length=9, choices=TELLING.choices(), default=TELLING.initial)

    objects = SharedQuerySet.as_manager()

    class Meta:
        verbose_name_plural = _("stories")
        ordering = ["told_at", "id"]
        constraints = [
            *Shared.Meta.constraints,
            TELLING.constraint(),
            models.CheckConstraint(
                name="alchemy_story_words_until_withdrawn",
                condition=(Q(state="told") & ~Q(text=""))
                | Q(
                    state="withdrawn",
                    text="",
                    place_name="",
                    place_row__isnull=True,
                    place_column__isnull=True,
                ),
            ),
            models.CheckConstraint(
                name="alchemy_story_place_whole",
                condition=Q(place_row__isnull=True, place_column__isnull=True)
                | Q(place_row__isnull=False, place_column__isnull=False),
            ),
            models.CheckConstraint(
                name="alchemy_story_public_is_woven",
                condition=~Q(access="public") | Q(woven_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"story {self.pk}, {self.state}"


class Retelling(models.Model):
    """That a teller wrote a story anew: which edition and when, nothing of what it said. Without it no word changes."""

    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="retellings")
    edition = models.PositiveSmallIntegerField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["story", "edition"]
        constraints = [
            models.UniqueConstraint(fields=["story", "edition"], name="alchemy_retelling_edition_once"),
        ]

    def __str__(self) -> str:
        return f"edition {self.edition} of story {self.story_id}"
