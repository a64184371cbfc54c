"""The report of a cycle: one page that needs nothing else, for neighbours first and for engineers below."""

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from importlib import resources
from typing import TYPE_CHECKING

from harmonia import __version__
from harmonia.cli.charts import Span, intervals, number, pairs

if TYPE_CHECKING:
    from harmonia.science.join import Cycle

TITLES = {
    "gas_m3_d": "Gas",
    "cooking_min_d": "Cooking on one burner",
    "net_kwh_d": "Energy for people, less what the plant takes",
    "accepted_kg_d": "Scraps accepted",
    "garden_nitrogen_kg_y": "Nitrogen to gardens",
    "unplaced_digestate_m3_y": "Digestate without a place",
    "storage_months": "Storage that would hold all of it",
    "sour_risk": "Years in which the plant turns sour",
    "avoided_t_co2e_y": "Greenhouse gas avoided",
}
_DRAWN = ("gas_m3_d", "accepted_kg_d", "garden_nitrogen_kg_y", "sour_risk")
_FRAME = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>'
    "<style>{style}</style></head><body><main>{body}</main></body></html>\n"
)


def as_html(cycle: "Cycle") -> str:
    """Return the page; the same cycle gives the same bytes."""
    style = resources.files("harmonia.cli").joinpath("cycle_report.css").read_text(encoding="utf-8")
    parts = (
        _news(cycle),
        _bought(cycle),
        _camps(cycle),
        _run(cycle),
        _promises(cycle),
        _foreseen(cycle),
        _rests(cycle),
    )
    title = f"{cycle.case.design.plant.name or 'The plant'}: what was decided"
    return _FRAME.format(title=escape(title), style=style, body="\n".join(part for part in parts if part))


def _news(cycle: "Cycle") -> str:
    names = _names(cycle)
    winners = [names[code] for code in cycle.choice.decision.winners]
    bought = _listed(winners) or "nothing this time"
    place = escape(cycle.case.design.plant.name or "The plant")
    decision = cycle.choice.decision
    return (
        f'<header><p class="place">{place}</p><h1>We chose {escape(bought)}</h1>'
        f"<p>{len(cycle.foresight.election.ballots)} ballots spent {_money(decision.cost)} of "
        f"{_money(decision.budget)}. It will be run at <strong>{escape(_way(cycle.choice.operation.chosen))}</strong>: "
        f"{len(cycle.case.priorities)} residents' priorities chose that.</p></header>"
    )


def _bought(cycle: "Cycle") -> str:
    names, decision = _names(cycle), cycle.choice.decision
    costs = cycle.foresight.election.costs()
    order = [*decision.winners, *(code for code in names if code not in decision.winners)]
    rows = [(names[code], decision.reasons[code], _money(costs[code])) for code in order]
    titles = {offer.option.code: offer.option.name for offer in cycle.case.offers}
    rows += [(titles[code], f"off the ballot: {why}", "") for code, why in cycle.foresight.shut.items()]
    return _section(
        "Why each option was bought or not",
        f"<p>{escape(decision.rule)}. Everybody held the same share of the budget and paid only for what they wanted.</p>",
        _table(("option", "why", "costs"), rows),
    )


def _camps(cycle: "Cycle") -> str:
    camps, names = cycle.choice.camps, _names(cycle)
    if not camps:
        return ""
    rows = [
        (
            f"{camp.voters} voters",
            _listed([names[code] for code in camp.wants]),
            number(float(camp.fair)),
            number(float(camp.got)),
        )
        for camp in camps
    ]
    chart = pairs(
        "What each camp got",
        "the community's currency",
        [(f"{camp.voters} voters", float(camp.got), float(camp.fair)) for camp in camps],
        ("got", "its part by heads"),
    )
    cells = [
        (
            "nothing" if cell.above is None and not cell.up_to else f"up to {cell.up_to:.0%} of the budget",
            f"{cell.voters} voters",
        )
        for cell in cycle.choice.influence
    ]
    return _section(
        "What each camp got",
        "<p>Camps are people who voted alike, found from the ballots; nobody declared one. None has under five people.</p>",
        chart,
        _table(("camp", "wants most", "its part by heads", "spent on what it supports"), rows),
        "<h3>How much one ballot changed</h3><p>Every voter left out once; told for many together, never for one.</p>",
        _table(("spent otherwise without the voter", "voters"), cells),
    )


def _run(cycle: "Cycle") -> str:
    operation, regimes = cycle.choice.operation, cycle.choice.regimes
    order = sorted(
        operation.welfare, key=lambda code: (-operation.content[code], -operation.welfare[code], code)
    )
    rows = [
        (
            _way(code),
            f"{operation.welfare[code]:.3f}",
            str(operation.content[code]),
            *(number(regimes.design(code).outcomes[name].middle) for name in _DRAWN),
        )
        for code in order
    ]
    chart = intervals(
        "Nash welfare of each way to run it",
        "0 to 1",
        [
            Span(code, 0.0, operation.welfare[code], operation.welfare[code], code == operation.chosen)
            for code in order
        ],
    )
    share = operation.sole_share
    sure = (
        ""
        if share is None
        else f" Judged by a single drawn year, it is also the choice in {share:.0%} of years."
    )
    return _section(
        "How it is run",
        f"<p>At {escape(_way(operation.chosen))}, the product of what everybody gets out of it is largest: leaving one "
        f"person with nothing counts more than giving another a little extra.{sure}</p>",
        chart,
        _table(
            ("way to run", "welfare", "people it gives anything", *(_unit(name) for name in _DRAWN)), rows
        ),
    )


