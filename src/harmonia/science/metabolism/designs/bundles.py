"""Every set of options that the budget pays and that can stand together."""

from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from math import fsum

from harmonia.science.metabolism.designs.option import DesignError, Option, check_options
from harmonia.science.metabolism.plant_edits import OPERATIONS, PlantEdit

MOST_BUNDLES = 64
MOST_OPTIONS = 12


@dataclass(frozen=True)
class Bundle:
    """A set of options, by code; "do nothing" is the empty one.

    `cost`, `labour_h_week` [h/week] and `power_kwh_d` [kWh/d] are sums; `edits` stand in an order that the
    order of the options does not change: an option after those it needs, else by code; and of one number
    first what sets it, then what adds to it, then what multiplies it.
    """

    codes: tuple[str, ...]
    names: tuple[str, ...]
    cost: Decimal
    labour_h_week: float
    power_kwh_d: float
    edits: tuple[PlantEdit, ...]


def affordable_bundles(options: tuple[Option, ...], budget: Decimal | None = None) -> tuple[Bundle, ...]:
    """Return every bundle within the budget (None: no limit) whose options can stand together.

    "Do nothing" comes first, then by number of options and by code, whatever the order of `options`.

    Raises:
        DesignError: options contradict each other, or there are more than `MOST_BUNDLES` bundles.
    """
    check_options(options)
    if budget is not None and not (budget.is_finite() and budget >= 0):
        raise DesignError("The budget must be zero or more, not %(budget)s.", budget=budget)
    if len(options) > MOST_OPTIONS:
        raise DesignError(
            "%(options)s options are too many to compare every bundle; take at most %(most)s.",
            options=len(options),
            most=MOST_OPTIONS,
        )
    ordered = sorted(options, key=lambda option: option.code)
    sets = [chosen for size in range(len(ordered) + 1) for chosen in combinations(ordered, size)]
    bundles = tuple(_bundle(chosen) for chosen in sets if _stands(chosen) and _paid(chosen, budget))
    if len(bundles) > MOST_BUNDLES:
        raise DesignError(
            "%(options)s options make %(bundles)s bundles, and at most %(most)s are compared: lower "
            "the budget, leave an option out, or say which exclude or substitute each other.",
            options=len(options),
            bundles=len(bundles),
            most=MOST_BUNDLES,
        )
    return bundles


def _stands(chosen: tuple[Option, ...]) -> bool:
    codes = {option.code for option in chosen}
    if any(option.needs - codes or (option.excludes | option.substitutes) & codes for option in chosen):
        return False
    fixed = [edit.field for option in chosen for edit in option.edits if edit.operation == "set"]
    return len(fixed) == len(set(fixed)) or _agree(chosen)


def _agree(chosen: tuple[Option, ...]) -> bool:
    """Return whether options that set the same number set it to the same value."""
    values: dict[str, set[float]] = {}
    for option in chosen:
        last = {edit.field: edit.value for edit in option.edits if edit.operation == "set"}
        for field, value in last.items():
            values.setdefault(field, set()).add(value)
    return all(len(found) == 1 for found in values.values())


def _paid(chosen: tuple[Option, ...], budget: Decimal | None) -> bool:
    return budget is None or _cost(chosen) <= budget


def _cost(chosen: tuple[Option, ...]) -> Decimal:
    return sum((option.cost for option in chosen), Decimal(0))


def _bundle(chosen: tuple[Option, ...]) -> Bundle:
    return Bundle(
        tuple(option.code for option in chosen),
        tuple(option.name for option in chosen),
        _cost(chosen),
        fsum(option.labour_h_week for option in chosen),
        fsum(option.power_kwh_d for option in chosen),
        tuple(_in_order([edit for option in _needed_first(chosen) for edit in option.edits])),
    )


def _needed_first(chosen: tuple[Option, ...]) -> list[Option]:
    waiting, placed = list(chosen), set[str]()
    found: list[Option] = []
    while waiting:
        # Options that need each other in a circle come by code.
        ready = next((option for option in waiting if option.needs <= placed), waiting[0])
        waiting.remove(ready)
        placed.add(ready.code)
        found.append(ready)
    return found


def _in_order(edits: list[PlantEdit]) -> list[PlantEdit]:
    """Return the edits with those of one number in the order of operations, in the places they held."""
    sorted_edits = sorted(edits, key=lambda edit: OPERATIONS.index(edit.operation))
    queues: dict[str, list[PlantEdit]] = {}
    for edit in sorted_edits:
        queues.setdefault(edit.field, []).append(edit)
    return [queues[edit.field].pop(0) for edit in edits]
