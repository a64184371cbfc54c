"""The Open Repair Data Standard 0.3 as a table: rows in, rows out, the same cells. Source: openrepair.org, CC BY-SA 4.0."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_noop as _kind

from harmonia.commons.alchemy.models import Repair

COLUMNS = (
    "id", "data_provider", "country", "partner_product_category", "product_category", "product_category_id", "brand",
    "year_of_manufacture", "product_age", "repair_status", "repair_barrier_if_end_of_life", "group_identifier",
    "event_date", "problem",
)  # fmt: skip
# The standard's product categories 0.3, number by name; tables keep these words, pages translate them.
CATEGORIES = {
    name: number
    for number, name in enumerate(
        [
            _kind("Aircon/dehumidifier"),
            _kind("Battery/charger/adapter"),
            _kind("Decorative or safety lights"),
            _kind("Desktop computer"),
            _kind("Digital compact camera"),
            _kind("DSLR/video camera"),
            _kind("Fan"),
            _kind("Flat screen"),
            _kind("Hair & beauty item"),
            _kind("Handheld entertainment device"),
            _kind("Headphones"),
            _kind("Hi-Fi integrated"),
            _kind("Hi-Fi separates"),
            _kind("Kettle"),
            _kind("Lamp"),
            _kind("Laptop"),
            _kind("Large home electrical"),
            _kind("Misc"),
            _kind("Mobile"),
            _kind("Musical instrument"),
            _kind("Paper shredder"),
            _kind("PC accessory"),
            _kind("Portable radio"),
            _kind("Power tool"),
            _kind("Printer/scanner"),
            _kind("Projector"),
            _kind("Sewing machine"),
            _kind("Small home electrical"),
            _kind("Small kitchen item"),
            _kind("Tablet"),
            _kind("Toaster"),
            _kind("Toy"),
            _kind("TV and gaming-related accessories"),
            _kind("Vacuum"),
            _kind("Watch/clock"),
            _kind("Coffee maker"),
            _kind("Food processor"),
            _kind("Games console"),
            _kind("Hair dryer"),
            _kind("Iron"),
        ],
        start=1,
    )
}
KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}")
LONGEST = {"data_provider": 120, "partner_product_category": 255, "product_category": 60, "brand": 120,
           "group_identifier": 120, "problem": 20_000}  # fmt: skip


class BadTableError(ValueError):
    """This is no table of repairs; the message is a sentence."""


@dataclass(frozen=True)
class Rejected:
    """One row that was not taken, and why."""

    line: int
    key: str
    reason: str


def read(lines: Iterable[str]) -> Iterator[Repair | Rejected]:
    """Return each row as an unsaved Repair, or why it was not taken.

    Raises BadTableError when a column of the standard is missing.
    """
    table = csv.DictReader(lines)
    if missing := [column for column in COLUMNS if column not in (table.fieldnames or [])]:
        raise BadTableError(f"The table lacks the column '{missing[0]}'; nothing was imported.")
    try:
        for row in table:
            if None in row or None in row.values():
                yield Rejected(table.line_num, str(row["id"])[:60], "too many or too few cells")
            else:
                yield read_row(row, table.line_num)
    except csv.Error as error:
        raise BadTableError(f"Line {table.line_num} cannot be read: {error}.") from error


def read_row(row: Mapping[str, str], line: int = 0) -> Repair | Rejected:
    """Return one row of the standard's columns as an unsaved Repair, or why it was not taken."""
    cells = {column: row[column].replace("\x00", "") for column in COLUMNS}
    reason = _wrong(cells)
    return Rejected(line, cells["id"][:60], reason) if reason else _repair(cells)


def _wrong(cells: dict[str, str]) -> str:
    if not KEY.fullmatch(cells["id"]):
        return "the id is not letters, digits, - and _"
    if not re.fullmatch("[A-Z]{3}", cells["country"]):
        return "the country is not three capital letters"
    if not re.fullmatch("[0-9]{1,2}", cells["product_category_id"]):
        return "the category has no number"
    if cells["repair_status"] not in Repair.Status.values:
        return "the status is none of the standard's"
    barrier = cells["repair_barrier_if_end_of_life"]
    if barrier and (
        barrier not in Repair.Barrier.values or cells["repair_status"] != Repair.Status.END_OF_LIFE
    ):
        return "the barrier is none of the standard's, or stands beside another status than End of life"
    return _wrong_size(cells)


def _wrong_size(cells: dict[str, str]) -> str:
    if not re.fullmatch("([0-9]{4})?", cells["year_of_manufacture"]):
        return "the year is not four digits"
    if not re.fullmatch(r"([0-9]{1,4}(\.[0-9]{1,6})?)?", cells["product_age"]):
        return "the age is no number"
    for column, most in LONGEST.items():
        if len(cells[column]) > most:
            return f"{column} is longer than {most} letters"
    try:
        date.fromisoformat(cells["event_date"])
    except ValueError:
        return "the date is not yyyy-mm-dd"
    return ""


def _repair(cells: dict[str, str]) -> Repair:
    values: dict[str, object] = {name: cells[name] for name in COLUMNS if name != "id"}
    values["product_category_id"] = int(cells["product_category_id"])
    values["event_date"] = date.fromisoformat(cells["event_date"])
    return Repair(key=cells["id"], **values)


class _Line:
    """What csv writes to: gives each line back."""

    def write(self, text: str) -> str:
        return text


def write(repairs: Iterable[Repair]) -> Iterator[str]:
    """Return the table, line by line, with the standard's own columns."""
    writer = csv.writer(_Line(), lineterminator="\n")
    yield writer.writerow(COLUMNS)
    for repair in repairs:
        yield writer.writerow([repair.key, *(str(getattr(repair, name)) for name in COLUMNS[1:])])
