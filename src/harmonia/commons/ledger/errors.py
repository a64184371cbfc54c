"""What the ledger says when it cannot do something."""


class Refused(Exception):
    """The ledger cannot book this; the message is a sentence for the person, and nothing was booked."""
