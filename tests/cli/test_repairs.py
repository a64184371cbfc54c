"""`harmonia repairs`: a table in, the same table out."""

import csv
from pathlib import Path

import pytest

from tests.serving import harmonia


@pytest.mark.reference
def test_a_published_table_goes_in_and_comes_out(reference: Path, tmp_path: Path) -> None:
    source = reference / "open_repair" / "OpenRepairData_v0.3_FixitClinic_202507.csv"
    assert harmonia("init", tmp_path / "home").returncode == 0
    home = ("--home", tmp_path / "home")
    first = harmonia("repairs", "import", source, *home)
    again = harmonia("repairs", "import", source, *home)
    out = harmonia("repairs", "export", tmp_path / "out.csv", *home)
    twice = harmonia("repairs", "export", tmp_path / "out.csv", *home)

    assert (first.returncode, "1033 new repairs" in first.stdout) == (0, True), first.stderr
    assert "0 new repairs, 0 in a newer version, 1033 here already" in again.stdout
    assert out.returncode == 0
    assert (twice.returncode, "nothing was overwritten" in twice.stderr) == (1, True)
    with source.open(newline="") as one, (tmp_path / "out.csv").open(newline="") as other:
        assert list(csv.reader(one)) == list(csv.reader(other))


def test_bad_tables_get_one_sentence_and_bad_rows_their_line(tmp_path: Path) -> None:
    assert harmonia("init", tmp_path / "home").returncode == 0
    home = ("--home", tmp_path / "home")
    (tmp_path / "no.csv").write_text("a,b\n1,2\n")
    columns = (
        "id,data_provider,country,partner_product_category,product_category,product_category_id,brand,"
        "year_of_manufacture,product_age,repair_status,repair_barrier_if_end_of_life,group_identifier,event_date,problem"
    )
    rows = [
        "a_1,C,ESP,Lamp,Lamp,15,,,,Fixed,,C,2025-01-01,ok",
        "a_2,C,ESP,Lamp,Lamp,15,,,,Eaten,,C,2025-01-01,no",
        "a_3",
    ]
    (tmp_path / "some.csv").write_text("\n".join([columns, *rows]))
    none = harmonia("repairs", "import", tmp_path / "no.csv", *home)
    missing = harmonia("repairs", "import", tmp_path / "nowhere.csv", *home)
    some = harmonia("repairs", "import", tmp_path / "some.csv", "--rejected", tmp_path / "bad.csv", *home)

    assert (none.returncode, "lacks the column 'id'" in none.stderr) == (1, True)
    assert (missing.returncode, "cannot be read" in missing.stderr) == (1, True)
    assert some.returncode == 1
    assert "1 new repairs" in some.stdout
    assert "2 rows were not taken" in some.stdout
    assert len((tmp_path / "bad.csv").read_text().splitlines()) == 3
