"""For whom a story, a picture or a recording is."""

from typing import Any, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from harmonia.commons.alchemy.models.circle import Circle
from harmonia.commons.people.models import Person, Pseudonym

Viewer = Person | AnonymousUser


class Access(models.TextChoices):
    """Who may read the words and see the picture; the teller chooses."""

    PUBLIC = "public", _("everybody")
    HABITAT = "habitat", _("people of this habitat")
    CIRCLE = "circle", _("one of my circles")
    ONLY_ME = "only_me", _("only me")


class SharedQuerySet(models.QuerySet[Any]):
    """Rows of which a viewer may see some; nothing else decides it, whatever the page."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Return what this viewer may read, see or hear."""
        shown = Q(artifact__state="shown")
        if not viewer.is_authenticated:
            return self.filter(shown, access=Access.PUBLIC)
        token = Pseudonym.objects.filter(person=viewer).values("token")[:1]
        circles = Circle.objects.filter(members__token__in=token).values("pk")
        among = Q(access__in=(Access.PUBLIC, Access.HABITAT)) | Q(access=Access.CIRCLE, circle__in=circles)
        if viewer.has_perm("alchemy.moderate"):
            shown |= Q(artifact__state="hidden")
        return self.filter(Q(artifact__maker__in=token) | (among & shown))


class FacesQuerySet(SharedQuerySet):
    """Photos and voices: those of people under 16 are for members only, whatever was chosen."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Return what this viewer may see or hear."""
        found = super().visible_to(viewer)
        return found if viewer.is_authenticated else found.exclude(self.of_the_young())

    @staticmethod
    def of_the_young() -> Q:
        """What somebody under 16 made: then, or by an account that still is."""
        young = Pseudonym.objects.filter(person__guardian__isnull=False).values("token")
        return Q(artifact__by_minor=True) | Q(artifact__maker__in=young)


class Shared(models.Model):
    """What its teller shares with somebody; a circle is named exactly when it is for one."""

    access = models.CharField(max_length=8, choices=Access.choices)
    circle = models.ForeignKey(
        "alchemy.Circle", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_access_known", condition=Q(access__in=Access.values)
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_circle_named",
                condition=Q(access=Access.CIRCLE, circle__isnull=False)
                | (~Q(access=Access.CIRCLE) & Q(circle__isnull=True)),
            ),
        ]
