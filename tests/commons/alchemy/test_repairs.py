"""What came in broken: the Open Repair Data Standard in and out, cell by cell, and told over the pages."""

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape

from harmonia.commons.alchemy import actions, ords, queries
from harmonia.commons.alchemy.forms import RepairForm
from harmonia.commons.alchemy.models import Repair
from harmonia.commons.people.models import Person
from tests.commons.alchemy.conftest import Make

pytestmark = [pytest.mark.django_db, pytest.mark.database]
SignIn = Callable[[Person], Client]
ROW = {
    "id": "cafe_1", "data_provider": "Cafe", "country": "ESP", "partner_product_category": "Tostadora",
    "product_category": "Toaster", "product_category_id": "31", "brand": "", "year_of_manufacture": "",
    "product_age": "7.5", "repair_status": "End of life", "repair_barrier_if_end_of_life": "No way to open product",
    "group_identifier": "Cafe", "event_date": "2025-03-01", "problem": "No calentaba; está pegada.",
}  # fmt: skip


def table(*rows: dict[str, str]) -> io.StringIO:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, ords.COLUMNS)
    writer.writeheader()
    writer.writerows(rows)
    out.seek(0)
    return out


def taken(*rows: dict[str, str]) -> Any:
    return actions.import_repairs(row for row in ords.read(table(*rows)) if isinstance(row, Repair))


def cells(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.mark.reference
def test_a_published_table_comes_in_once_and_goes_out_cell_by_cell(reference: Path) -> None:
    path = reference / "open_repair" / "OpenRepairData_v0.3_FixitClinic_202507.csv"
    text = path.read_text("utf-8")
    rows = [row for row in ords.read(io.StringIO(text, newline="")) if isinstance(row, Repair)]
    first, again = (
        actions.import_repairs(rows),
        actions.import_repairs(
            [row for row in ords.read(io.StringIO(text, newline="")) if isinstance(row, Repair)]
        ),
    )

    assert (first.new, again.new, again.changed, again.same) == (1033, 0, 0, 1033)
    outcome = {o.status: o.count for o in queries.outcomes(queries.repairs())}
    assert outcome == {
        "Fixed": 413,
        "Repairable": 267,
        "End of life": 121,
        "Unknown": 232,
    }  # as its README says
    assert Repair.objects.filter(repair_barrier_if_end_of_life="Item too worn out").count() == 11
    written = "".join(ords.write(Repair.objects.order_by("id")))
    assert cells(written) == cells(text)


@pytest.mark.reference
def test_the_categories_are_the_standards(reference: Path) -> None:
    with (reference / "open_repair" / "OpenRepairData_v0.3_Product_Categories.csv").open() as file:
        published = {row["product_category"]: int(row["product_category_id"]) for row in csv.DictReader(file)}

    assert published == ords.CATEGORIES


def test_a_newer_version_replaces_an_imported_row_and_never_one_told_here(lyra: Person, today: Any) -> None:
    assert taken(ROW).new == 1
    assert taken({**ROW, "repair_status": "Fixed", "repair_barrier_if_end_of_life": ""}).changed == 1
    assert Repair.objects.get().repair_status == "Fixed"
    Repair.objects.update(recorder=lyra.pseudonym.token)
    done = taken(ROW)
    assert (done.new, done.changed, done.same) == (0, 0, 1)


@pytest.fixture
def today() -> Any:
    from django.utils import timezone

    return timezone.localdate()


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"id": "../etc"}, "the id"),
        ({"id": ""}, "the id"),
        ({"country": "Spain"}, "country"),
        ({"repair_status": "Mended"}, "status"),
        ({"repair_barrier_if_end_of_life": "Laziness"}, "barrier"),
        ({"repair_status": "Fixed"}, "barrier"),
        ({"product_age": "old"}, "age"),
        ({"year_of_manufacture": "20"}, "year"),
        ({"event_date": "01/03/2025"}, "date"),
        ({"event_date": "2025-02-30"}, "date"),
        ({"product_category_id": "x"}, "number"),
        ({"problem": "x" * 20_001}, "longer"),
    ],
)
def test_a_row_that_does_not_fit_is_named_with_its_line_and_reason(
    wrong: dict[str, str], reason: str
) -> None:
    (good, bad) = ords.read(table(ROW, {**ROW, **wrong}))

    assert isinstance(good, Repair)
    assert isinstance(bad, ords.Rejected)
    assert (bad.line, reason in bad.reason) == (3, True)


