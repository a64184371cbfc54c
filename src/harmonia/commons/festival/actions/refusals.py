"""What cannot be done."""


class Refused(Exception):
    """This cannot be done; the message is a sentence for the person, and nothing was saved."""
