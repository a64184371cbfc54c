"""A site referent takes a batch to a bed with a thumb; residents read along."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import translation

from harmonia.commons.ledger import actions, hygiene, queries
from harmonia.commons.ledger.actions import Posting
from harmonia.commons.ledger.models import Action, Balance, Batch, Holder, Measure
from harmonia.commons.people.models import Person
from tests.commons.conftest import Enrol

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]


@pytest.fixture
def referent(enrol: Enrol) -> Person:
    return enrol("Rune", "facilitator", "scientist")


@pytest.fixture
def bay() -> Holder:
    compost = queries.substance("compost")
    bay = actions.open_holder("bay", "Bay 1", Holder.Kind.COMPOST)
    postings = [Posting(queries.holder("neighbours"), compost, -9000), Posting(bay, compost, 9000)]
    actions.book(Action.TRANSFER, postings, recorder=None)
    return bay


def step(client: Client, name: str, **values: object) -> int:
    return client.post(f"/books/batches/october/{name}/", values).status_code


def test_a_batch_goes_from_open_to_bed_by_its_pages(referent: Person, signed_in: SignIn, bay: Holder) -> None:
    client = signed_in(referent)
    bed = actions.open_holder("bed", "Bed", Holder.Kind.GARDEN)
    client.post("/books/batches/new/", {"name": "October", "code": "october", "where": "Bay 1"})
    lying = Balance.objects.get(holder=bay)

    assert step(client, "fill", stock=lying.pk, kilograms="8") == 302
    assert step(client, "close") == 302
    assert step(client, "prove") == 302
    assert step(client, "release") == 302
    held = Balance.objects.get(holder__code="october")
    assert step(client, "spread", stock=held.pk, kilograms="2.5", bed=bed.pk) == 302
    assert queries.grams_of(bed, queries.substance("compost")) == 2500
    page = client.get("/books/batches/october/").content.decode()
    assert "may go to gardens" in page
    assert "It reached 1 place" in page
    assert ">120 days</dd>" in page
    assert step(client, "recall", reason="A glass bottle was found in it") == 302
    page = client.get("/books/batches/october/").content.decode()
    assert ">120 days</dd>" not in page  # no wait makes a recalled batch good
    assert "called back: read why first" in page


def test_a_refused_step_keeps_what_was_typed_and_says_why(
    referent: Person, signed_in: SignIn, bay: Holder
) -> None:
    client = signed_in(referent)
    client.post("/books/batches/new/", {"name": "October", "code": "october"})
    answer = client.post("/books/batches/october/close/")

    assert answer.status_code == 422
    assert "An empty batch cannot be closed" in answer.content.decode()
    assert Batch.objects.get().state == "open"


def test_residents_read_batches_and_move_none(
    lyra: Person, referent: Person, signed_in: SignIn, bay: Holder
) -> None:
    actions.open_batch("october", "October", referent)
    client = signed_in(lyra)

    assert client.get("/books/batches/").status_code == 200
    assert client.get("/books/batches/october/").status_code == 200
    assert client.get("/books/batches/october/fill/").status_code == 403
    assert client.post("/books/batches/new/", {"name": "x", "code": "x"}).status_code == 403
    assert client.get("/books/batches/rules/").status_code == 403


def test_an_unknown_batch_or_step_is_not_found(referent: Person, signed_in: SignIn) -> None:
    client = signed_in(referent)
    actions.open_batch("october", "October", referent)

    assert client.get("/books/batches/nowhere/").status_code == 404
    assert client.get("/books/batches/october/eat/").status_code == 404


def test_a_laboratory_changes_derived_measures_and_no_gram(referent: Person, bay: Holder) -> None:
    actions.record_lab_result(bay, Measure.NITROGEN, 12.0, spread=2.0, laboratory="County")
    found = queries.contents(bay)

    assert [(c.measure, c.grams, c.low, c.high) for c in found] == [("n", 108.0, 90.0, 126.0)]
    assert queries.stock(bay)[queries.substance("compost")] == 9000


def test_food_scraps_have_their_measures_from_the_library(gate: Holder, lyra: Person) -> None:
    from decimal import Decimal

    scraps = queries.substance("food_waste")
    actions.record_drop_off(lyra, point=gate, substance=scraps, kilograms=Decimal(10))
    solids = queries.contents(gate)[0]

    assert solids.measure == Measure.TOTAL_SOLIDS
    assert solids.low < solids.grams < solids.high
    assert solids.sources != ()


def test_the_rules_of_the_site_are_chosen_on_a_page(referent: Person, signed_in: SignIn) -> None:
    client = signed_in(referent)
    answer = client.post("/books/batches/rules/", {"rules": "us_503_class_a", "allowed": ["chicken_manure"]})

    assert answer.status_code == 302
    assert queries.hygiene_choices()[0].allowed == ["chicken_manure"]
    assert "chicken_manure" in {s.code for s in queries.materials()}


@pytest.mark.parametrize(
    "name", ["fill", "close", "heat", "turn", "prove", "lab", "test", "release", "spread", "reject", "recall"]
)
def test_every_step_has_a_page(referent: Person, signed_in: SignIn, bay: Holder, name: str) -> None:
    actions.open_holder("bed", "Bed", Holder.Kind.GARDEN)
    batch = actions.open_batch("october", "October", referent)
    actions.fill_batch(batch, bay, queries.substance("compost"), 500, referent)

    assert signed_in(referent).get(f"/books/batches/october/{name}/").status_code == 200


@pytest.mark.usefixtures("spanish")
def test_what_a_heat_record_lacks_is_read_in_spanish(
    referent: Person, signed_in: SignIn, bay: Holder
) -> None:
    client = signed_in(referent)
    actions.choose_hygiene("us_503_class_a", referent, pasteuriser=False)
    client.post("/books/batches/new/", {"name": "October", "code": "october", "where": "Bay 1"})
    step(client, "fill", stock=Balance.objects.get(holder=bay).pk, kilograms="8")
    assert step(client, "close", treatment="vessel") == 302
    spanish = {"accept-language": "es"}
    page = client.get("/books/batches/october/", headers=spanish).content.decode()
    refused = client.post("/books/batches/october/prove/", headers=spanish).content.decode()

    for html in (page, refused):
        assert "Se piden 72 h a 55 °C o más; hay 0 h demostradas." in html
    assert "Estados Unidos: 503 clase A" in page


@pytest.mark.usefixtures("spanish")
def test_rules_that_there_are_not_are_refused_in_the_language_of_now() -> None:
    with translation.override("es"), pytest.raises(actions.Refused) as raised:
        hygiene.rules_of("moonlight")

    assert str(raised.value).startswith("No hay ningún conjunto de reglas 'moonlight'; hay none, ")


@pytest.mark.usefixtures("spanish")
def test_rule_sets_and_treatments_are_named_in_spanish(
    referent: Person, signed_in: SignIn, bay: Holder
) -> None:
    client, spanish = signed_in(referent), {"accept-language": "es"}
    actions.choose_hygiene("us_503_class_a", referent, pasteuriser=False)
    client.post("/books/batches/new/", {"name": "October", "code": "october", "where": "Bay 1"})
    step(client, "fill", stock=Balance.objects.get(holder=bay).pk, kilograms="8")
    rules = client.get("/books/batches/rules/", headers=spanish).content.decode()
    close = client.get("/books/batches/october/close/", headers=spanish).content.decode()

    assert "Unión Europea: restos de comida para compostaje" in rules
    assert "<h3>Estados Unidos: 503 clase A</h3>" in rules
    assert "En recipiente o en pila estática con aire" in close


# How a batch gets into a state, and which steps it may take from there.
STATES: dict[str, tuple[tuple[str, ...], frozenset[str]]] = {
    "open": ((), frozenset({"fill", "close"})),
    "closed": (("close",), frozenset({"prove", "reject"})),
    "treated": (("close", "prove"), frozenset({"release", "reject"})),
    "released": (("close", "prove", "release"), frozenset({"spread", "recall"})),
    "rejected": (("close", "reject"), frozenset()),
    "recalled": (("close", "prove", "release", "recall"), frozenset()),
}
STEPS = ("fill", "close", "prove", "test", "release", "spread", "reject", "recall")


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("name", STEPS)
def test_a_step_out_of_turn_gets_a_sentence_and_changes_nothing(
    referent: Person, signed_in: SignIn, bay: Holder, state: str, name: str
) -> None:
    client, (way, allowed) = signed_in(referent), STATES[state]
    bed = actions.open_holder("bed", "Bed", Holder.Kind.GARDEN)
    batch = actions.open_batch("october", "October", referent)
    actions.fill_batch(batch, bay, queries.substance("compost"), 5000, referent)
    typed: dict[str, dict[str, object]] = {
        "fill": {"stock": Balance.objects.get(holder=bay).pk, "kilograms": "1"},
        "spread": {"stock": Balance.objects.get(holder=batch.holder).pk, "kilograms": "1", "bed": bed.pk},
        "reject": {"reason": "Glass"},
        "recall": {"reason": "Glass"},
    }
    for before in way:
        assert step(client, before, **typed.get(before, {})) == 302
    assert Batch.objects.get().state == state

    answer = client.post(f"/books/batches/october/{name}/", typed.get(name, {}))
    if name in allowed:
        assert answer.status_code == 302
    else:
        assert answer.status_code == 422
        assert "Nothing was" in answer.content.decode().partition("<main")[2]
        assert Batch.objects.get().state == state
