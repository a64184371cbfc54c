"""The notices app."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """What a person should hear."""

    name = "harmonia.commons.notices"
    label = "notices"

    def ready(self) -> None:
        """Fill the registries."""
        from harmonia.commons.journal import registry
        from harmonia.commons.notices import actions, queries
        from harmonia.commons.people import roles

        registry.on_export("notices", queries.export)
        registry.on_leave("notices", actions.forget)
        roles.grant("scientist", "notices.hear_every_alarm")
