"""What can be wrong with a recording's structure."""


class BrokenSoundError(ValueError):
    """The file breaks the rules of its own format, or holds something else than one sound."""
