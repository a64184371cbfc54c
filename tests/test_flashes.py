"""The measure of flashes knows one when it sees one."""

import numpy as np
import pytest

from tests.flashes import flashes, luminance

SECONDS = np.arange(40) / 20


def test_what_blinks_five_times_a_second_flashes_five_times() -> None:
    frames = np.full((40, 2), 0.2)
    frames[:, 0] += 0.15 * (np.arange(40) // 2 % 2)

    assert flashes(frames, SECONDS).tolist() == [5, 0]


def test_a_slow_fade_and_a_single_light_do_not_flash() -> None:
    fade = np.linspace(0, 1, 40)
    light = np.where(SECONDS > 1, 0.8, 0.1)

    assert flashes(np.stack((fade, light), axis=1), SECONDS).tolist() == [0, 0]


def test_small_changes_that_add_up_count_as_one() -> None:
    rising_and_falling = np.concatenate((np.linspace(0, 0.3, 10), np.linspace(0.3, 0, 10), np.zeros(20)))

    assert flashes(rising_and_falling[:, None], SECONDS).tolist() == [1]


def test_luminance_is_that_of_light_not_of_numbers() -> None:
    pixels = np.array([[0, 0, 0], [255, 255, 255], [0, 255, 0]], dtype=np.uint8)

    assert luminance(pixels).tolist() == pytest.approx([0, 1, 0.7152])
