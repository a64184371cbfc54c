"""Template tags of the voice app."""
