"""The ledger app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class LedgerConfig(AppConfig):
    """Where every gram is."""

    name = "harmonia.commons.ledger"
    label = "ledger"

    def ready(self) -> None:
        """Fill the registries."""
        from harmonia.commons.journal import registry
        from harmonia.commons.ledger import actions, catalogue, queries
        from harmonia.commons.people import roles

        registry.on_export("ledger", queries.export)
        registry.on_leave("ledger", actions.forget_household)
        roles.grant("facilitator", "ledger.reverse_movement", "ledger.change_holder", "ledger.add_holder")
        roles.grant("scientist", "ledger.reverse_movement", "ledger.change_holder", "ledger.add_holder")
        roles.grant("facilitator", "ledger.release_batch", "ledger.count_stock")
        roles.grant("scientist", "ledger.release_batch", "ledger.choose_hygiene", "ledger.count_stock")
        roles.grant("architect", "ledger.choose_hygiene", "ledger.add_holder", "ledger.change_holder")
        roles.grant("architect", "ledger.issue_device")
        roles.grant("facilitator", "ledger.issue_device")
        post_migrate.connect(catalogue.load, sender=self, dispatch_uid="ledger.catalogue")
