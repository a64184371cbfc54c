"""A cycle in a folder: the community's files, and what people pledged, voted and wished."""

import csv
import math
import tomllib
from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from harmonia.cli.community import FEED, OPTIONS, PLANT, read_community
from harmonia.cli.errors import BadInput
from harmonia.cli.files import read_text

if TYPE_CHECKING:
    from harmonia.science.choice import Ballot, Rule
    from harmonia.science.join import CycleCase, Offer, Pledge

BALLOTS, PRIORITIES, PLEDGES, JARS, RULE, READINGS = (
    "ballots.csv", "priorities.csv", "pledges.csv", "jars", "rule.toml", "readings.csv",
)  # fmt: skip
_MOST_MB = 20
_MOST_ROWS = 200_000


def read_cycle(folder: Path, members: int, seed: int) -> "CycleCase":
    """Return the cycle of a folder.

    Needed: plant.toml, feed.csv, options/*.toml, a budget in site.toml, ballots.csv. Read where they are:
    priorities.csv, pledges.csv, jars/*.csv, rule.toml, regimes.toml, ambient.csv.

    Raises:
        BadInput: a file is missing or cannot be read, or says what cannot be.
    """
    from harmonia.science.choice import ElectionError
    from harmonia.science.join import CycleCase
    from harmonia.science.metabolism.designs import DesignCase, DesignError

    _check_folder(folder)
    community = read_community([folder])
    if community.budget is None:
        raise BadInput(f"{folder / 'site.toml'} states no budget, and a vote needs one.")
    offers = tuple(_offer(folder / OPTIONS / f"{option.code}.toml", option) for option in community.options)
    vote_type, ballots = _ballots(folder / BALLOTS, [offer.option.code for offer in offers])
    try:
        design = DesignCase(
            community.plant, community.site, community.feed, (), community.budget, community.weather,
            members, seed, _methane(folder / JARS),
        )  # fmt: skip
        return CycleCase(
            design, offers, ballots, _priorities(folder / PRIORITIES), _rule(folder / RULE), vote_type,
            community.regimes, _pledges(folder / PLEDGES),
        )  # fmt: skip
    except (DesignError, ElectionError) as error:
        raise BadInput(str(error)) from None


def read_readings(folder: Path) -> dict[str, float]:
    """Return what was measured since: readings.csv with measure and value; nothing where there is no such file."""
    from harmonia.science.metabolism.designs import MEASURES

    found = {}
    for where, row in _rows(folder / READINGS, "measure", "value"):
        if row["measure"] not in MEASURES:
            raise BadInput(f"{where}: {row['measure']!r} is none of {', '.join(MEASURES)}.")
        found[row["measure"]] = _number(where, row, "value")
    return found


def _check_folder(folder: Path) -> None:
    if not folder.is_dir():
        raise BadInput(f"{folder} is no folder.")
    for name in (PLANT, FEED, OPTIONS, BALLOTS):
        if not (folder / name).exists():
            raise BadInput(f"{folder} lacks {name}; a cycle needs {PLANT}, {FEED}, {OPTIONS}/ and {BALLOTS}.")


def _offer(path: Path, option: Any) -> "Offer":
    """Return an option with the two words only a vote reads; the file was read as TOML before."""
    from harmonia.science.join import Offer

    table = tomllib.loads(read_text(path, most_mb=_MOST_MB))
    mandatory, veto = table.get("mandatory", False), table.get("veto", "")
    if not isinstance(mandatory, bool):
        raise BadInput(f"{path}: mandatory must be true or false, not {mandatory!r}.")
    if not isinstance(veto, str):
        raise BadInput(f"{path}: veto is the licence holder's reason in words, not {veto!r}.")
    if mandatory and veto:
        raise BadInput(f"{path} is mandatory and vetoed; it can only be one of them.")
    return Offer(option, mandatory, veto)


def _rule(path: Path) -> "Rule":
    """Return the frozen rule of rule.toml; without one, the rule of every vote on the web."""
    from harmonia.science.choice import ElectionError, Rule

    if not path.exists():
        return Rule("equal-shares", "cost", "add1", "exhaustive", "name")
    try:
        table = tomllib.loads(read_text(path, most_mb=1))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise BadInput(f"{path} is not valid TOML: {error}.") from None
    known = Rule.__dataclass_fields__
    for name, value in table.items():
        if name not in known or not isinstance(value, str):
            raise BadInput(f"{path}: {name} is no word of a rule in quotes; there are {', '.join(known)}.")
    try:
        return Rule(**table)
    except ElectionError as error:
        raise BadInput(f"{path}: {error}") from None


