"""The voice app."""

from django.apps import AppConfig


class VoiceConfig(AppConfig):
    """What the plant should become next."""

    name = "harmonia.commons.voice"
    label = "voice"

    def ready(self) -> None:
        """Fill the registries; on leaving, ballots stay and the name goes with the pseudonym."""
        from harmonia.commons.journal import registry
        from harmonia.commons.people import roles
        from harmonia.commons.voice import queries

        registry.on_export("voice", queries.export)
        roles.grant("resident", "voice.cast_ballot")
        roles.grant("facilitator", "voice.add_upgrade", "voice.open_vote")
        roles.grant("scientist", "voice.add_upgrade", "voice.activate_upgrade")
