"""Remade, split, joined: the matter moves in the same step, and the whole family can be seen."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harmonia.commons.alchemy import actions, queries
from harmonia.commons.alchemy.models import Artifact, Kinship
from harmonia.commons.ledger import queries as books
from harmonia.commons.ledger.models import Holder, Substance
from harmonia.commons.people import actions as people
from harmonia.commons.people.models import Person
from tests.commons.alchemy.conftest import Make

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def ties(code: str) -> set[tuple[str, str, str]]:
    return {(tie.parent.title, tie.kind, tie.child.title) for tie in queries.family(code).ties}


def test_what_takes_all_is_remade_what_takes_a_part_is_split_what_takes_of_two_is_joined(
    make: Make, wood: Substance, metal: Substance, yard: Holder
) -> None:
    bed = make(title="Bed", materials=[(yard, wood, 4000)])
    stool = make(title="Stool", materials=[(bed.holder, wood, 1000)])
    bench = make(title="Bench", materials=[(bed.holder, wood, 3000), (yard, metal, 100)])
    lamp = make(title="Lamp", materials=[(stool.holder, wood, 500), (bench.holder, metal, 100)])

    whole = {
        ("Bed", "split", "Stool"),
        ("Bed", "remade", "Bench"),
        ("Stool", "joined", "Lamp"),
        ("Bench", "joined", "Lamp"),
    }
    assert all(ties(thing.code) == whole for thing in (bed, stool, bench, lamp))
    assert books.stock(bed.holder) == {}
    assert books.stock(lamp.holder) == {wood: 500, metal: 100}


def test_only_its_makers_and_facilitators_remake_a_thing_until_its_maker_left(
    make: Make, wood: Substance, kiran: Person, lyra: Person, theo: Person
) -> None:
    bed = make(title="Bed")
    part = [(bed.holder, wood, 100)]
    with pytest.raises(actions.Refused, match="somebody else's making"):
        make(lyra, title="Stool", materials=part)
    make(theo, title="Stool", materials=part)
    actions.ask(kiran, bed, lyra)
    with pytest.raises(actions.Refused, match="somebody else's making"):
        make(lyra, title="Shelf", materials=part)
    actions.answer(lyra, bed, named=True)
    make(lyra, title="Shelf", materials=part)
    people.leave(kiran)

    assert queries.may_remake(
        people.enrol(email="o@example.org", name="Oskar", password="digest-more-7"), bed
    )


def test_a_hidden_relative_keeps_its_place_and_loses_its_title(
    client: Client, make: Make, wood: Substance, theo: Person
) -> None:
    bed = make(title="Rude bed")
    stool = make(title="Stool", materials=[(bed.holder, wood, 100)])
    actions.hide(theo, bed, reason="Rude")
    page = client.get(reverse("artifact", args=[stool.code])).content.decode()

    assert "Its family" in page
    assert "Rude bed" not in page
    assert bed.code in page


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(st.integers(0, 5), min_size=0, max_size=3, unique=True), min_size=2, max_size=6))
def test_however_a_family_grows_everybody_sees_the_same_and_no_gram_is_lost(
    make: Make, wood: Substance, yard: Holder, parents: list[list[int]]
) -> None:
    with transaction.atomic():
        grams = books.grams_of(yard, wood)
        things: list[Artifact] = []
        for number, wanted in enumerate(parents):
            older = [things[index] for index in wanted if index < number]
            matter = [(thing.holder, wood, 1) for thing in older if books.grams_of(thing.holder, wood)]
            things.append(make(title=f"T{number}", materials=[*matter, (yard, wood, 7)]))
        found = {thing.pk: queries.family(thing.code) for thing in things}

        assert grams == books.grams_of(yard, wood) + sum(books.grams_of(t.holder, wood) for t in things)
        for family in found.values():
            assert all(tie.parent.generation < tie.child.generation for tie in family.ties)
            places = [(kin.generation, kin.place) for kin in family.kin]
            assert len(places) == len(set(places))
        for row in Kinship.objects.filter(child__in=things):
            seen = [
                {(t.parent.code, t.child.code) for t in found[pk].ties}
                for pk in (row.parent_id, row.child_id)
            ]
            assert seen[0] == seen[1]
        transaction.set_rollback(True)


def test_the_database_keeps_families_free_of_circles_and_for_ever(make: Make, wood: Substance) -> None:
    bed = make(title="Bed")
    stool = make(title="Stool", materials=[(bed.holder, wood, 100)])
    with pytest.raises(IntegrityError, match="alchemy_kinship_parent_first"), transaction.atomic():
        Kinship.objects.create(parent=stool, child=bed, kind="remade")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Kinship.objects.all().delete()


def test_the_matter_of_a_thing_is_traced_back_to_its_deposits(
    client: Client, make: Make, yard: Holder
) -> None:
    thing = make()
    origin = queries.origin(thing.code)

    assert origin is not None
    assert (origin.deposits, origin.grams) == (1, 500)
    assert (
        "Traced back through the books" in client.get(reverse("artifact", args=[thing.code])).content.decode()
    )
