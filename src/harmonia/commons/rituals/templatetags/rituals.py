"""What a state is called, and how the present reads in a sentence."""

from django import template

from harmonia.commons.rituals.words import NEWS, STATES

register = template.Library()


@register.filter
def state_words(state: str) -> str:
    """Return what a state is called among people."""
    return str(STATES[state])


@register.filter
def state_news(state: str) -> str:
    """Return the news a state is."""
    return str(NEWS[state])
