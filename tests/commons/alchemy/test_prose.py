"""A story's Markdown becomes safe HTML, whatever it tries."""

from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harmonia.commons.alchemy.prose import excerpt, render


class Tags(HTMLParser):
    """Collects tags and attributes as a browser would read them."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, {name: value or "" for name, value in attrs}))


def test_emphasis_lists_quotes_and_line_breaks_are_kept() -> None:
    html = render("It *wobbled*.\nThen not.\n\n- sand\n- oil\n\n> good")

    assert html == (
        "<p>It <em>wobbled</em>.<br>\nThen not.</p>\n<ul>\n<li>sand</li>\n<li>oil</li>\n</ul>\n"
        "<blockquote>\n<p>good</p>\n</blockquote>\n"
    )


def test_headings_start_below_those_of_the_page() -> None:
    assert render("# Bed\n## Frame") == "<h3>Bed</h3>\n<h4>Frame</h4>\n"


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg/onload=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](vbscript:msgbox(1))",
        "![x](https://example.org/spy.gif)",
        "<javascript:alert(1)>",
        '[x](https://e.org "onmouseover=alert(1)")',
        "<a href='https://e.org' style='position:fixed'>x</a>",
        "<iframe src=//e.org></iframe>",
        "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
        "`<script>`",
    ],
)
def test_nothing_that_acts_comes_through(text: str) -> None:
    found = Tags()
    found.feed(render(text))

    assert {tag for tag, _attributes in found.seen} <= {"p", "a", "code"}
    assert {name for _tag, attributes in found.seen for name in attributes} <= {"href", "rel"}
    assert all(attributes.get("href", "https://").startswith("https://") for _tag, attributes in found.seen)


def test_links_lead_out_without_a_trace() -> None:
    html = render("[plan](https://example.org/plan)")

    assert (
        html == '<p><a href="https://example.org/plan" rel="nofollow noopener noreferrer ugc">plan</a></p>\n'
    )


@settings(deadline=None)
@given(st.text(max_size=400))
def test_no_text_whatever_makes_a_tag_that_is_not_allowed(text: str) -> None:
    html = render(text)

    assert "<script" not in html.lower()
    assert "<img" not in html.lower()


def test_deep_nesting_ends() -> None:
    assert len(render("> " * 5000 + "x")) < 100_000


def test_an_excerpt_is_plain_text_cut_at_a_word() -> None:
    assert excerpt("It *wobbled* & <b>fell</b>.") == "It wobbled & <b>fell</b>."
    assert excerpt("wood " * 100, 22) == "wood wood wood wood …"
