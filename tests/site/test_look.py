"""The stylesheet and the templates keep the promises of the look."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
STYLES = ROOT / "web" / "styles"
TEMPLATES = sorted(ROOT.glob("src/harmonia/**/templates/**/*.html"))
WORDS = ("text", "muted", "glow", "ember", "alarm", "leaf")
GROUNDS = ("ground", "surface", "raised")


def themes() -> dict[str, dict[str, str]]:
    sheet = (STYLES / "tokens.css").read_text()
    blocks = [
        dict(re.findall(r"--([\w-]+):\s*(#\w{6})", block)) for block in re.findall(r"{([^{}]*)}", sheet)
    ]
    night, day, chosen_day = blocks
    return {"night": night, "day": day, "chosen day": chosen_day}


def luminance(colour: str) -> float:
    """Relative luminance [1] of WCAG 2.2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["night", "day"])
def test_every_word_reads_on_every_ground(theme: str) -> None:
    tokens = themes()[theme]
    weak = [
        (word, ground) for word in WORDS for ground in GROUNDS if contrast(tokens[word], tokens[ground]) < 4.5
    ]

    assert weak == []


@pytest.mark.parametrize("theme", ["night", "day"])
def test_words_on_buttons_and_edges_of_fields_can_be_seen(theme: str) -> None:
    tokens = themes()[theme]

    assert min(contrast(tokens["on-accent"], tokens[fill]) for fill in ("glow", "alarm")) >= 4.5
    assert min(contrast(tokens["edge"], tokens[ground]) for ground in GROUNDS) >= 3.0


def test_day_is_the_same_whether_the_device_or_the_person_asks() -> None:
    found = themes()

    assert found["day"] == found["chosen day"]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_template_needs_what_the_security_policy_refuses(template: Path) -> None:
    text = template.read_text()
    refused = re.findall(r"<style|\sstyle=|\son\w+=\"|javascript:|<script(?![^>]*\ssrc=)", text)

    assert refused == []


@pytest.mark.parametrize("sheet", ["layout.css", "components.css", "figures.css"])
def test_the_vocabulary_page_knows_every_class_of_the_stylesheet(sheet: str) -> None:
    page = (ROOT / "docs" / "reference" / "look.md").read_text()
    rules = re.sub(r"/\*.*?\*/", "", (STYLES / sheet).read_text(), flags=re.DOTALL)
    named = set(re.findall(r"\.([a-z][a-z-]+)", rules))

    assert set() == {name for name in named if not re.search(rf"\b{name}\b", page)}


def test_the_lock_names_no_registry() -> None:
    lock = (ROOT / "web" / "package-lock.json").read_text()

    assert re.findall(r'"resolved"|registry\.', lock) == []