def _promises(cycle: "Cycle") -> str:
    rows = [
        (
            _unit(p.measure),
            _span(p.before),
            _span(p.foreseen),
            "" if p.measured is None else number(p.measured),
            p.verdict,
        )
        for p in cycle.promises
    ]
    return _section(
        "What we promise ourselves",
        "<p>Middle, and the range that four years in five fall into. Readings taken later are held against it.</p>",
        _table(("", "before", "foreseen", "measured since", "verdict"), rows),
    )


def _foreseen(cycle: "Cycle") -> str:
    bundles = cycle.foresight.bundles
    charts = "".join(_measure(cycle, name) for name in TITLES)
    lost = "".join(f"<li>{escape(code)}: {escape(why)}</li>" for code, why in bundles.impossible.items())
    return _section(
        "What people knew before they voted",
        f"<p>Doing nothing, and every bundle the vote could reach, over {bundles.members} drawn years; "
        "bars hold four years in five.</p>",
        charts,
        f"<h3>Not possible together</h3><ul>{lost}</ul>" if lost else "",
    )


def _measure(cycle: "Cycle", name: str) -> str:
    """Return one measure of doing nothing and of every bundle the vote could reach."""
    designs, reachable = cycle.foresight.bundles.designs, cycle.foresight.reachable
    rows = []
    for design in designs:
        if design is designs[0] or design.code in reachable:
            told = design.outcomes[name]
            rows.append(
                Span(design.code, told.low, told.middle, told.high, design.code == cycle.choice.bundle)
            )
    cells = [(row.label, number(row.low), number(row.middle), number(row.high)) for row in rows]
    chart = intervals(TITLES[name], _unit_only(name), rows)
    table = _table(("bundle", "low", "middle", "high"), cells)
    opened = " open" if name in _DRAWN[:1] else ""
    return (
        f"<details{opened}><summary>{escape(_unit(name))}</summary>{chart}"
        f"<details><summary>show as table</summary>{table}</details></details>"
    )


def _rests(cycle: "Cycle") -> str:
    bundles = cycle.foresight.bundles
    notes = "".join(f"<li>{escape(note)}</li>" for note in bundles.notes.values())
    factors = [
        (f.name, f"{f.value:.4g}", f"{f.low:.3g} to {f.high:.3g}", f.unit, f"{f.edition}; {f.source}")
        for f in bundles.factors
    ]
    return _section(
        "What this rests on",
        f"<ul>{notes}<li>Harmonia {escape(__version__)}, {escape(bundles.engine)}, seed {cycle.case.design.seed}. "
        "It advises; it is never a safety device.</li>"
        "<li>Count again: <code>harmonia recount recount.zip</code></li></ul>",
        _table(("factor", "value", "range", "unit", "source"), factors),
    )


def _section(title: str, *parts: str) -> str:
    return f"<section><h2>{escape(title)}</h2>{''.join(parts)}</section>"


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    wide = ' class="wide"' if len(heads) > 3 else ""
    head = "".join(f'<th scope="col">{escape(word)}</th>' for word in heads)
    body = "".join(f"<tr>{''.join(_cells(row))}</tr>" for row in rows)
    return (
        '<div class="scroll" tabindex="0" role="region" aria-label="table">'
        f"<table{wide}><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _cells(row: Sequence[str]) -> Iterator[str]:
    yield f'<th scope="row">{escape(row[0])}</th>'
    for cell in row[1:]:
        yield f"<td>{escape(cell)}</td>"


def _span(told: object) -> str:
    low, middle, high = (getattr(told, name) for name in ("low", "middle", "high"))
    return f"{number(middle)} ({number(low)} to {number(high)})"


def _unit(name: str) -> str:
    return f"{TITLES[name]} [{_unit_only(name)}]"


def _unit_only(name: str) -> str:
    from harmonia.science.metabolism.designs import MEASURES

    return MEASURES[name].unit


def _names(cycle: "Cycle") -> dict[str, str]:
    return {project.id: project.name for project in cycle.foresight.election.projects}


def _way(code: str) -> str:
    """Return a way to run the plant in words, or its code where it was named by hand."""
    if code == "as-set":
        return "as it is set today"
    match = re.fullmatch(r"([\d.]+)C-(\d+)-(\w+)-(\d+)", code)
    if match is None:
        return code
    warm, loading, mix, stove = match.groups()
    feed = "" if mix == "all" else f", feed {mix.replace('_', ' ')}"
    return f"{warm} °C, fed to {loading} % of what it takes{feed}, {stove} % of the gas to stoves"


def _listed(words: Sequence[str]) -> str:
    """Return 'a gas bag, a stirrer and the store'; articles begin small inside a sentence."""
    words = [word[0].lower() + word[1:] if word.startswith(("A ", "An ", "The ")) else word for word in words]
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else list(words))


def _money(amount: object) -> str:
    from harmonia.science.choice.decision import amount as told

    return told(amount)  # type: ignore[arg-type]
