"""Which statement a person sees next: drawn by priority, so that new and telling ones come more often."""

from collections.abc import Collection

from harmonia.science.choice.opinions.opinion_map import OpinionMap


def next_statement(shown: OpinionMap, seen: Collection[str], draw: float) -> str | None:
    """Return the id of a statement the person has not answered, or None where all are.

    Parameters
    ----------
    draw
        A random number in [0, 1); the caller draws it.
    """
    waiting = [
        view for view in shown.statements if view.statement.id not in seen and not view.statement.hidden
    ]
    if not waiting:
        return None
    mark = draw * sum(view.priority for view in waiting)
    for view in waiting:
        mark -= view.priority
        if mark < 0:
            return view.statement.id
    return waiting[-1].statement.id
