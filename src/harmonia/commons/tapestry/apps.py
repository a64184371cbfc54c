"""The tapestry app."""

from django.apps import AppConfig


class TapestryConfig(AppConfig):
    """Stories as cloth."""

    name = "harmonia.commons.tapestry"
    label = "tapestry"

    def ready(self) -> None:
        """Listen to what is made, told and taken back; say who may send the cloth on tour."""
        from harmonia.commons.journal import registry
        from harmonia.commons.people import roles
        from harmonia.commons.tapestry import actions

        registry.on_event("alchemy", "tapestry", actions.follow)
        roles.grant("artist", "tapestry.exhibit")
        roles.grant("facilitator", "tapestry.exhibit", "tapestry.moderate")
