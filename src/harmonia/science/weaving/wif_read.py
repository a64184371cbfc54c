"""Read WIF 1.1, the Weaving Information File.

Specification: Nielsen, Olding, et al. (1997), Weaving Information File version 1.1. Sections are sparse
over defaults; a treadling may press several treadles; a lift plan stands instead of tie-up and treadling.
"""

from collections.abc import Callable, Iterator, Mapping

import numpy as np

from harmonia.science.weaving.draft import (
    LINEN,
    UMBER,
    Bools,
    Colours,
    Draft,
    DraftError,
    Floats,
    Treadling,
    lift,
)

Sections = dict[str, dict[str, str]]

MOST_THREADS = 100_000
MOST_SHAFTS = 1_000
MM = {"CENTIMETERS": 10.0, "INCHES": 25.4, "DECIPOINTS": 25.4 / 720}  # [mm] per unit; no unit: centimetres
TRUE, FALSE = {"TRUE", "YES", "ON", "1"}, {"FALSE", "NO", "OFF", "0"}


class WifError(DraftError):
    """A file that is no weavable WIF; the message is one sentence naming section and line."""


def read_wif(source: str | bytes) -> Draft:
    """Return the draft a WIF describes, its shed turned to rising and its colours to 0-255.

    Bytes are read as UTF-8, else as Latin-1. A lift plan counts before a treadling where both are given.

    Raises
    ------
    WifError
        A section is missing, or a line names a shaft, treadle, colour or number that cannot be.
    """
    wif = Wif(source if isinstance(source, str) else _decode(source))
    ends, picks = wif.size("WARP", "Threads", MOST_THREADS), wif.size("WEFT", "Threads", MOST_THREADS)
    shafts = wif.size("WEAVING", "Shafts", MOST_SHAFTS)
    threading = np.zeros(ends, dtype=np.int64)
    for end, (shaft, *more) in wif.lists("THREADING", ends, shafts):
        if more:
            raise WifError(f"[THREADING] {end + 1} goes through several shafts; one is what we can weave.")
        threading[end] = shaft
    liftplan, tieup, treadling = _lifts(wif, picks, shafts)
    palette = wif.palette()
    return Draft(
        threading=threading,
        liftplan=liftplan,
        warp_colours=wif.colours("WARP", ends, palette, LINEN),
        weft_colours=wif.colours("WEFT", picks, palette, UMBER),
        warp_spacing_mm=wif.spacing("WARP", ends),
        weft_spacing_mm=wif.spacing("WEFT", picks),
        tieup=tieup,
        treadling=treadling,
        title=wif.value("TEXT", "Title") or "",
    )


