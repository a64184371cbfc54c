"""Short codes a person can read from a label and say on the telephone."""

import secrets

# No 0 O, 1 I L, U V: what looks or sounds alike is left out.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTWXYZ"
PATTERN = rf"[{ALPHABET}{ALPHABET.lower()}]{{4}}-?[{ALPHABET}{ALPHABET.lower()}]{{2}}"


def new_code() -> str:
    """Return a random code such as K7QX-3M [29**6, about 595 million]."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(6))
    return f"{drawn[:4]}-{drawn[4:]}"


def canonical(code: str) -> str:
    """Return a code as it is printed, however it was typed: k7qx3m is K7QX-3M."""
    bare = code.upper().replace("-", "")
    return f"{bare[:4]}-{bare[4:]}"
