"""What the gatherings app says no with."""


class Refused(Exception):
    """The gatherings app cannot do this; the message is a sentence for the person, and nothing was changed."""
