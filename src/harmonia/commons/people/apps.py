"""The people app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PeopleConfig(AppConfig):
    """Accounts and roles."""

    name = "harmonia.commons.people"
    label = "people"

    def ready(self) -> None:
        """Fill the registries and keep the groups of the roles in step with the code."""
        from harmonia.commons.journal import registry
        from harmonia.commons.people import queries, roles

        registry.on_export("person", queries.export)
        roles.grant("facilitator", "people.add_invitation")
        roles.grant("architect", "people.add_invitation", "people.view_person", "people.change_person")
        post_migrate.connect(roles.synchronise, dispatch_uid="people.roles")
