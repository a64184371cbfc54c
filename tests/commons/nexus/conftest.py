"""A plant to test with."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files

import pytest

from harmonia.commons.ledger import actions as ledger
from harmonia.commons.ledger import queries as books
from harmonia.commons.ledger.models import Holder, Substance
from harmonia.commons.nexus import actions, twin
from harmonia.commons.nexus.models import PlantVersion
from harmonia.commons.people.models import Person
from harmonia.science.metabolism import PlantEdit, apply_edits, plant_from_toml, plant_to_toml
from tests.commons.conftest import Enrol

DEMO = files("harmonia.commons.nexus").joinpath("plants/demo.toml").read_text("utf-8")
START = datetime(2026, 9, 1, 8, tzinfo=UTC)
FULL_G = 2_000_000

Bring = Callable[..., None]


def day(number: int) -> date:
    """The date of a day of the plant's life, the first being 0."""
    return (START + timedelta(days=number)).date()


def moment(number: int, hours: int = 0) -> datetime:
    """Eight o'clock of a day of the plant's life, and some hours."""
    return START + timedelta(days=number, hours=hours)


def grams(holder: str, substance: str) -> int:
    """What a holder holds of a substance [g]."""
    return books.grams_of(books.holder(holder), books.substance(substance))


def rebuild(edits: Sequence[PlantEdit], why: str, by: Person, at: datetime | None = None) -> PlantVersion:
    """Write the plant in force anew with some numbers changed, as its scientist does with a file."""
    text = plant_to_toml(apply_edits(plant_from_toml(PlantVersion.objects.latest("number").toml), edits))
    return actions.write(text, why, by, at=at)


@pytest.fixture(autouse=True)
def few_members(monkeypatch: pytest.MonkeyPatch) -> None:
    """Five members show everything here that twenty-four do, in a fifth of the time."""
    monkeypatch.setattr(twin, "MEMBERS", 5)


@pytest.fixture
def kiran(enrol: Enrol) -> Person:
    """A scientist."""
    return enrol("Kiran", "scientist")


@pytest.fixture
def running(kiran: Person) -> PlantVersion:
    """A plant in force since the first of September, not fed yet."""
    return actions.commission(DEMO, by=kiran, at=START)


@pytest.fixture
def bring(gate: Holder, scraps: Substance) -> Bring:
    """Weigh something in at the gate: `bring(8000, at=moment(2))`."""

    def weigh_in(weight_g: int, *, at: datetime = START, substance: Substance = scraps) -> None:
        home = ledger.open_household("home-1")
        ledger.drop_off_from(home, recorder=None, point=gate, substance=substance, grams=weight_g, at=at)

    return weigh_in


@pytest.fixture
def fed_week(running: PlantVersion, bring: Bring, gate: Holder, scraps: Substance) -> PlantVersion:
    """A plant that was fed 8 kg on each of its first seven days."""
    for number in range(7):
        bring(8000, at=moment(number))
        actions.feed(gate, scraps, at=moment(number, hours=1))
    return running


@pytest.fixture
def safe(running: PlantVersion) -> None:
    """All safety readings clear on the eighth day."""
    for kind in ("ch4_alarm", "leak_check"):
        actions.record_reading(kind, passed=True, at=moment(7))
    actions.record_reading("h2s", 0.5, at=moment(7))
