"""The tapestry app."""

from django.apps import AppConfig


class TapestryConfig(AppConfig):
    """Stories as cloth."""

    name = "harmonia.commons.tapestry"
    label = "tapestry"

    def ready(self) -> None:
        """Listen to what is made, told and taken back."""
        from harmonia.commons.journal import registry
        from harmonia.commons.tapestry import actions

        registry.on_event("alchemy", "tapestry", actions.follow)