def _decode(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _lifts(wif: "Wif", picks: int, shafts: int) -> tuple[Bools, Bools | None, Treadling | None]:
    """Return lift plan, tie-up and treadling; the last two only where they alone say the lift plan."""
    rising = wif.flag("WEAVING", "Rising Shed", default=True)
    plan = None
    if wif.has("LIFTPLAN"):
        plan = _marks(wif, "LIFTPLAN", picks, shafts) ^ (not rising)
    elif not wif.has("TREADLING"):
        raise WifError("The file has neither [TREADLING] nor [LIFTPLAN], so nothing says which shafts rise.")
    elif not wif.has("TIEUP"):
        raise WifError("The file has a [TREADLING] but no [TIEUP], so its treadles lift nothing.")
    if not (wif.has("TREADLING") and wif.has("TIEUP")):
        return _given(plan), None, None
    treadles = wif.size("WEAVING", "Treadles", MOST_SHAFTS)
    pressed = dict(wif.lists("TREADLING", picks, treadles))
    treadling = tuple(tuple(sorted(set(pressed.get(pick, ())))) for pick in range(picks))
    tieup = _marks(wif, "TIEUP", treadles, shafts)
    lifted = lift(tieup, treadling) ^ (not rising)
    if plan is None:
        plan = lifted
    if rising and np.array_equal(plan, lifted):
        return plan, tieup, treadling
    return plan, None, None


def _given(plan: Bools | None) -> Bools:
    if plan is None:
        raise WifError("The file says nothing about which shafts rise.")
    return plan


def _marks(wif: "Wif", section: str, rows: int, columns: int) -> Bools:
    marks = np.zeros((rows, columns), dtype=np.bool_)
    for row, places in wif.lists(section, rows, columns):
        marks[row, np.array(places) - 1] = True
    return marks


class Wif:
    """The sections of a file; every question names section and key in its refusal."""

    def __init__(self, text: str) -> None:
        self.sections = _sections(text)
        if "WIF" not in self.sections:
            raise WifError("The file has no [WIF] section; it is no WIF.")
        for name in ("WEAVING", "WARP", "WEFT", "THREADING"):
            if name not in self.sections:
                raise WifError(f"The file has no [{name}] section.")

    def has(self, section: str) -> bool:
        """Return whether a section is there and [CONTENTS] doesn't say it is off."""
        listed = self.sections.get("CONTENTS", {}).get(section, "TRUE").upper()
        return section in self.sections and listed not in FALSE

    def value(self, section: str, key: str) -> str | None:
        """Return a value, None where there is none."""
        return self.sections.get(section, {}).get(key.upper()) or None

    def size(self, section: str, key: str, most: int) -> int:
        """Return a count between 1 and `most`."""
        text = self.value(section, key)
        if text is None:
            raise WifError(f"[{section}] does not say {key}.")
        count = _whole(text, section, key)
        if not 1 <= count <= most:
            raise WifError(f"[{section}] {key} is {count}; we weave 1 to {most}.")
        return count

    def flag(self, section: str, key: str, *, default: bool) -> bool:
        """Return a yes or no."""
        text = (self.value(section, key) or str(default)).split(";")[0].strip().upper()
        if text not in TRUE | FALSE:
            raise WifError(f"[{section}] {key} is {text!r}, neither true nor false.")
        return text in TRUE

    def rows(self, section: str, most: int) -> Iterator[tuple[int, str]]:
        """Yield (place from 0, text) of every line that isn't empty, `place` below `most`."""
        for key, value in self.sections.get(section, {}).items():
            text = value if ";" not in value else value.split(";")[0].strip()
            if not text:
                continue
            place = int(key) if key.isdecimal() else _whole(key, section, key)
            if not 1 <= place <= most:
                raise WifError(f"[{section}] has a line {place}, but there are only {most}.")
            yield place - 1, text

    def lists(self, section: str, rows: int, most: int) -> Iterator[tuple[int, list[int]]]:
        """Yield (row from 0, numbers 1 … most) of a section; 0 stands for none."""
        for row, text in self.rows(section, rows):
            numbers = _wholes(text, section, row + 1)
            if not 0 <= min(numbers) <= max(numbers) <= most:
                stranger = next(number for number in numbers if not 0 <= number <= most)
                raise WifError(f"[{section}] {row + 1} names {stranger}, but there are only {most}.")
            if chosen := [number for number in numbers if number]:
                yield row, chosen

    def palette(self) -> Colours | None:
        """Return (entries, 3) colours 0-255, None where the file has no colours."""
        if "COLOR TABLE" not in self.sections:
            return None
        low, high = self._range()
        entries = self.size("COLOR PALETTE", "Entries", MOST_THREADS)
        table = np.zeros((entries, 3), dtype=np.uint8)
        for place, text in self.rows("COLOR TABLE", entries):
            values = [_whole(part, "COLOR TABLE", str(place + 1)) for part in text.split(",")]
            if len(values) != 3 or not all(low <= value <= high for value in values):
                raise WifError(f"[COLOR TABLE] {place + 1} is no colour of three values {low} … {high}.")
            table[place] = [round((value - low) * 255 / (high - low)) for value in values]
        return table

    def _range(self) -> tuple[int, int]:
        text = self.value("COLOR PALETTE", "Range") or "0,255"
        parts = [_whole(part, "COLOR PALETTE", "Range") for part in text.split(";")[0].split(",")]
        if len(parts) != 2 or parts[0] >= parts[1]:
            raise WifError(f"[COLOR PALETTE] Range is {text!r}, no range of colours.")
        return parts[0], parts[1]

    def colours(
        self, system: str, threads: int, palette: Colours | None, plain: tuple[int, int, int]
    ) -> Colours:
        """Return (threads, 3) colours of WARP or WEFT."""
        if palette is None:
            return np.full((threads, 3), plain, dtype=np.uint8)
        default = self.value(system, "Color")
        first = None if default is None else self._entry(default.split(",")[0], system, "Color", palette)
        colours = np.full((threads, 3), plain if first is None else first, dtype=np.uint8)
        for thread, text in self.rows(f"{system} COLORS", threads):
            colours[thread] = self._entry(text, f"{system} COLORS", str(thread + 1), palette)
        return colours

    @staticmethod
    def _entry(text: str, section: str, key: str, palette: Colours) -> Colours:
        entry = _whole(text, section, key)
        if not 1 <= entry <= len(palette):
            raise WifError(f"[{section}] {key} names colour {entry}; the palette has 1 to {len(palette)}.")
        return np.asarray(palette[entry - 1])

    def spacing(self, system: str, threads: int) -> Floats:
        """Return (threads,) spacings [mm]; 1 mm where the file states none."""
        unit = (self.value(system, "Units") or "Centimeters").split(";")[0].strip().upper()
        if unit not in MM:
            raise WifError(
                f"[{system}] Units are {unit.lower()!r}; we know centimeters, inches and decipoints."
            )
        default = self.value(system, "Spacing")
        usual = 1.0 if default is None else _length(default, system, "Spacing") * MM[unit]
        spacing = np.full(threads, usual)
        for thread, text in self.rows(f"{system} SPACING", threads):
            spacing[thread] = _length(text, f"{system} SPACING", str(thread + 1)) * MM[unit]
        return spacing


def _sections(text: str) -> Sections:
    sections: Sections = {}
    current: dict[str, str] | None = None
    for number, line in enumerate(text.splitlines(), start=1):
        words = line.strip()
        if not words or words[0] == ";":
            continue
        if words[0] == "[":
            current = sections.setdefault(words[1:].split("]")[0].strip().upper(), {})
        elif current is None:
            raise WifError(f"Line {number} stands before the first section; it is no WIF.")
        else:
            key, _, value = words.partition("=")
            current[key.strip().upper()] = value.strip()
    return sections


def _number(convert: Callable[[str], float], text: str, section: str, key: str) -> float:
    try:
        return convert(text.split(";", maxsplit=1)[0].strip())
    except ValueError:
        raise WifError(f"[{section}] {key} is {text[:40]!r}, which is no number.") from None


def _wholes(text: str, section: str, row: int) -> list[int]:
    """Return the numbers of a list; a comma too many is forgiven."""
    try:
        return [int(part) for part in text.split(",")]
    except ValueError:
        return [_whole(part, section, str(row)) for part in text.split(",") if part.strip()] or [0]


def _whole(text: str, section: str, key: str) -> int:
    return int(_number(int, text, section, key))


def _length(text: str, section: str, key: str) -> float:
    length = _number(float, text, section, key)
    if not 0 <= length < 1e6:
        raise WifError(f"[{section}] {key} is {text!r}; no yarn is as wide as that.")
    return length


def provenance(source: str | bytes) -> Mapping[str, str]:
    """Return what `[PRIVATE HARMONIA]` says about where a draft comes from; empty for other files."""
    text = source if isinstance(source, str) else _decode(source)
    return _sections(text).get("PRIVATE HARMONIA", {})
