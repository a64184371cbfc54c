"""The link that is cut when somebody leaves."""

import uuid

from django.conf import settings
from django.db import models


class Pseudonym(models.Model):
    """The random name under which records know a person; this table is the only bridge between the two."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True)
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    def __str__(self) -> str:
        return str(self.token)
