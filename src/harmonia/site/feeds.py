"""What `live` is handed: how to read the journal, as plain values."""

from django.db import connection

from harmonia.commons.journal import queries

# What anybody may hear. Payloads hold identifiers and quantities only; what is a person's own is on no topic.
PUBLIC = ("ledger", "nexus", "tapestry", "voice", "alchemy", "covenants")


class Journal:
    """Reads topics for the hub, in a worker thread with its own connection."""

    topics = PUBLIC

    def last(self) -> dict[str, int]:
        """Return the newest sequence of every public topic."""
        connection.close_if_unusable_or_obsolete()
        return queries.last_sequences(PUBLIC)
