"""For whom a thing is told: its teller says so, nobody else."""

import pytest

from harmonia.commons.alchemy.forms.audience import AudienceForm


def test_nobody_publishes_by_pressing_on() -> None:
    form = AudienceForm({}, circles=[])

    assert "checked" not in str(AudienceForm(circles=[])["access"])
    assert "access" in form.errors


@pytest.mark.parametrize(("chosen", "expected"), [("", "habitat"), ("only_me", "only_me")])
def test_a_childs_words_begin_among_the_people_here(chosen: str, expected: str) -> None:
    form = AudienceForm(circles=[], for_minor=True, chosen=chosen)

    assert form["access"].initial == expected
