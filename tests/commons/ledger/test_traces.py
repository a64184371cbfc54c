"""Where it went and who fed it: two readings of one table, drawn from the books of the database."""

from collections import defaultdict
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harmonia.commons.ledger import actions, queries, tracing
from harmonia.commons.ledger.actions import Posting
from harmonia.commons.ledger.models import Action, Holder, Movement, Substance
from harmonia.commons.people.models import Person
from tests.commons.conftest import Enrol

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def bay() -> Holder:
    return actions.open_holder("bay", "Bay", Holder.Kind.COMPOST)


def brought(person: Person, gate: Holder, what: Substance, kilograms: str) -> Movement:
    found = actions.record_drop_off(person, point=gate, substance=what, kilograms=Decimal(kilograms))
    return found.movement


def carried(
    what: Substance, grams: int, source: Holder, target: Holder, into: Substance | None = None
) -> None:
    postings = [Posting(source, what, -grams), Posting(target, into or what, grams)]
    actions.book(Action.COMBINE, postings, recorder=None)


def test_a_material_does_not_mix_with_another_in_the_bin_beside_it(
    lyra: Person, enrol: Enrol, gate: Holder, bay: Holder, scraps: Substance
) -> None:
    leaves = queries.substance("leaves")
    brought(lyra, gate, scraps, "2")
    other = brought(enrol("Theo"), gate, leaves, "2")
    carried(leaves, 1500, gate, bay)
    found = queries.where_did_it_go([other])

    assert {holder.code: part.grams for holder, part in found.parts.items()} == {"gate": 500, "bay": 1500}
    assert [str(source.material) for source in queries.who_fed(bay).sources] == ["Dry leaves"]


def test_the_range_holds_the_figure_and_the_flows_lead_there(
    lyra: Person, enrol: Enrol, gate: Holder, bay: Holder, scraps: Substance
) -> None:
    first = brought(lyra, gate, scraps, "1")
    brought(enrol("Theo"), gate, scraps, "3")
    carried(scraps, 2000, gate, bay)
    found = queries.where_did_it_go([first])
    parts = {holder.code: (part.low, part.grams, part.high) for holder, part in found.parts.items()}

    # Oldest first all of the first kilogram went on, newest first none of it.
    assert parts == {"gate": (0.0, 500, 1000.0), "bay": (0.0, 500, 1000.0)}
    assert found.flows == {("household", "point"): 1000.0, ("point", "compost"): 500.0}


def test_who_fed_names_no_household_and_counts_ones_own(
    lyra: Person, enrol: Enrol, gate: Holder, bay: Holder, scraps: Substance
) -> None:
    brought(lyra, gate, scraps, "1")
    brought(enrol("Theo"), gate, scraps, "3")
    carried(scraps, 2000, gate, bay)
    fed = queries.who_fed(bay, lyra)

    assert (fed.stock_g, fed.total_g, fed.homes, fed.own_g) == (2000, 2000, 2, 500)
    assert [(str(s.material), s.place, s.grams, s.movements) for s in fed.sources] == [
        ("Food scraps", "Gate", 2000, 2)
    ]
    assert queries.who_fed(bay, enrol("Wren")).own_g == 0


def test_the_page_says_what_fed_a_place_and_no_name(
    lyra: Person, gate: Holder, bay: Holder, scraps: Substance, signed_in: Callable[[Person], Client]
) -> None:
    brought(lyra, gate, scraps, "1")
    carried(scraps, 600, gate, bay)
    client = signed_in(lyra)
    page = client.get("/books/places/bay/fed/").content.decode()

    assert "One household fed Bay" in page
    assert "About 0.60\u00a0kg of its 0.60\u00a0kg were once yours" in page
    assert actions.household_of(lyra).code not in page
    assert client.get(f"/books/places/{actions.household_of(lyra).code}/fed/").status_code == 404


MOVES = st.lists(
    st.tuples(st.sampled_from(["bring", "carry", "turn", "burn"]), st.integers(1, 5000), st.booleans()),
    max_size=12,
)


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(moves=MOVES)
def test_a_row_and_a_column_of_the_same_table_agree(
    lyra: Person, gate: Holder, bay: Holder, scraps: Substance, moves: list[tuple[str, int, bool]]
) -> None:
    compost, air = queries.substance("compost"), queries.holder("air")
    ways = {
        "carry": (gate, scraps, bay, scraps),
        "turn": (bay, scraps, bay, compost),
        "burn": (bay, compost, air, compost),
    }
    for kind, grams, _half in [("bring", 4000, False), *moves]:
        if kind == "bring":
            brought(lyra, gate, scraps, str(Decimal(grams) / 1000))
            continue
        source, what, target, into = ways[kind]
        amount = min(grams, queries.grams_of(source, what))
        if amount:
            carried(what, amount, source, target, into)
    table: dict[str, int] = defaultdict(int)
    deposits = [drop_off.movement for drop_off in queries.brought_by(lyra)]
    for deposit in deposits:
        trail = queries.where_did_it_go([deposit])
        assert trail.total_g == -sum(line.grams for line in deposit.lines.filter(grams__lt=0))
        for holder, part in trail.parts.items():
            assert part.low <= part.grams <= part.high
            table[holder.code] += part.grams
    columns = {
        holder.code: sum(group.grams for group in tracing.who_fed(holder).groups) for holder in (gate, bay)
    }

    assert all(abs(table[code] - grams) <= len(deposits) for code, grams in columns.items())
    assert columns == {holder.code: sum(queries.stock(holder).values()) for holder in (gate, bay)}
