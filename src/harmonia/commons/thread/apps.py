"""The thread app."""

from django.apps import AppConfig


class ThreadConfig(AppConfig):
    """My thread and the landing page."""

    name = "harmonia.commons.thread"
    label = "thread"
