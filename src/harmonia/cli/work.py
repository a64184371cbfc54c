"""`harmonia work`: the one process in which heavy science runs."""

import argparse
import os
import threading
import time

from harmonia.cli.habitat import add_home, open_habitat


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_home(parser)
    parser.add_argument(
        "--follow", type=int, metavar="PID", help="end when this process, which started it, ends"
    )


def run(arguments: argparse.Namespace) -> int:
    """Take tasks from the database until told to stop."""
    open_habitat(arguments.home)
    from django.core.management import call_command

    from harmonia.commons.alchemy import actions as alchemy
    from harmonia.commons.nexus import queries
    from harmonia.science.metabolism import compile_kernels

    if arguments.follow:
        threading.Thread(target=_end_with, args=(arguments.follow,), daemon=True).start()
    alchemy.find_colours()  # of photos that an older version kept; nothing to do from the second start on
    if plant := queries.plant():
        compile_kernels(plant)
    call_command("db_worker", interval=1.0, verbosity=0)
    return 0


def _end_with(parent: int) -> None:
    # A killed server must not leave a worker behind that nobody knows of.
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(0)
