"""The nexus app."""

from django.apps import AppConfig


class NexusConfig(AppConfig):
    """The living plant."""

    name = "harmonia.commons.nexus"
    label = "nexus"

    def ready(self) -> None:
        """Say who may do what."""
        from harmonia.commons.people import roles

        roles.grant("scientist", "nexus.feed_plant", "nexus.change_plant", "nexus.add_reading")
