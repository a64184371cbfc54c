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
        # Python 3.11 knows these only where the machine does.
        for kind, ending in (("image/webp", ".webp"), ("image/avif", ".avif"), ("audio/mp4", ".m4a"),
                             ("audio/webm", ".webm"), ("audio/ogg", ".ogg"), ("audio/mpeg", ".mp3"),
                             ("audio/wav", ".wav")):  # fmt: skip
            mimetypes.add_type(kind, ending)
