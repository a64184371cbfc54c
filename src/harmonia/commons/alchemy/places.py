"""Where something happened, so coarse that it names no house.

The world is cut into cells whose corners lie at most 300 m from their middle; only the number of the cell is kept.
"""

from math import cos, pi, radians, sqrt

BLUR_M = 300.0
EARTH_RADIUS_M = 6_371_008.8  # mean radius, IUGG (Moritz 2000, doi:10.1007/s001900050278)
_SIDE_M = BLUR_M * sqrt(2) * 0.995  # less by what rounding the middle to five places may add
_METRES_A_DEGREE = EARTH_RADIUS_M * pi / 180
_ROWS = int(180 * _METRES_A_DEGREE / _SIDE_M) + 1

Cell = tuple[int, int]


class NoPlaceError(ValueError):
    """These are no coordinates on the Earth."""


def cell_of(latitude: float, longitude: float) -> Cell:
    """Return the cell (row, column) in which a point [degrees] lies.

    Raises NoPlaceError when latitude is not within -90 and 90 or longitude not within -180 and 180.
    """
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise NoPlaceError(f"{latitude}, {longitude}")
    row = min(int((latitude + 90) / 180 * _ROWS), _ROWS - 1)
    columns = _columns(row)
    return row, int((longitude + 180) / 360 * columns) % columns


def middle_of(cell: Cell) -> tuple[float, float]:
    """Return the middle of a cell as latitude and longitude [degrees], to five places."""
    row, column = cell
    return round(_latitude(row + 0.5), 5), round((column + 0.5) / _columns(row) * 360 - 180, 5)


def _latitude(row: float) -> float:
    return row / _ROWS * 180 - 90


def _columns(row: int) -> int:
    # Enough that the cell is nowhere wider than its side: measured at its edge nearest to the equator.
    nearest = min(abs(_latitude(row)), abs(_latitude(row + 1)))
    around = 360 * _METRES_A_DEGREE * cos(radians(nearest))
    return max(1, int(around / _SIDE_M) + 1)
