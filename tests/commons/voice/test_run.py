"""The second question: how what was bought is run, chosen by the same functions as `harmonia cycle` uses."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from harmonia.cli.cycle_files import read_cycle
from harmonia.commons.ledger import actions as ledger
from harmonia.commons.ledger.models import Holder, Substance
from harmonia.commons.nexus import actions as nexus
from harmonia.commons.nexus import design_case
from harmonia.commons.nexus.models import PlantVersion
from harmonia.commons.people.models import Person
from harmonia.commons.voice import actions, bundles, joined, operation, papers, queries
from harmonia.commons.voice.content import approving
from harmonia.commons.voice.models import Operation, Upgrade
from harmonia.science.choice import PriorityError, read_bundle, recount
from harmonia.science.join import run_cycle
from harmonia.science.metabolism import FeedstockError
from harmonia.site.templatetags.look import unbroken
from tests.commons.conftest import Enrol
from tests.commons.nexus.conftest import DEMO
from tests.commons.voice.conftest import Vote

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]
YEARS = 10
OPTIONS = {
    "bag": ("Bag", 180, "gas_store_m3", 1.5),
    "tank": ("Tank", 420, "liquid_m3", 1.0),
    "lid": ("Lid", 140, "gas_store_m3", 0.5),
}
VOICES: list[tuple[list[str], list[str]]] = [
    (["bag"], ["cooking_min_d", "sour_risk"]),
    (["bag", "lid"], ["cooking_min_d"]),
    (["bag"], ["cooking_min_d", "accepted_kg_d"]),
    (["bag"], ["cooking_min_d", "avoided_t_co2e_y"]),
    (["lid"], ["cooking_min_d"]),
    (["tank"], ["accepted_kg_d"]),
    (["tank"], []),
]


@pytest.fixture
def fed(kiran: Person, gate: Holder, scraps: Substance, settings: Any) -> PlantVersion:
    """A plant that is brought more than it can take, for two weeks until today."""
    settings.DESIGN_YEARS = YEARS
    begun = timezone.now() - timedelta(days=14)
    version = nexus.commission(DEMO, by=kiran, at=begun)
    home = ledger.open_household("home-1")
    for number in range(14):
        at = begun + timedelta(days=number, hours=1)
        ledger.drop_off_from(home, recorder=None, point=gate, substance=scraps, grams=30_000, at=at)
        nexus.feed(gate, scraps, at=at + timedelta(hours=1))
    return version


def write_folder(folder: Path) -> Path:
    """Write the same street as files: its feed as the web's own books have it."""
    feed = design_case.feed_log()
    days = (feed.start + timedelta(days=n) for n in range(len(feed.feed_kg_d)))
    rows = [f"{day},{','.join(map(repr, kg))}" for day, kg in zip(days, feed.feed_kg_d, strict=True)]
    ranks = sorted({name for _, order in VOICES for name in order})
    files = {
        "plant.toml": DEMO,
        "site.toml": "budget = 560\n",
        "feed.csv": "\n".join([f"day,{','.join(feed.codes)}", *rows]),
        "ballots.csv": "\n".join(
            ["voter,bag,lid,tank"]
            + [
                f"{n},{','.join('1' if code in chosen else '' for code in ('bag', 'lid', 'tank'))}"
                for n, (chosen, _) in enumerate(VOICES)
            ]
        ),
        "priorities.csv": "\n".join(
            [f"resident,{','.join(ranks)}"]
            + [
                f"{n},{','.join(str(order.index(name) + 1) if name in order else '' for name in ranks)}"
                for n, (_, order) in enumerate(VOICES)
                if order
            ]
        ),
    } | {
        f"options/{code}.toml": f'name = "{name}"\ncost = {cost}\n[[edits]]\nfield = "{field}"\n'
        f'operation = "add"\nvalue = {value}\n'
        for code, (name, cost, field, value) in OPTIONS.items()
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


@pytest.fixture
def decided(fed: PlantVersion, theo: Person, kiran: Person, lyra: Person, enrol: Enrol) -> Upgrade:
    """The same street on the web, after the count."""
    upgrade = actions.draft(theo, title="Room for the next street", story="It is full.", budget=560)
    for name, cost, field, value in OPTIONS.values():
        edits = [{"field": field, "operation": "add", "value": value}]
        option = actions.add_option(
            upgrade, by=theo, title=name, description="More.", cost=cost, labour_h=8, edits=edits
        )
        actions.foresee_option(option.pk)
    voters = [lyra, theo, kiran, *(enrol(name, "resident") for name in ("Ada", "Bo", "Cy", "Di"))]
    upgrade = actions.open_options(upgrade, by=theo)
    upgrade = actions.settle_options(upgrade, by=theo, uncompared_why="The files compare them.")
    upgrade = actions.open_vote(upgrade, by=theo)
    for voter, (chosen, order) in zip(voters, VOICES, strict=True):
        actions.cast(voter, upgrade, papers.mint(upgrade.pk), approving(chosen, order))
    return actions.close_vote(upgrade, by=theo)


def test_the_web_buys_and_runs_what_a_folder_of_the_same_people_does(
    decided: Upgrade, client: Client, tmp_path: Path
) -> None:
    files = run_cycle(read_cycle(write_folder(tmp_path / "street"), YEARS, design_case.SEED)).choice
    chosen = actions.choose_operation(decided.pk)
    found = Operation.objects.get()
    page = client.get(f"/choose/{decided.pk}/").content.decode()

    assert tuple((decided.decision or {})["winners"]) == files.decision.winners == ("bag", "lid")
    assert chosen == files.operation.chosen == found.chosen
    assert set(found.told["front"]) == set(files.operation.welfare)
    assert {code: way["fits"] for code, way in found.told["front"].items()} == {
        code: round(fits, 3) for code, fits in files.operation.welfare.items()
    }
    assert [camp["people"] for camp in found.told["camps"]] == []  # five against one: the one would be told
    assert unbroken(queries.run_in_words(decided)) in page
    assert "Nash welfare" in page
    assert recount(read_bundle(bundles.full(decided))) is None
    assert read_bundle(bundles.full(decided)).operation is not None
    assert actions.choose_operation(decided.pk) == ""
    [waiting] = actions.waiting_decisions()
    assert waiting.words[-1] == f"How it is run: {queries.run_in_words(decided)}"


@pytest.fixture
def closed(voting: Upgrade, theo: Person, lyra: Person, vote: Vote) -> Upgrade:
    """A vote that is counted where there is no plant."""
    vote(lyra, voting, "bag")
    return actions.close_vote(voting, by=theo)


def test_without_a_plant_the_page_says_why(
    closed: Upgrade, client: Client, signed_in: SignIn, theo: Person
) -> None:
    before = client.get(f"/choose/{closed.pk}/").content.decode()
    actions.choose_operation(closed.pk)
    after = signed_in(theo).get(f"/choose/{closed.pk}/").content.decode()

    assert "the answer appears here by itself" in before
    assert "There is no plant yet" in after
    assert f'action="/choose/{closed.pk}/run/"' in after


def test_only_who_may_ask_asks_again_and_only_until_it_is_chosen(
    closed: Upgrade, signed_in: SignIn, theo: Person, lyra: Person
) -> None:
    assert signed_in(lyra).post(f"/choose/{closed.pk}/run/").status_code == 403
    assert signed_in(theo).post(f"/choose/{closed.pk}/run/").status_code == 302
    Operation.objects.create(upgrade=closed, at=timezone.now(), chosen="as-set")

    with pytest.raises(actions.Refused, match="once, after the count"):
        actions.ask_operation(closed, by=theo)


@pytest.mark.database
def test_the_database_keeps_how_it_is_run(closed: Upgrade) -> None:
    now = timezone.now()
    Operation.objects.create(upgrade=closed, at=now, said="No plant.")
    kept = Operation.objects.create(upgrade=closed, at=now, chosen="as-set")
    table = Operation._meta.db_table

    for statement in (
        f"UPDATE {table} SET chosen = 'other' WHERE id = {kept.pk}",
        f"DELETE FROM {table} WHERE id = {kept.pk}",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    for more in ({"chosen": "other"}, {"said": "Changed our minds."}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Operation.objects.create(upgrade=closed, at=now, **more)
    assert Operation.objects.get(pk=kept.pk).chosen == "as-set"


@pytest.mark.database
def test_nothing_is_run_before_the_count(voting: Upgrade) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Operation.objects.create(upgrade=voting, at=timezone.now(), chosen="as-set")


def test_a_set_the_comparison_found_impossible_cannot_be_voted_on(
    fed: PlantVersion, shown: Upgrade, theo: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    from harmonia.commons.nexus.models import DesignComparison

    actions.compare_sets(shown, by=theo)
    asked = DesignComparison.objects.get()
    asked.state, asked.done_at = "done", timezone.now()
    asked.outcome = {"designs": [], "impossible": {"bag+water": "It would burst.", "bag+tank+water": "Too."}}
    asked.save()
    settled = actions.settle_options(shown, by=theo)

    with pytest.raises(actions.Refused, match="No plant can have all of these: Bag, Water"):
        actions.open_vote(settled, by=theo)


def test_no_group_of_wishes_is_told_of_fewer_than_five() -> None:
    orders = [("sour_risk",)] * 6 + [("accepted_kg_d",)] * 5 + [("cooking_min_d",)] * 4
    camps = operation.camps(orders, [0.5] * 6 + [1.0] * 5 + [0.0] * 4)

    assert [(camp["first"], camp["people"], camp["gets"]) for camp in camps] == [
        ("accepted_kg_d", 5, 1.0),
        ("sour_risk", 6, 0.5),
    ]


@pytest.mark.usefixtures("spanish")
@pytest.mark.parametrize(
    ("error", "words"),
    [
        (
            PriorityError(
                "Resident %(number)s weighs %(name)r, which is no criterion.", number=2, name="fun"
            ),
            "La persona 2 da peso a &#x27;fun&#x27;, que no es ningún criterio.",
        ),
        (
            FeedstockError("unknown feedstock %(code)r; there are %(known)s", code="moon", known="leaves"),
            "sustrato desconocido &#x27;moon&#x27;; hay leaves",
        ),
        (
            nexus.Refused("There is no plant yet. Set one up first. Nothing was booked."),
            "Todavía no hay planta.",
        ),
    ],
)
def test_why_nobody_can_say_is_read_in_spanish(
    closed: Upgrade, client: Client, monkeypatch: pytest.MonkeyPatch, error: Exception, words: str
) -> None:
    def fail(_upgrade: Upgrade) -> None:
        raise error

    monkeypatch.setattr(joined, "cycle_case", fail)
    actions.choose_operation(closed.pk)
    html = client.get(f"/choose/{closed.pk}/", headers={"accept-language": "es"}).content.decode()

    assert Operation.objects.get().said == str(error)
    assert words in html
