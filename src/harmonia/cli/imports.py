"""`harmonia import drop-offs`: book weighed waste from a table."""

import argparse
import csv
from pathlib import Path

from harmonia.cli.errors import BadInput
from harmonia.cli.files import read_text
from harmonia.cli.habitat import add_home, open_habitat

EPILOG = "example: harmonia import drop-offs --log solidwastekampala.csv --map examples/kampala/kampala.toml"


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.epilog = EPILOG
    add_home(parser)
    parser.add_argument("what", choices=["drop-offs"])
    parser.add_argument("--log", type=Path, required=True, metavar="FILE.csv")
    parser.add_argument("--map", type=Path, required=True, metavar="FILE.toml", help="what its columns mean")
    parser.add_argument("--rejected", type=Path, metavar="FILE.csv", help="where to list what was not booked")


def run(arguments: argparse.Namespace) -> int:
    """Book what can be booked; list the rest with its reason."""
    open_habitat(arguments.home)
    from harmonia.commons.ledger import actions, weighings

    try:
        chart = weighings.read_map(read_text(arguments.map))
        good, bad = weighings.read_weighings(read_text(arguments.log), chart)
        new = actions.import_weighings(good, point=chart.point)
    except (weighings.BadTable, actions.Refused) as error:
        raise BadInput(str(error)) from error
    if arguments.rejected:
        with arguments.rejected.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(["line", "column", "value", "reason"])
            writer.writerows([item.line, item.column, item.value, item.reason] for item in bad)
    grams = sum(weighing.grams for weighing in good)
    print(
        f"Booked {new} new movements of {len(good)} in the table ({grams / 1000:,.3f} kg"
        f" from {len({weighing.household for weighing in good})} households); {len(bad)} values were rejected."
    )
    for item in bad[:5]:
        print(f"  line {item.line}, {item.column} = {item.value!r}: {item.reason}")
    return 0
