"""Answers that differ in one way only."""

from harmonia.science.choice.opinions import Vote, opinion_map


def test_a_conversation_in_which_two_camps_answer_everything_the_other_way_has_a_map() -> None:
    votes = [
        Vote(f"p{n}", s, (1 if n % 2 else -1) * (1 if s == "a" else -1)) if s != "c" else Vote(f"p{n}", s, -1)
        for n in range(11)
        for s in ("a", "b", "c")
    ]
    shown = opinion_map(votes)

    assert len({round(position.x, 6) for position in shown.positions}) == 2
    assert {round(position.y, 6) for position in shown.positions} == {0.0}
