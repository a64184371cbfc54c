"""The nexus app."""

from django.apps import AppConfig


class NexusConfig(AppConfig):
    """The living plant."""

    name = "harmonia.commons.nexus"
    label = "nexus"

    def ready(self) -> None:
        """Say who may do what, and what a person takes home."""
        from harmonia.commons.journal import registry
        from harmonia.commons.nexus import queries
        from harmonia.commons.people import roles

        registry.on_export("jars", queries.export_jars)
        roles.grant("scientist", "nexus.feed_plant", "nexus.change_plant", "nexus.add_reading")
        for role in ("scientist", "facilitator"):
            roles.grant(role, "nexus.compare_designs", "nexus.call_activation")
