"""Write docs/reference/feedstocks.md from the library; `python -m tools.feedstock_page`."""

from pathlib import Path

from harmonia.science.metabolism.feedstocks import QUANTITIES, Feedstock, feedstock, feedstock_codes

PAGE = Path(__file__).parent.parent / "docs" / "reference" / "feedstocks.md"
HEAD = """# The feedstock library

Written by `python -m tools.feedstock_page` from `science/metabolism/feedstocks`. What the numbers are for and how they
were chosen stands in [What the Nexus is fed](../explanation/feedstocks.md). Each is value (low to high). *unknown* means
that we found no published number we could check.
"""


def page() -> str:
    """Return the page as Markdown: one section a feedstock, one row a number."""
    sections = [_section(feedstock(code)) for code in feedstock_codes()]
    return "\n".join([HEAD, _overview(), "", *sections])


def _overview() -> str:
    rows = ["| code | name | numbers with a source |", "|---|---|---|"]
    for code in feedstock_codes():
        feed = feedstock(code)
        sourced = sum(getattr(feed, name).sourced for name in QUANTITIES)
        rows.append(f"| [`{code}`](#{code}) | {feed.name} | {sourced} of {len(QUANTITIES)} |")
    return "\n".join(rows)


def _section(feed: Feedstock) -> str:
    rows = [f"## {feed.code}", "", f"{feed.name}. {feed.remark}".strip(), ""]
    rows += ["| number | value | unit | basis | source |", "|---|---|---|---|---|"]
    for name in QUANTITIES:
        number = getattr(feed, name)
        value = f"{number.value:g} ({number.low:g} to {number.high:g})"
        rows.append(f"| `{name}` | {value} | {number.unit} | {number.basis} | {number.source} |")
    return "\n".join([*rows, ""])


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
