"""What the rituals app says no with."""


class Refused(Exception):
    """The rituals app cannot do this; the message is a sentence for the person, and nothing was changed."""
