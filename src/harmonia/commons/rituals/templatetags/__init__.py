"""Template tags of rituals."""
