"""What the Nexus says when it cannot do something."""


class Refused(Exception):
    """The Nexus cannot do this; the message is a sentence for the person, and nothing was changed."""
