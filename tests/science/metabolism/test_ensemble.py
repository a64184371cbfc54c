import numpy as np

from harmonia.science.executor import SerialExecutor
from harmonia.science.metabolism.digester import Member
from harmonia.science.metabolism.ensemble import draw_members
from harmonia.science.metabolism.feedstocks import feedstock


def test_the_first_member_holds_the_central_values() -> None:
    first = draw_members(("food_waste",), 3, 1)[0]

    assert first == Member()


def test_more_members_keep_the_earlier_ones() -> None:
    assert draw_members(("food_waste",), 9, 7)[:4] == draw_members(("food_waste",), 4, 7)


def test_four_fifths_of_the_draws_lie_between_low_and_high() -> None:
    quantity = feedstock("food_waste").methane_potential
    members = draw_members(("food_waste",), 800, 1)[1:]
    values = np.array([quantity.value * member.methane["food_waste"] for member in members])
    inside = np.mean((values >= quantity.low) & (values <= quantity.high))

    assert 0.75 < inside < 0.85


def test_the_serial_executor_keeps_the_order() -> None:
    assert SerialExecutor().map(lambda number: number * 2, [3, 1, 2]) == [6, 2, 4]
