"""What the voice app says when it cannot do something."""


class Refused(Exception):
    """The voice app cannot do this; the message is a sentence for the person, and nothing was changed."""
