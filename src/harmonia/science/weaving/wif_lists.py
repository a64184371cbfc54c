"""Sections of WIF that hold lists of numbers, parsed by the megabyte.

A lift plan for a loom of 2,640 single ends holds 13 million numbers in 10,000 lines. One `int()` for each
takes seconds; digits counted as arrays take tenths.
"""

from collections.abc import Iterator, Mapping

import numpy as np

from harmonia.science.weaving.draft import Bools, Ints
from harmonia.science.weaving.wif_numbers import WifError, line_number, plain, whole

DIGITS_AND_COMMAS = b"0123456789,"
MOST_DIGITS = 9
COMMA, ZERO = b","[0], b"0"[0]
BLOCK = 1 << 20  # [characters] parsed at once: fits the cache, and bounds the memory


class Lists:
    """A section of rows that list numbers from 1 on; 0 and nothing stand for none.

    `blocks` holds pairs of arrays of equal length: row from 0, and a number it lists.

    Raises
    ------
    WifError
        Something is no number, or a line is numbered below 1.
    """

    def __init__(self, section: str, lines: Mapping[str, str]) -> None:
        self.section = section
        self.blocks = [_pairs(section, block) for block in _blocks(lines)]

    def __bool__(self) -> bool:
        return self.last > 0

    @property
    def last(self) -> int:
        """Return the number of the last row that lists something, from 1; 0 without any."""
        return max((int(rows.max()) + 1 for rows, _ in self.blocks if len(rows)), default=0)

    @property
    def most(self) -> int:
        """Return the largest number listed."""
        return max((int(numbers.max()) for _, numbers in self.blocks if len(numbers)), default=0)

    def bound(self, rows: int, most: int) -> None:
        """Refuse rows after the last of `rows`, and numbers above `most`."""
        if self.last > rows:
            raise WifError(f"[{self.section}] has a line {self.last}, but there are only {rows}.")
        for row, numbers in self.blocks:
            strange = np.flatnonzero(numbers > most)
            if len(strange):
                place, number = row[strange[0]] + 1, numbers[strange[0]]
                raise WifError(f"[{self.section}] {place} names {number}, but there are only {most}.")

    def marks(self, rows: int, columns: int) -> Bools:
        """Return (rows, columns), True where a row lists a column."""
        marks = np.zeros((rows, columns), dtype=np.bool_)
        for row, number in self.blocks:
            marks[row, number - 1] = True
        return marks

    def sets(self, rows: int) -> list[tuple[int, ...]]:
        """Return the numbers of each row, in order, each once."""
        listed: list[set[int]] = [set() for _ in range(rows)]
        for row, number in self.blocks:
            for place, value in zip(row.tolist(), number.tolist(), strict=True):
                listed[place].add(value)
        return [tuple(sorted(numbers)) for numbers in listed]


def _blocks(lines: Mapping[str, str]) -> Iterator[dict[str, str]]:
    block: dict[str, str] = {}
    size = 0
    for key, value in lines.items():
        block[key] = value
        size += len(value)
        if size > BLOCK:
            yield block
            block, size = {}, 0
    if block:
        yield block


def _pairs(section: str, lines: Mapping[str, str]) -> tuple[Ints, Ints]:
    """Return (row from 0, number) of every number of some lines that isn't 0."""
    values = list(lines.values())
    text = ",".join(values).encode("ascii", "replace")
    try:
        numbers = _numbers(text)
    except ValueError:
        values = [_clean(value, section, key) for key, value in lines.items()]
        numbers = _numbers(",".join(values).encode())
    counts = [value.count(",") + 1 for value in values]
    said = numbers != 0
    # A line that says nothing may have any name: some programs leave notes there.
    speaks = np.bincount(np.repeat(np.arange(len(values)), counts)[said], minlength=len(values)) > 0
    keys = [line_number(key, section) if heard else 0 for key, heard in zip(lines, speaks, strict=True)]
    rows = np.repeat(np.array(keys, dtype=np.int32) - 1, counts)
    return rows[said], numbers[said]


def _clean(value: str, section: str, key: str) -> str:
    """Return a list of digits and commas alone; comments go, a comma too many is forgiven."""
    numbers = [whole(part, section, key) for part in plain(value).split(",") if part.strip()]
    if any(number < 0 for number in numbers):
        raise WifError(f"[{section}] {key} names {min(numbers)}; we count from 1.")
    return ",".join(map(str, numbers))


def _numbers(text: bytes) -> Ints:
    """Return the numbers of `12,3,,405`; nothing between two commas is 0.

    Raises
    ------
    ValueError
        Something else than digits and commas, or too many digits.
    """
    if text.translate(None, DIGITS_AND_COMMAS):
        raise ValueError("only digits and commas")
    data = np.frombuffer(text + b",", dtype=np.uint8)
    stop = np.flatnonzero(data == COMMA)
    width = np.diff(stop, prepend=-1) - 1
    widest = int(width.max())
    if widest > MOST_DIGITS:
        raise ValueError("too many digits")
    digits = np.concatenate((np.zeros(MOST_DIGITS, dtype=np.uint8), data - ZERO))
    numbers = np.zeros(len(stop), dtype=np.int32)
    for place in range(widest):
        digit = digits[stop + (MOST_DIGITS - 1 - place)]
        digit[width <= place] = 0
        numbers += digit.astype(np.int32) * np.int32(10**place)
    return np.asarray(numbers)
