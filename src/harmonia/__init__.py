"""Harmonia: a neighbourhood's waste-to-resource commons, from the scrap to the story."""

__version__ = "0.1.0"
