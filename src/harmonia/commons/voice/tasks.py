"""The twin thinks here, never in a page."""

from django_tasks import task


@task()
def foresee(option: int) -> str:
    """Let the twin say what an option would do; returns the state of its foresight."""
    from harmonia.commons.voice import actions

    return actions.foresee_option(option)
