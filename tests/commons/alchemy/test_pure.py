"""Identities, places and folded words: the small pure parts, with Hypothesis."""

from datetime import UTC, datetime
from math import asin, cos, radians, sin, sqrt

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from harmonia.commons.alchemy import places
from harmonia.commons.alchemy.folding import asked, indexed, words
from harmonia.commons.alchemy.identities import new_identity
from harmonia.commons.alchemy.labels import nfc_bytes

latitudes = st.floats(-90, 90)
longitudes = st.floats(-180, 180)


def metres_between(one: tuple[float, float], other: tuple[float, float]) -> float:
    (a, b), (c, d) = ((radians(x), radians(y)) for x, y in (one, other))
    chord = sin((c - a) / 2) ** 2 + cos(a) * cos(c) * sin((d - b) / 2) ** 2
    return 2 * places.EARTH_RADIUS_M * asin(min(1, sqrt(chord)))


@given(latitudes, longitudes)
@example(90.0, 180.0)
@example(-90.0, -180.0)
@example(0.0, 0.0)
@example(0.0, 180.0)
def test_a_place_is_moved_by_at_most_300_m_and_stays_where_it_was_put(north: float, east: float) -> None:
    middle = places.middle_of(places.cell_of(north, east))

    assert metres_between((north, east), middle) <= places.BLUR_M
    assert places.cell_of(*middle) == places.cell_of(north, east)


@given(st.floats(-70, 70), st.floats(-179, 179), st.floats(0, 0.0005), st.floats(0, 0.0005))
def test_neighbours_share_a_cell_or_one_beside_it(north: float, east: float, up: float, right: float) -> None:
    one, other = places.cell_of(north, east), places.cell_of(north + up, east + right)

    assert metres_between(places.middle_of(one), places.middle_of(other)) < 4 * places.BLUR_M


@pytest.mark.parametrize("nowhere", [(91, 0), (0, 181), (float("nan"), 0), (0, float("inf"))])
def test_what_is_not_on_the_earth_is_refused(nowhere: tuple[float, float]) -> None:
    with pytest.raises(places.NoPlaceError):
        places.cell_of(*nowhere)


@given(st.datetimes(datetime(1971, 1, 1), datetime(2200, 1, 1)).map(lambda at: at.replace(tzinfo=UTC)))  # noqa: DTZ001
def test_an_identity_is_a_uuid_7_of_its_moment(at: datetime) -> None:
    made = new_identity(at)

    assert (made.version, made.variant) == (7, "specified in RFC 4122")
    assert abs((made.int >> 80) - at.timestamp() * 1000) <= 1


def test_identities_of_one_moment_differ_and_later_ones_sort_behind() -> None:
    now, then = datetime(2026, 11, 27, tzinfo=UTC), datetime(2026, 11, 28, tzinfo=UTC)

    assert len({new_identity(now) for _ in range(1000)}) == 1000
    assert max(new_identity(now) for _ in range(50)) < min(new_identity(then) for _ in range(50))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Café-Lámpara", ["cafe", "lampara"]),
        ("STRASSE Straße", ["strasse", "strasse"]),
        ("pingüino Ñandú", ["pinguino", "nandu"]),
        ("K7QX-3M_x", ["k7qx", "3m", "x"]),
        ("ﬁle ①", ["file", "1"]),
        ("Über-Øl", ["uber", "øl"]),
        ("日本 قهوة", ["日本", "قهوة"]),
        ("'; DROP -- \" * :", ["drop"]),
        ("", []),
    ],
)
def test_words_are_folded(text: str, found: list[str]) -> None:
    assert words(text) == found


@given(st.text(max_size=200))
def test_folding_twice_changes_nothing_and_leaves_only_letters_and_digits(text: str) -> None:
    folded = words(text)

    assert words(" ".join(folded)) == folded
    assert all(word.isalnum() or not word.isascii() for word in folded)
    assert all(len(word) <= 60 for word in folded)


@given(st.text(max_size=100))
def test_everything_a_text_says_is_in_its_index(text: str) -> None:
    assert set(asked(text)) <= set(indexed(text).split(" "))


def test_an_address_fits_a_small_tag() -> None:
    # 3 (TLV) + 4 (record head) + 1 (https://) + 27 letters
    assert nfc_bytes("https://linden.example/make/K7QX-3M/") == 3 + 4 + 1 + 28
