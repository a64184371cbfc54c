"""`harmonia mail test ADDRESS`: find out now whether mail leaves the house."""

import argparse
import smtplib

from harmonia.cli.errors import BadInput
from harmonia.cli.habitat import add_home, open_habitat


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_home(parser)
    parser.add_argument("what", choices=["test"])
    parser.add_argument("address", help="where the test mail goes")


def run(arguments: argparse.Namespace) -> int:
    """Send one mail and say what happened."""
    open_habitat(arguments.home)
    from django.conf import settings
    from django.core.mail import send_mail

    text = "If you read this, your habitat can send mail."
    try:
        send_mail(f"A test from {settings.CONFIG.name}", text, None, [arguments.address])
    except (OSError, smtplib.SMTPException) as error:
        raise BadInput(
            f"the mail did not leave: {error}; check mail_host and its neighbours in harmonia.toml"
        ) from error
    if settings.CONFIG.mail_host:
        print(f"Handed to {settings.CONFIG.mail_host} for {arguments.address}.")
    else:
        print("Printed above: no mail_host is set in harmonia.toml, so mails go to this console.")
    return 0
