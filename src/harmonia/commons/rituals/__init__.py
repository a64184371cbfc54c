"""Public events in which the community shares, learns, chooses and switches its plant over, together."""
