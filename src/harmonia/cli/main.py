"""Find the subcommand and run it; nothing heavy is imported before it is needed."""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence

from harmonia import __version__
from harmonia.cli.errors import BadInput

# command -> (module with `configure(parser)` and `run(arguments) -> int`, one-line help)
COMMANDS: dict[str, tuple[str, str]] = {
    "adm1": ("harmonia.cli.adm1", "run the digester model on an influent file"),
    "backup": ("harmonia.cli.backup", "write everything of this site into one file"),
    "bmp": ("harmonia.cli.bmp", "evaluate jar trials (biochemical methane potential)"),
    "cycle": ("harmonia.cli.cycle", "run a whole cycle from a folder: foresee, choose, account"),
    "decide": ("harmonia.cli.decide", "count a participatory budget"),
    "demo": ("harmonia.cli.demo", "open the demonstration habitat"),
    "designs": ("harmonia.cli.designs", "compare upgrade designs over drawn years"),
    "feedstock": ("harmonia.cli.feedstock", "what people bring: the library, and lab values as model inputs"),
    "import": ("harmonia.cli.imports", "book records kept elsewhere"),
    "init": ("harmonia.cli.init", "make a habitat without demonstration data"),
    "invite": ("harmonia.cli.invite", "print an invitation link"),
    "ledger": ("harmonia.cli.ledger", "verify the books"),
    "mail": ("harmonia.cli.mail", "try the mail settings"),
    "opinions": ("harmonia.cli.opinions", "map a conversation: what unites and what divides"),
    "passport": ("harmonia.cli.passport", "check a thing's passport, without any site"),
    "plan": ("harmonia.cli.plan", "plan what to feed in the next days"),
    "project": ("harmonia.cli.project", "draw a story for a light-field display"),
    "recount": ("harmonia.cli.recount", "recount a published vote from its bundle"),
    "repairs": ("harmonia.cli.repairs", "take and give repairs as an Open Repair Data table"),
    "restore": ("harmonia.cli.restore", "put a backup into an empty folder and verify its books"),
    "serve": ("harmonia.cli.serve", "open a habitat to its people"),
    "twin": ("harmonia.cli.twin", "follow a plant's own log with the digester model"),
    "weave": ("harmonia.cli.weave", "check and convert weaving drafts"),
    "work": ("harmonia.cli.work", "do the heavy work of a habitat (started by serve)"),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one subcommand and return its exit code; bad input is one sentence on stderr and exit 1."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    parser = argparse.ArgumentParser(
        prog="harmonia", description="A neighbourhood's waste-to-resource commons."
    )
    parser.add_argument("--version", action="version", version=f"harmonia {__version__}")
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, (module, summary) in COMMANDS.items():
        subparser = subparsers.add_parser(name, help=summary, description=summary)
        if words[:1] == [name]:
            importlib.import_module(module).configure(subparser)
    chosen = parser.parse_args(words)
    try:
        return int(importlib.import_module(COMMANDS[chosen.command][0]).run(chosen))
    except BadInput as error:
        print(f"harmonia {chosen.command}: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:  # the reader, like `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


if __name__ == "__main__":
    sys.exit(main())
