"""For whom a story or a picture is."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Access(models.TextChoices):
    """Who may read the words and see the picture; the maker chooses."""

    PUBLIC = "public", _("everybody")
    HABITAT = "habitat", _("people of this habitat")
    ONLY_ME = "only_me", _("only me")
