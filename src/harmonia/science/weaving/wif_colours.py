"""What a WIF says about yarns: their colours, how thick they are and how wide they lie."""

import numpy as np

from harmonia.science.weaving.draft import Colours, Floats
from harmonia.science.weaving.palette import Colour
from harmonia.science.weaving.wif_numbers import WifError, length, whole
from harmonia.science.weaving.wif_text import MOST_THREADS, WifText

# [mm] per unit. The specification knows the first three; programs write the others too.
MM = {
    "CENTIMETERS": 10.0,
    "INCHES": 25.4,
    "DECIPOINTS": 25.4 / 720,
    "CENTIMETER": 10.0,
    "CM": 10.0,
    "INCH": 25.4,
    "IN": 25.4,
    "MILLIMETERS": 1.0,
    "MM": 1.0,
}
USUAL_MM = 1.0  # where the file states no spacing


class Palette:
    """The colour table of a file, turned to 0-255; an entry nobody wrote down is refused when it is used."""

    def __init__(self, wif: WifText) -> None:
        low, high = _range(wif)
        self.table: dict[int, Colour] = {}
        for place, text in wif.rows("COLOR TABLE", MOST_THREADS):
            values = [whole(part, "COLOR TABLE", str(place + 1)) for part in text.split(",")]
            if len(values) != 3 or not all(low <= value <= high for value in values):
                raise WifError(f"[COLOR TABLE] {place + 1} is no colour of three values {low} … {high}.")
            red, green, blue = (round((value - low) * 255 / (high - low)) for value in values)
            self.table[place + 1] = (red, green, blue)
        self.known: dict[str, Colour] = {}

    def colour(self, text: str, section: str, key: str) -> Colour:
        """Return the colour an entry names; numbers after the first are the same colour once more."""
        if text not in self.known:
            entry = whole(text.split(",", maxsplit=1)[0], section, key)
            if entry not in self.table:
                raise WifError(f"[{section}] {key} names colour {entry}; {self._extent()}.")
            self.known[text] = self.table[entry]
        return self.known[text]

    def knows(self, text: str) -> bool:
        """Return whether an entry is in the table."""
        return text.split(",", maxsplit=1)[0].strip() in {str(entry) for entry in self.table}

    def _extent(self) -> str:
        if not self.table:
            return "the file has no [COLOR TABLE]"
        return f"the palette has {min(self.table)} to {max(self.table)}"


def _range(wif: WifText) -> tuple[int, int]:
    text = wif.value("COLOR PALETTE", "Range") or "0,255"
    parts = [whole(part, "COLOR PALETTE", "Range") for part in text.split(",")]
    if len(parts) != 2 or parts[0] >= parts[1]:
        raise WifError(f"[COLOR PALETTE] Range is {text[:40]!r}, no range of colours.")
    form = wif.value("COLOR PALETTE", "Form").upper() or "RGB"
    if form != "RGB":
        raise WifError(f"[COLOR PALETTE] Form is {form[:40]!r}; we know RGB.")
    return parts[0], parts[1]


def colours(wif: WifText, system: str, threads: int, palette: Palette, plain: Colour) -> Colours:
    """Return (threads, 3) colours of WARP or WEFT; `plain` where the file says nothing of colour."""
    section = f"{system} COLORS"
    own = {
        thread: palette.colour(text, section, str(thread + 1)) for thread, text in wif.rows(section, threads)
    }
    table = np.full((threads, 3), plain, dtype=np.uint8)
    if len(own) < threads:
        table[:] = _usual(wif, system, palette, own, plain)
    if own:
        table[list(own)] = list(own.values())
    return table


def _usual(wif: WifText, system: str, palette: Palette, own: dict[int, Colour], plain: Colour) -> Colour:
    """Return the colour of the threads that state none.

    Where a file colours its first threads one by one, programs disagree whether it needs a default too; the
    first thread's colour then stands in. A default missing between coloured threads is refused, since any
    guess would dye somebody's cloth.
    """
    text = wif.value(system, "Color")
    beginning = bool(own) and own.keys() == set(range(len(own)))
    if text and palette.table and (palette.knows(text) or not beginning):
        return palette.colour(text, system, "Color")
    if beginning:
        return own[0]
    if own:
        raise WifError(f"[{system}] does not say Color, and [{system} COLORS] leaves threads without one.")
    return plain


def spacing(wif: WifText, system: str, threads: int) -> Floats:
    """Return (threads,) spacings [mm] of WARP or WEFT."""
    return _lengths(wif, system, "Spacing", threads, USUAL_MM)


def thickness(wif: WifText, system: str, threads: int) -> Floats:
    """Return (threads,) thicknesses [mm] of WARP or WEFT, 0 where the file says nothing of it."""
    return _lengths(wif, system, "Thickness", threads, 0.0)


def _lengths(wif: WifText, system: str, what: str, threads: int, unsaid: float) -> Floats:
    """Return (threads,) lengths [mm]: the system's default, and what single threads say."""
    unit = wif.value(system, "Units").upper() or "CENTIMETERS"
    if unit not in MM:
        raise WifError(f"[{system}] Units are {unit.lower()!r}; we know centimeters, inches and decipoints.")
    usual, section = wif.value(system, what), f"{system} {what.upper()}"
    found = np.full(threads, length(usual, system, what) * MM[unit] if usual else unsaid)
    for thread, text in wif.rows(section, threads):
        found[thread] = length(text, section, str(thread + 1)) * MM[unit]
    return found
