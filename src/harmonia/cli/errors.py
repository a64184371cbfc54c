"""The one error a command turns into a sentence."""


class BadInput(Exception):
    """What the person gave cannot be used; the message is one clear sentence for them."""
