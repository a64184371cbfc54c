"""Numbers of people as the public may read them: nothing under five, and nothing that five minus would tell."""

from django.utils.translation import gettext as _

SMALLEST = 5
"""The smallest group of people any figure is about."""

SMALL_VOTE = 100
"""Below this many ballots nobody but sworn recounters gets ballots: patterns would tell who is who."""


def cell(count: int, of: int) -> int | None:
    """Return a count, or None where it, or what is left of all, is a group of one to four people."""
    hidden = 0 < count < SMALLEST or 0 < of - count < SMALLEST
    return None if hidden else count


def words(count: int, of: int) -> str:
    """Return a count as people read it: a number, "fewer than 5", or "all but fewer than 5"."""
    if cell(count, of) is not None:
        return str(count)
    if count < SMALLEST:
        return _("fewer than %(smallest)s") % {"smallest": SMALLEST}
    return _("all but fewer than %(smallest)s") % {"smallest": SMALLEST}
