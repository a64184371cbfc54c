"""The rituals app."""

from django.apps import AppConfig


class RitualsConfig(AppConfig):
    """Public events of the commons."""

    name = "harmonia.commons.rituals"
    label = "rituals"

    def ready(self) -> None:
        """Open the rooms, fill the registries."""
        from harmonia.commons.journal import registry
        from harmonia.commons.journal.rooms import RoomKind, on_room
        from harmonia.commons.people import roles
        from harmonia.commons.rituals import actions, queries

        on_room("ritual", RoomKind(queries.present, queries.guest_of, actions.hear, actions.settle))
        registry.on_event("voice", "rituals", actions.hear_vote)
        registry.on_export("rituals", queries.export)
        registry.on_leave("rituals", actions.forget)
        registry.on_coming("rituals", queries.coming)
        roles.grant("facilitator", "rituals.lead_ritual")