def _ballots(path: Path, codes: list[str]) -> "tuple[str, tuple[Ballot, ...]]":
    """Return the vote type and the ballots, without their voters: one column an option, 1 or points."""
    rows = list(_rows(path, "voter"))
    strangers = sorted({name for _, row in rows for name in row} - {"voter", *codes})
    if strangers:
        raise BadInput(f"{path} has a column {strangers[0]!r}, and there is no such option.")
    voters = [row["voter"] for _, row in rows]
    twice = next((voter for voter in voters if voters.count(voter) > 1), None) if len(voters) < 5000 else None
    if twice is not None:
        raise BadInput(f"{path}: voter {twice!r} has two ballots.")
    points = [
        {code: Fraction(_number(where, row, code)) for code in codes if row.get(code)} for where, row in rows
    ]
    if any(value < 0 for ballot in points for value in ballot.values()):
        raise BadInput(f"{path} gives points below 0; an option nobody wants is left blank.")
    if all(value in (0, 1) for ballot in points for value in ballot.values()):
        approved = (frozenset(code for code, value in ballot.items() if value) for ballot in points)
        return "approval", tuple(sorted(approved, key=sorted))
    whole: list[dict[str, int | Fraction]] = [
        {code: int(value) if value.denominator == 1 else value for code, value in ballot.items() if value}
        for ballot in points
    ]
    return "scoring", tuple(
        sorted(whole, key=lambda ballot: sorted((c, Fraction(v)) for c, v in ballot.items()))
    )


def _priorities(path: Path) -> tuple[Mapping[str, float], ...]:
    """Return each resident's weights from ranks: 1 for what matters most, blank for what does not."""
    from harmonia.science.choice import PriorityError, weights_from_ranks
    from harmonia.science.join import PRIORITIES as CRITERIA

    found = []
    for where, row in _rows(path, "resident"):
        strangers = sorted(row.keys() - CRITERIA.keys() - {"resident"})
        if strangers:
            raise BadInput(f"{path} has a column {strangers[0]!r}; outcomes are {', '.join(CRITERIA)}.")
        try:
            found.append(
                weights_from_ranks({name: _number(where, row, name) for name in CRITERIA if row.get(name)})
            )
        except PriorityError as error:
            raise BadInput(f"{where}: {error}") from None
    return tuple(sorted(found, key=lambda weights: sorted(weights.items())))


def _pledges(path: Path) -> "tuple[Pledge, ...]":
    from harmonia.science.join import Pledge

    return tuple(
        Pledge(
            row["feedstock"],
            _number(where, row, "kg_week"),
            _number(where, row, "kept") if row.get("kept") else 1.0,
        )
        for where, row in _rows(path, "feedstock", "kg_week")
    )


def _methane(folder: Path) -> dict[str, tuple[float, float, float]]:
    """Return what the jars together say of each feedstock: value, low, high [m3 CH4/kg VS]."""
    from harmonia.cli.jar_tables import read_yields
    from harmonia.science.metabolism.feedstocks import FeedstockError
    from harmonia.science.metabolism.jar_pooling import PoolError, pool_jars
    from harmonia.science.metabolism.jar_priors import priors_of

    jars = [jar for path in sorted(folder.glob("*.csv")) for jar in read_yields(path)]
    if not jars:
        return {}
    try:
        pooled = pool_jars(jars, priors_of(jar.feedstock for jar in jars))
    except (PoolError, FeedstockError) as error:
        raise BadInput(f"{folder}: {error}") from None
    return {
        code: (told.middle / 1000, told.low / 1000, told.high / 1000)
        for code, told in pooled.estimates.items()
        if told.jars and code != "cellulose"
    }


def _rows(path: Path, *needed: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield each row with "FILE, line N" for messages; nothing where the file may be missing and is."""
    if not path.exists():
        return
    reader = csv.reader(read_text(path, most_mb=_MOST_MB).splitlines())
    try:
        heads = [head.strip() for head in next(reader, [])]
        if len(set(heads)) < len(heads):
            raise BadInput(f"{path} has two columns of one name.")
        for name in needed:
            if name not in heads:
                raise BadInput(f"{path} needs the column {name}; it has {', '.join(heads) or 'none'}.")
        for count, cells in enumerate(reader):
            where = f"{path}, line {reader.line_num}"
            if count >= _MOST_ROWS:
                raise BadInput(f"{path} has more than {_MOST_ROWS} rows.")
            if not any(cells):
                continue
            if len(cells) != len(heads):
                raise BadInput(f"{where}: {len(cells)} cells stand under {len(heads)} columns.")
            yield where, {head: cell.strip() for head, cell in zip(heads, cells, strict=True)}
    except csv.Error as error:
        raise BadInput(f"{path} is not a CSV table: {error}.") from None


def _number(where: str, row: Mapping[str, str], name: str) -> float:
    try:
        value = float(row[name])
    except ValueError:
        value = math.nan
    if not (math.isfinite(value) and abs(value) < 1e12):
        raise BadInput(f"{where}: {name} is {row[name]!r}, which is no number.")
    return value
