"""The community's cloth: each public story a thread."""
