"""A story's Markdown as safe HTML: HTML in it stays text, and what comes out is cleaned once more."""

from html import unescape

import nh3
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt

MAX_CHARACTERS = 20_000
TAGS = {
    "p",
    "br",
    "em",
    "strong",
    "s",
    "ul",
    "ol",
    "li",
    "blockquote",
    "code",
    "pre",
    "hr",
    "a",
    "h3",
    "h4",
    "h5",
    "h6",
}
# No pictures: an address in a picture would tell a stranger's server who reads here.
_markdown = (
    MarkdownIt("commonmark", {"html": False, "breaks": True, "maxNesting": 20})
    .enable("strikethrough")
    .disable("image")
)


def render(text: str) -> SafeString:
    """Return a story as HTML; its headings start below those of the page."""
    tokens = _markdown.parse(text)
    for token in tokens:
        if token.type.startswith("heading"):
            token.tag = f"h{min(6, int(token.tag[1]) + 2)}"
    html = _markdown.renderer.render(tokens, _markdown.options, {})
    return SafeString(
        nh3.clean(
            html,
            tags=TAGS,
            attributes={"*": set(), "a": {"href"}, "ol": {"start"}},
            url_schemes={"http", "https", "mailto"},
            link_rel="nofollow noopener noreferrer ugc",
        )
    )


def excerpt(text: str, characters: int = 160) -> str:
    """Return the beginning of a story as plain text, cut at a word."""
    plain = " ".join(unescape(nh3.clean(_markdown.render(text), tags=set())).split())
    if len(plain) <= characters:
        return plain
    return plain[:characters].rsplit(" ", 1)[0].rstrip(",.;:") + " …"
