"""The twin thinks here, never in a page."""

from django_tasks import task


@task()
def choose_operation(upgrade: int) -> str:
    """Try the ways to run what was bought and let people's priorities choose; returns how that ended."""
    from harmonia.commons.voice import actions

    return actions.choose_operation(upgrade)


@task()
def foresee(option: int) -> str:
    """Let the twin say what an option would do; returns the state of its foresight."""
    from harmonia.commons.voice import actions

    return actions.foresee_option(option)
