"""Codes are short, unambiguous, and read however they are typed."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from harmonia.commons.alchemy.codes import ALPHABET, PATTERN, canonical, new_code


def test_a_code_looks_like_one() -> None:
    codes = {new_code() for _ in range(200)}

    assert len(codes) == 200
    assert all(re.fullmatch(PATTERN, code) for code in codes)


def test_no_letter_looks_or_sounds_like_another() -> None:
    assert not set("01OILUV") & set(ALPHABET)


@settings(deadline=None)
@given(st.text(ALPHABET, min_size=6, max_size=6), st.booleans(), st.booleans())
def test_however_it_is_typed_it_is_the_same_code(drawn: str, dash: bool, small: bool) -> None:
    typed = f"{drawn[:4]}-{drawn[4:]}" if dash else drawn

    assert canonical(typed.lower() if small else typed) == f"{drawn[:4]}-{drawn[4:]}"
