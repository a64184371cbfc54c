"""Stories as scenes: on a screen, in glass, in the air of an evening."""
