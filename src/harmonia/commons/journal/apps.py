"""The journal app."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """Floor 0."""

    name = "harmonia.commons.journal"
    label = "journal"
