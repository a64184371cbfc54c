"""Tokens: nobody enters with one that is forged, old, used or for another room."""

from hypothesis import given
from hypothesis import strategies as st

from harmonia.live.tokens import LIFETIME_S, Gate, read, sign

KEY = b"a key"


def test_a_token_names_room_person_and_whether_they_speak() -> None:
    found = read(KEY, sign(KEY, "ritual-1", "lyra", speaks=False))

    assert found is not None
    assert (found.room, found.who, found.speaks) == ("ritual-1", "lyra", False)


@given(st.text(max_size=60), st.integers(0, 400), st.characters())
def test_a_token_changed_in_any_place_is_none(who: str, place: int, letter: str) -> None:
    token = sign(KEY, "ritual-1", who)
    place %= len(token)
    changed = token[:place] + letter + token[place + 1 :]

    assert changed == token or read(KEY, changed) is None


@given(st.text(max_size=600))
def test_no_other_text_is_a_token(text: str) -> None:
    assert read(KEY, text) is None


def test_a_token_dies_after_a_minute() -> None:
    token = sign(KEY, "ritual-1", "lyra", now=1_000)

    assert read(KEY, token, now=1_000 + LIFETIME_S) is not None
    assert read(KEY, token, now=1_001 + LIFETIME_S) is None


def test_a_gate_admits_a_token_once_and_forgets_it_when_it_is_dead_anyway() -> None:
    now = [1_000.0]
    gate = Gate(KEY, lambda: now[0])
    token = sign(KEY, "ritual-1", "lyra", now=now[0])

    assert gate.admit(token) is not None
    assert gate.admit(token) is None
    now[0] += LIFETIME_S + 1
    assert gate.admit(sign(KEY, "ritual-1", "kiran", now=now[0])) is not None
    assert len(gate._used) == 1
