"""The alchemy app."""

import mimetypes

from django.apps import AppConfig


class AlchemyConfig(AppConfig):
    """What people make and tell."""

    name = "harmonia.commons.alchemy"
    label = "alchemy"

    def ready(self) -> None:
        """Fill the registries."""
        from harmonia.commons.alchemy import actions, queries
        from harmonia.commons.journal import registry
        from harmonia.commons.people import roles

        registry.on_export("alchemy", queries.export)
        registry.on_leave("alchemy", actions.forget)
        roles.grant("facilitator", "alchemy.moderate")
        mimetypes.add_type("image/webp", ".webp")  # Python 3.11 knows it only where the machine does
