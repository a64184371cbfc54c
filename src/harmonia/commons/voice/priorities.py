"""The outcomes that residents put in order; each is a measure of `science.metabolism.designs`, by its name there."""

from collections.abc import Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

OUTCOMES: Mapping[str, str | Promise] = {
    "cooking_min_d": _("More time to cook with our gas"),
    "accepted_kg_d": _("Room for everybody's scraps"),
    "garden_nitrogen_kg_y": _("More fertiliser for the gardens"),
    "sour_risk": _("A plant that stays calm and does not turn sour"),
    "unplaced_digestate_m3_y": _("No digestate left without a place"),
    "avoided_t_co2e_y": _("Less greenhouse gas"),
}


def is_order(names: Sequence[str]) -> bool:
    """Return whether these are different known outcomes, the most important first; a short list is fine."""
    return len(set(names)) == len(names) and set(names) <= set(OUTCOMES)


def weights(order: Sequence[str]) -> Mapping[str, float]:
    """Return what an order of outcomes weighs, as `harmonia cycle` reads the ranks of priorities.csv."""
    from harmonia.science.choice import weights_from_order

    return weights_from_order(order)
