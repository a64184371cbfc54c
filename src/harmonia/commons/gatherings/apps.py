"""The gatherings app."""

from django.apps import AppConfig


class GatheringsConfig(AppConfig):
    """When the plant needs everybody."""

    name = "harmonia.commons.gatherings"
    label = "gatherings"

    def ready(self) -> None:
        """Fill the registries."""
        from harmonia.commons.gatherings import actions, queries
        from harmonia.commons.journal import registry
        from harmonia.commons.people import roles

        registry.on_export("gatherings", queries.export)
        registry.on_leave("gatherings", actions.forget)
        registry.on_coming("gatherings", queries.coming)
        for role in ("facilitator", "scientist"):
            roles.grant(role, "gatherings.call_gathering", "gatherings.answer_concern")
