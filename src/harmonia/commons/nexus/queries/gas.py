"""What gas is worth."""

from django.utils import timezone

from harmonia.commons.nexus.books import density
from harmonia.commons.nexus.queries.days import Facts, latest_run
from harmonia.commons.nexus.readings import USUAL_METHANE_SHARE


def worth_of_gas(grams: float) -> tuple[float, float]:
    """Return the energy [kWh, lower heating value] of so much biogas, and the minutes of one cooking flame in it."""
    from harmonia.science.metabolism import ENERGY_OF_METHANE, cooking_hours

    share = Facts(latest_run(), timezone.localdate()).number("methane_share") or USUAL_METHANE_SHARE
    volume = grams / 1000 / density(share)
    return volume * share * ENERGY_OF_METHANE, 60 * float(cooking_hours(volume, share))
