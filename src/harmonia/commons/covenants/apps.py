"""The covenants app."""

from django.apps import AppConfig


class CovenantsConfig(AppConfig):
    """What homes promise to bring."""

    name = "harmonia.commons.covenants"
    label = "covenants"

    def ready(self) -> None:
        """Fill the registries; apps let go in the order of their names, so this one before the ledger."""
        from harmonia.commons.covenants import actions, queries
        from harmonia.commons.journal import registry

        registry.on_export("covenants", queries.export)
        registry.on_leave("covenants", actions.forget)
