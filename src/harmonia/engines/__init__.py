"""Executors for heavy work: all cores of this machine today, a cluster later."""