def test_a_table_without_a_column_is_refused() -> None:
    with pytest.raises(ords.BadTableError, match="lacks the column 'id'"):
        list(ords.read(["a,b\n", "1,2\n"]))


def test_the_database_keeps_statuses_and_barriers() -> None:
    taken(ROW)
    for wrong in ({"repair_status": "Mended"}, {"repair_status": "Fixed"}, {"key": ""}):
        with pytest.raises(IntegrityError, match="alchemy_repair_"), transaction.atomic():
            Repair.objects.update(**wrong)


def told(**values: str) -> dict[str, str]:
    return {"what": "Tostadora", "category": "Toaster", "problem": "It did not heat; a wire had come off.",
            "status": "Fixed", "on": "2025-03-01", "country": "esp", "age": "7.5", **values}  # fmt: skip


def test_a_repair_is_told_found_counted_and_handed_out(
    client: Client, signed_in: SignIn, lyra: Person
) -> None:
    answer = signed_in(lyra).post(reverse("repair_new"), told(), follow=True)
    repair = Repair.objects.get()
    client.logout()
    listed = client.get(reverse("repairs"), {"q": "wire heat", "status": "Fixed"}).content.decode()
    handed = b"".join(client.get(reverse("repairs_table")).streaming_content).decode()  # type: ignore[attr-defined]

    assert "a wire had come off" in answer.content.decode()
    assert (repair.country, repair.product_age, repair.product_category_id) == ("ESP", "7.5", 31)
    assert repair.key in listed
    assert repair.key in handed
    assert "Lyra" not in handed
    assert "1 thing" not in client.get(reverse("repairs"), {"q": "nowhere"}).content.decode()
    assert "One repair has these words too" in client.get(reverse("make"), {"q": "wire"}).content.decode()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"problem": ""}, "This field is required"),
        ({"barrier": "Too worn out"}, "Leave this open"),
        ({"country": "E1"}, "Enter a valid value"),
        ({"on": "2999-01-01"}, "still to come"),
        ({"category": "Spaceship"}, "not one of the available choices"),
    ],
)
def test_a_slip_in_a_repair_gets_a_sentence(
    signed_in: SignIn, lyra: Person, wrong: dict[str, str], sentence: str
) -> None:
    answer = signed_in(lyra).post(reverse("repair_new"), told(**wrong))

    assert (answer.status_code, sentence in answer.content.decode()) == (422, True)
    assert not Repair.objects.exists()


def test_its_teller_or_a_facilitator_takes_the_words_back_and_nobody_else(
    signed_in: SignIn, lyra: Person, kiran: Person, theo: Person
) -> None:
    signed_in(lyra).post(reverse("repair_new"), told())
    address = reverse("repair_withdraw", args=[Repair.objects.get().key])

    assert signed_in(kiran).post(address).status_code == 404
    assert signed_in(theo).get(address).status_code == 200
    signed_in(lyra).post(address)
    repair = Repair.objects.get()
    assert (repair.problem, repair.repair_status, repair.product_category) == ("", "Fixed", "Toaster")
    assert list(queries.repairs(words="wire")) == []


def test_a_thing_made_of_what_could_not_be_saved_leads_there_and_back(
    client: Client, signed_in: SignIn, make: Make
) -> None:
    taken(ROW)
    thing = make(title="A lamp from a toaster", repair=Repair.objects.get())

    assert "A lamp from a toaster" in client.get(reverse("repair", args=["cafe_1"])).content.decode()
    assert "/repairs/cafe_1/" in client.get(reverse("artifact", args=[thing.code])).content.decode()


def test_kinds_of_things_are_said_in_the_readers_language_and_kept_in_the_standards_words() -> None:
    with translation.override("es"):
        offered = str(RepairForm()["category"])
        told = Repair(product_category="Sewing machine")

        assert told.kind == told.title == "Máquina de coser"
        assert '<option value="Sewing machine">Máquina de coser</option>' in offered
        assert [name for name in ords.CATEGORIES if f'value="{escape(name)}"' not in offered] == []
        assert Repair(product_category="Corset").title == "Corset"  # another table's own word
        assert Repair().kind == ""
