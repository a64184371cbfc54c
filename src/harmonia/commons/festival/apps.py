"""The festival app."""

import mimetypes

from django.apps import AppConfig


class FestivalConfig(AppConfig):
    """Stories as holograms."""

    name = "harmonia.commons.festival"
    label = "festival"

    def ready(self) -> None:
        """Fill the registries."""
        from harmonia.commons.festival import actions, queries
        from harmonia.commons.journal import registry
        from harmonia.commons.people import roles

        registry.on_event("alchemy", "festival", actions.follow)
        registry.on_export("festival", queries.export)
        registry.on_leave("festival", actions.forget)
        roles.grant("artist", "festival.programme")
        roles.grant("facilitator", "festival.programme")
        mimetypes.add_type("model/gltf-binary", ".glb")
