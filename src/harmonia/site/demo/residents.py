"""Who lives in the demonstration: first names only, none of a living person."""

import secrets
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from harmonia.commons.people.actions import enrol, invite, join, vouch
from harmonia.commons.people.models import Person

PASSWORD = "harmonia-demo"  # noqa: S105 - printed on the screen; the demonstration listens on this machine only

NAMES = tuple(
    "Lyra Theo Kiran Amara Ines Bram Noor Sefa Tomas Wanda Ilse Pavel Dunya Oskar Mirel Juno Hana Rafi"  # noqa: SIM905
    " Celia Anouk Emre Lotte Yuna Marek Zola Petra Idris Salma Nils Vera Kofi Aiko Bela Runa".split()
)
ROLES = {"Theo": "facilitator", "Kiran": "scientist", "Amara": "artist", "Ines": "architect"}
NEWCOMER = "Jory"  # invited by Lyra, known to Bram; one more word is missing, and they sign in nowhere
LICENSEE = "Pavel"  # the plant's licence is in his name; he signs in nowhere


@dataclass(frozen=True)
class SignIn:
    """What the demonstration prints."""

    name: str
    role: str
    address: str
    password: str


def move_in() -> dict[str, Person]:
    """Make the residents; only the five that are printed can sign in."""
    everybody = {
        name: enrol(email=_address(name), name=name, password=None, roles=_roles(name)) for name in NAMES
    }
    encoded = make_password(PASSWORD)
    for found in sign_ins():
        person = everybody[found.name]
        person.password = encoded
        person.save(update_fields=["password"])
    return everybody


def welcome(people: dict[str, Person]) -> Person:
    """Let a newcomer join by Lyra's link; Bram gives his word, and the second that makes a vote is still missing."""
    link = invite(people["Lyra"])
    address, unknown = _address(NEWCOMER), secrets.token_urlsafe()
    newcomer = join(link.code, email=address, name=NEWCOMER, password=unknown)
    vouch(people["Bram"], newcomer)
    return newcomer


def sign_ins() -> list[SignIn]:
    """Return the people whose password is printed."""
    roles = {"Lyra": "resident", **ROLES}
    return [SignIn(name, role, _address(name), PASSWORD) for name, role in roles.items()]


def _roles(name: str) -> tuple[str, ...]:
    if name == LICENSEE:
        return ("licensee",)
    return (ROLES[name],) if name in ROLES else ()


def _address(name: str) -> str:
    return f"{name.lower()}@demo.invalid"
