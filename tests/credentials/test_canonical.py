"""RFC 8785: one text for one meaning."""

import json
import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonia.credentials import CanonicalError, canonical
from harmonia.credentials.canonical import number

values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=20,
).filter(lambda value: "\\ud" not in json.dumps(value))

# RFC 8785, appendix B: the bits of a double, and how it is written.
DOUBLES = [
    ("0000000000000000", "0"),
    ("8000000000000000", "0"),
    ("0000000000000001", "5e-324"),
    ("8000000000000001", "-5e-324"),
    ("7fefffffffffffff", "1.7976931348623157e+308"),
    ("ffefffffffffffff", "-1.7976931348623157e+308"),
    ("4340000000000000", "9007199254740992"),
    ("c340000000000000", "-9007199254740992"),
    ("4430000000000000", "295147905179352830000"),
    ("44b52d02c7e14af5", "9.999999999999997e+22"),
    ("44b52d02c7e14af6", "1e+23"),
    ("44b52d02c7e14af7", "1.0000000000000001e+23"),
    ("444b1ae4d6e2ef4e", "999999999999999700000"),
    ("444b1ae4d6e2ef4f", "999999999999999900000"),
    ("444b1ae4d6e2ef50", "1e+21"),
    ("3eb0c6f7a0b5ed8c", "9.999999999999997e-7"),
    ("3eb0c6f7a0b5ed8d", "0.000001"),
    ("41b3de4355555553", "333333333.3333332"),
    ("41b3de4355555557", "333333333.33333343"),
    ("becbf647612f3696", "-0.0000033333333333333333"),
    ("43143ff3c1cb0959", "1424953923781206.2"),
]


@pytest.mark.parametrize(("bits", "text"), DOUBLES)
def test_doubles_are_written_as_the_standard_lists_them(bits: str, text: str) -> None:
    assert number(struct.unpack(">d", bytes.fromhex(bits))[0]) == text


@pytest.mark.reference
@pytest.mark.parametrize("name", ["arrays", "french", "structures", "unicode", "values", "weird"])
def test_the_published_cases_come_out_byte_for_byte(reference: Path, name: str) -> None:
    cases = reference / "fed" / "rfc8785-jcs" / "testdata"
    given_text = (cases / "input" / f"{name}.json").read_text("utf-8")

    assert canonical(json.loads(given_text)) == (cases / "output" / f"{name}.json").read_bytes()


@given(values)
def test_the_text_reads_back_to_the_same_and_comes_out_the_same_again(value: object) -> None:
    text = canonical(value)

    assert canonical(json.loads(text)) == text


@given(st.dictionaries(st.text(max_size=5), st.integers(0, 9)))
def test_the_order_of_names_never_matters(value: dict[str, int]) -> None:
    backwards = dict(reversed(value.items()))

    assert canonical(value) == canonical(backwards)


@pytest.mark.parametrize("bad", [float("nan"), float("inf"), 10**400, "\ud800", {1: 2}, b"x", object()])
def test_what_no_json_can_say_is_refused(bad: object) -> None:
    with pytest.raises(CanonicalError):
        canonical(bad)


def test_nesting_has_an_end() -> None:
    deep: list[object] = []
    for _ in range(500):
        deep = [deep]
    with pytest.raises(CanonicalError, match="deeper"):
        canonical(deep)
