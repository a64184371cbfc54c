"""What the people app says when it cannot do something."""


class Refused(Exception):
    """The people app cannot do this; the message is a sentence for the person."""
