"""What people read off a jar, as methane so far: by volume, by pressure or by weight."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from harmonia.science.metabolism.gas_volumes import (
    STANDARD_KPA,
    headspace_volume,
    standard_volume,
    vented_methane_ml,
)

Floats = NDArray[np.float64]
Method = Literal["methane", "gas", "pressure", "mass"]
METHANE_SHARE = 0.60  # of the gas, where nobody measured it


class ReadingError(ValueError):
    """A reading that cannot be; the message is one sentence for the reader."""


@dataclass(frozen=True)
class JarReading:
    """One look at a bottle, `day` [d] after it was closed.

    `value`: standard methane so far [mL] (`methane`), all wet gas so far [mL] (`gas`), gauge pressure before it is
    let out [kPa] (`pressure`), or the bottle's mass after it was let out [g] (`mass`). `temperature_c` [degC] of the
    gas that was measured; `methane_share` [-] of the dry gas, where somebody measured it.
    """

    day: float
    value: float
    temperature_c: float = 20.0
    methane_share: float | None = None


def methane_so_far(
    method: Method, readings: Sequence[JarReading], headspace_ml: float, incubation_c: float
) -> tuple[Floats, Floats]:
    """Return days (readings,) [d] and methane so far (readings,) [mL, dry, 0 degC, 101.325 kPa], from closing on.

    Pressure is let out to that of the air each time; the first mass is the one the bottle began with.

    Raises:
        ReadingError: a value that this method cannot give.
    """
    ordered = sorted(readings, key=lambda reading: reading.day)
    days, total = [0.0], [0.0]
    before = ordered[0].value if method == "mass" and ordered else 0.0
    for reading in ordered:
        try:
            gained = _gained(method, before, reading, headspace_ml, incubation_c)
        except ValueError as error:
            raise ReadingError(f"Day {reading.day:.1f}: {error}.") from None
        before = reading.value
        if reading.day > days[-1]:
            days.append(reading.day)
            total.append(total[-1] + gained)
    return np.array(days), np.array(total)


def _gained(
    method: Method, before: float, reading: JarReading, headspace_ml: float, incubation_c: float
) -> float:
    share = METHANE_SHARE if reading.methane_share is None else reading.methane_share
    if method == "methane":
        return reading.value - before
    if method == "gas":
        return share * standard_volume(reading.value - before, reading.temperature_c, STANDARD_KPA)
    if method == "pressure":
        read = STANDARD_KPA + reading.value
        return share * headspace_volume(headspace_ml, incubation_c, read, STANDARD_KPA)
    return vented_methane_ml(before - reading.value, share, incubation_c, STANDARD_KPA)
