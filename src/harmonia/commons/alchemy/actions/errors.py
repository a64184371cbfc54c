"""What the actions of this app say when they cannot."""


class Refused(Exception):
    """This cannot be made or told; the message is a sentence for the person, and nothing was saved."""
