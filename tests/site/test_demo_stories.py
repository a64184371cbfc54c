"""The demonstration's stories and their drawings: believable, within the books, the same every time."""

import io
import tomllib
from collections import Counter, defaultdict
from datetime import date, timedelta
from functools import cache
from hashlib import sha256
from importlib.resources import files
from zoneinfo import ZoneInfo

import pytest
from PIL import Image

from harmonia.commons.alchemy import photographs, prose
from harmonia.commons.alchemy.models import Access
from harmonia.site.demo import matter, pictures, residents
from harmonia.site.demo.load import POINTS
from harmonia.site.demo.stories import STORIES, DemoStory

LIMITS = {"textiles": 6000, "wood": 9000, "metal": 3000, "glass": 3000, "plastics": 2000, "appliances": 8000}

each_story = pytest.mark.parametrize("story", STORIES, ids=lambda story: story.picture)
each_picture = pytest.mark.parametrize("name", sorted(pictures.ARCHETYPES))


@cache
def drawn(name: str, seed: int = 1) -> bytes:
    return pictures.draw(name, seed)


def grams(stories: tuple[DemoStory, ...]) -> Counter[str]:
    totals: Counter[str] = Counter()
    for story in stories:
        totals.update(dict(story.materials))
    return totals


@each_picture
def test_a_picture_is_a_small_jpeg_of_1200_by_900(name: str) -> None:
    picture = Image.open(io.BytesIO(drawn(name)))

    assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", (1200, 900))
    assert len(drawn(name)) < 150_000


@each_picture
def test_the_same_seed_draws_the_same_picture_to_the_byte(name: str) -> None:
    assert sha256(drawn(name)).hexdigest() == sha256(pictures.draw(name, 1)).hexdigest()


def test_another_seed_draws_another_picture() -> None:
    assert drawn("stool") != drawn("stool", seed=2)


def test_no_two_archetypes_look_alike() -> None:
    assert len(pictures.ARCHETYPES) == len({drawn(name) for name in pictures.ARCHETYPES})


def test_an_unknown_archetype_is_refused() -> None:
    with pytest.raises(KeyError, match="unicorn"):
        pictures.draw("unicorn", 1)


def test_the_workshop_accepts_a_drawing_as_a_photo() -> None:
    photo = photographs.develop(drawn("kite"))

    assert (photo.width, photo.height) == (1200, 900)


def test_every_story_has_its_own_picture() -> None:
    assert sorted(pictures.ARCHETYPES) == sorted(story.picture for story in STORIES)


def test_fourteen_stories_are_told_by_twelve_residents_three_of_them_by_amara() -> None:
    makers = Counter(story.maker for story in STORIES)

    assert set(makers) <= set(residents.NAMES)
    assert (len(STORIES), len(makers)) == (14, 12)
    assert (makers["Amara"], makers["Lyra"], makers["Theo"]) == (3, 1, 1)


def test_three_stories_are_spanish_and_two_stay_in_the_habitat() -> None:
    assert Counter(en=11, es=3) == Counter(story.language for story in STORIES)
    assert Counter({Access.PUBLIC: 12, Access.HABITAT: 2}) == Counter(story.access for story in STORIES)


@each_story
def test_a_story_is_forty_to_a_hundred_and_ten_words_of_plain_markdown(story: DemoStory) -> None:
    assert 40 <= len(story.text.split()) <= 110
    assert prose.render(story.text).startswith("<p>")
    assert 0 < len(story.title) <= 60


@each_story
def test_the_alt_text_says_that_it_is_a_drawing_in_the_storys_language(story: DemoStory) -> None:
    opening = {"en": "Drawing of ", "es": "Dibujo de "}[story.language]

    assert story.alt.startswith(opening)
    assert 60 <= len(story.alt) <= 300


def test_things_are_made_of_what_the_catalogue_lets_people_make_from() -> None:
    text = files("harmonia.commons.ledger").joinpath("catalogue.toml").read_text("utf-8")
    substances = tomllib.loads(text)["substances"]

    assert {"makes"} == {substances[code]["use"] for code in grams(STORIES)}
    assert all(weight > 0 for story in STORIES for _, weight in story.materials)


def test_all_stories_together_stay_within_the_demonstrations_matter() -> None:
    totals = grams(STORIES)

    assert {code: weight for code, weight in totals.items() if weight > LIMITS[code]} == {}


def test_stories_are_told_from_eighty_to_two_days_ago_one_at_a_time() -> None:
    days = [story.days_ago for story in STORIES]

    assert days == sorted(set(days), reverse=True)
    assert 2 <= min(days) <= max(days) <= 80


def test_nothing_is_made_before_its_matter_was_brought() -> None:
    first = date(2026, 9, 1)
    brought: defaultdict[str, int] = defaultdict(int)
    short: dict[tuple[str, date], int] = {}
    for offset, visits in enumerate(matter.visits(residents.NAMES, first, len(POINTS), ZoneInfo("UTC"))):
        for visit in visits:
            brought[visit.substance] += int(visit.kilograms * 1000)
        told = first + timedelta(days=offset)
        made = grams(tuple(s for s in STORIES if first + timedelta(days=matter.DAYS - s.days_ago) <= told))
        short |= {(code, told): weight for code, weight in made.items() if weight > brought[code]}

    assert short == {}
