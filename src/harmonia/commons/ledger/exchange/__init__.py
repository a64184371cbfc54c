"""The books in the formats of other trades, written out and read back with the same hash."""
