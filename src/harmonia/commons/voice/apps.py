"""The voice app."""

from django.apps import AppConfig


class VoiceConfig(AppConfig):
    """What the plant should become next."""

    name = "harmonia.commons.voice"
    label = "voice"

    def ready(self) -> None:
        """Fill the registries; on leaving, ballots stay, and nothing ever joined them to a name."""
        from harmonia.commons.journal import registry
        from harmonia.commons.nexus import actions as nexus
        from harmonia.commons.people import roles
        from harmonia.commons.voice import actions, queries

        registry.on_export("voice", queries.export)
        registry.on_event("nexus", "voice", actions.hear_switch)
        nexus.on_decisions("voice", actions.waiting_decisions)
        desk = "voice.keep_desk"
        roles.grant("resident", "voice.cast_ballot", "voice.propose_option")
        roles.grant("facilitator", "voice.add_upgrade", "voice.open_vote", "voice.moderate_statement", desk)
        roles.grant("scientist", "voice.add_upgrade", "voice.activate_upgrade", desk)
        roles.grant("artist", desk)
        roles.grant("architect", desk)
        roles.grant("licensee", "voice.veto_option")
