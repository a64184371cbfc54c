"""`harmonia invite ROLE`: a link for the next person, also when nobody can sign in."""

import argparse

from harmonia.cli.habitat import add_home, open_habitat


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_home(parser)
    parser.add_argument(
        "role", choices=["resident", "facilitator", "scientist", "artist", "architect", "licensee"]
    )


def run(arguments: argparse.Namespace) -> int:
    """Print one link."""
    open_habitat(arguments.home)
    from django.conf import settings

    print(link(arguments.role, settings.CONFIG.site_address))
    return 0


def link(role: str, address: str) -> str:
    """Make an invitation and return its address."""
    from harmonia.commons.people.actions import invite

    return f"{address}/join/{invite(None, role).code}/"
