"""A few people somebody tells things to."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Circle(models.Model):
    """A named list of people; its owner alone tells to it and changes it."""

    name = models.CharField(_("name"), max_length=60)
    owner = models.UUIDField(editable=False)  # a pseudonym
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(name="alchemy_circle_has_a_name", condition=~models.Q(name="")),
            models.UniqueConstraint(fields=["owner", "name"], name="alchemy_circle_name_once_an_owner"),
        ]

    def __str__(self) -> str:
        return self.name


class CircleMember(models.Model):
    """Somebody in a circle, by pseudonym."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="members")
    token = models.UUIDField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["circle", "token"], name="alchemy_circle_member_once")]

    def __str__(self) -> str:
        return f"{self.token} in {self.circle_id}"
