"""Template tags of the alchemy app."""
