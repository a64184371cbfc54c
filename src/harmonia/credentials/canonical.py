"""JSON Canonicalization Scheme (RFC 8785): one text for one meaning, so that it can be signed."""

import json
import math
from typing import Any

LARGEST = 2**53 - 1  # beyond it a double no longer tells whole numbers apart (RFC 7493, 2.2)
MOST_DEPTH = 100


class CanonicalError(ValueError):
    """This value has no canonical text; the message says why."""


def canonical(value: Any) -> bytes:
    """Return the canonical UTF-8 text of a JSON value.

    Raises CanonicalError for numbers that no double holds, lone surrogates, other types, and nesting beyond 100.
    """
    return _text(value, 0).encode("utf-8")


def _text(value: Any, depth: int) -> str:
    if depth > MOST_DEPTH:
        raise CanonicalError("It is nested deeper than 100 levels.")
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, (int, float)):
        return number(value)
    if isinstance(value, (list, tuple)):
        return f"[{','.join(_text(item, depth + 1) for item in value)}]"
    if isinstance(value, dict):
        return f"{{{','.join(_members(value, depth + 1))}}}"
    raise CanonicalError(f"{type(value).__name__} is no type of JSON.")


def _members(value: dict[Any, Any], depth: int) -> list[str]:
    if not all(isinstance(key, str) for key in value):
        raise CanonicalError("A name that is no string.")
    # RFC 8785, 3.2.3: names in the order of their UTF-16 code units.
    ordered = sorted(value, key=lambda key: key.encode("utf-16-be", "surrogatepass"))
    return [f"{_string(key)}:{_text(value[key], depth)}" for key in ordered]


def _string(value: str) -> str:
    if any(0xD800 <= ord(letter) <= 0xDFFF for letter in value):
        raise CanonicalError("Half a character (a lone surrogate) stands in a text.")
    return json.dumps(value, ensure_ascii=False)


def number(value: float) -> str:
    """Return a number as ECMAScript writes it (ECMA-262, Number::toString), which RFC 8785, 3.2.2.3 asks for."""
    if isinstance(value, int) and abs(value) <= LARGEST:
        return str(value)
    try:
        # A longer row of digits is the nearest double, as every reader of I-JSON takes it.
        value = float(value)
    except OverflowError as error:
        raise CanonicalError("A number beyond what a double holds.") from error
    if not math.isfinite(value):
        raise CanonicalError("Not a number, or infinite.")
    if value == 0:
        return "0"
    sign = "-" if value < 0 else ""
    # Python's repr gives the shortest digits that read back to the same double, as ECMAScript does.
    mantissa, _e, exponent = repr(abs(value)).partition("e")
    whole, _dot, fraction = mantissa.partition(".")
    digits = (whole + fraction).lstrip("0")
    point = len(whole) + int(exponent or 0) - (len(whole + fraction) - len(digits))
    digits = digits.rstrip("0")
    return sign + _placed(digits, point)


def _placed(digits: str, point: int) -> str:
    # `point` is where the decimal point stands, counted from before the first digit.
    if len(digits) <= point <= 21:
        return digits + "0" * (point - len(digits))
    if 0 < point <= 21:
        return f"{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return f"0.{'0' * -point}{digits}"
    power = f"{point - 1:+d}"
    return f"{digits[0]}{'.' + digits[1:] if len(digits) > 1 else ''}e{power}"
