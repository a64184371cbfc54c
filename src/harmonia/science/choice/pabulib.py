"""Read and write `.pb`, the file format of Pabulib.

Faliszewski et al. (2023), Participatory budgeting: data, tools, and analysis. IJCAI.
https://doi.org/10.24963/ijcai.2023/297
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Protocol

from harmonia.science.choice.election import Ballot, Election, ElectionError, Money, Project

Row = list[str]
LONGEST = 80  # letters of an amount


class Reader(Protocol):
    """What `csv.reader` returns."""

    line_num: int

    def __iter__(self) -> "Reader":
        """Return itself."""

    def __next__(self) -> Row:
        """Return the next row."""


LINKS = ("needs", "excludes", "substitutes")


def read_pb(text: str) -> Election:
    """Return the election a `.pb` text describes; columns about voters (age, sex, …) are not kept.

    Raises
    ------
    ElectionError
        A section, column or value is missing or cannot be read; the message names the line.
    """
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";")
    try:
        return _election(reader)
    except csv.Error as error:
        raise ElectionError(f"Line {reader.line_num} cannot be read: {error}.") from None


def _election(reader: Reader) -> Election:
    sections = _before_votes(reader)
    meta = {row[0].strip(): row[1].strip() if len(row) > 1 else "" for _, row in sections["META"][1:]}
    projects, selected = _projects(sections["PROJECTS"])
    vote_type = meta.get("vote_type", "")
    ballots = tuple(_ballots(reader, vote_type))
    _check_count(meta, "num_votes", len(ballots), "ballots")
    _check_count(meta, "num_projects", len(projects), "projects")
    if "budget" not in meta:
        raise ElectionError("The META section states no budget.")
    return Election(projects, ballots, money(meta["budget"], "the budget"), vote_type, meta, selected)


def money(text: str, what: str) -> Money:
    """Return an exact amount: an int where it is whole, else a Fraction."""
    plain = text.strip().replace(",", ".")
    try:
        if len(plain) > LONGEST or "e" in plain.lower():  # 1e999999999 would fill the memory
            raise ValueError
        amount = Fraction(plain)
    except (ValueError, ZeroDivisionError):
        raise ElectionError(f"{text[:LONGEST]!r} is no amount ({what}).") from None
    return amount.numerator if amount.denominator == 1 else amount


def _before_votes(reader: Reader) -> dict[str, list[tuple[int, Row]]]:
    """Return the rows of META and PROJECTS; the reader then stands at the votes, which are too many to keep."""
    sections: dict[str, list[tuple[int, Row]]] = {}
    current: list[tuple[int, Row]] | None = None
    found = False
    for row in reader:
        head = row[0].strip().upper() if len(row) == 1 else ""
        if head == "VOTES":
            found = True
            break
        if head in ("META", "PROJECTS"):
            current = sections.setdefault(head, [])
        elif any(row):
            if current is None:
                raise ElectionError("The file does not begin with META; it is no .pb file.")
            current.append((reader.line_num, row))
    for name, there in (("META", True), ("PROJECTS", True), ("VOTES", found)):
        if not there or (name != "VOTES" and not sections.get(name)):
            raise ElectionError(f"The file has no {name} section.")
    return sections


def _columns(heads: Row, required: Iterable[str], name: str) -> dict[str, int]:
    columns = {title.strip(): place for place, title in enumerate(heads)}
    for title in required:
        if title not in columns:
            raise ElectionError(f"The {name} section has no column {title!r}.")
    return columns


def _projects(section: list[tuple[int, Row]]) -> tuple[tuple[Project, ...], frozenset[str]]:
    columns = _columns(section[0][1], ("project_id", "cost"), "PROJECTS")
    projects, selected = [], set()
    for line, row in section[1:]:
        if len(row) <= max(columns["project_id"], columns["cost"]):
            raise ElectionError(f"Line {line} breaks off before the cost.")
        identity = row[columns["project_id"]].strip()
        name = row[columns["name"]].strip() if len(row) > columns.get("name", len(row)) else identity
        needs, excludes, substitutes = (_linked(row, columns, title) for title in LINKS)
        must = (
            row[columns["mandatory"]].strip() == "1"
            if len(row) > columns.get("mandatory", len(row))
            else False
        )
        cost = money(row[columns["cost"]], f"cost on line {line}")
        projects.append(Project(identity, name, cost, needs, excludes, substitutes, must))
        if len(row) > columns.get("selected", len(row)) and row[columns["selected"]].strip() == "1":
            selected.add(identity)
    return tuple(projects), frozenset(selected)


def _linked(row: Row, columns: Mapping[str, int], title: str) -> frozenset[str]:
    """Return the ids in one of Harmonia's own columns, which other readers pass over."""
    place = columns.get(title, len(row))
    return frozenset(_names(row[place])) if place < len(row) else frozenset()


def _ballots(reader: Reader, vote_type: str) -> Iterator[Ballot]:
    pointed = vote_type in ("cumulative", "scoring")
    heads = next((row for row in reader if any(row)), [])
    columns = _columns(heads, ("vote", "points") if pointed else ("vote",), "VOTES")
    vote, points = columns["vote"], columns.get("points", -1)
    known: dict[str, Ballot] = {}
    for row in reader:
        if not row or not (row[0] or any(row)):
            continue
        if len(row) <= vote:
            raise ElectionError(f"Line {reader.line_num} breaks off before the vote.")
        # Many voters vote alike: equal texts share one ballot, which makes a large file quick to read.
        said = row[vote] if not pointed else f"{row[vote]};{row[points] if len(row) > points else ''}"
        ballot = known.get(said)
        if ballot is None:
            names = _names(row[vote])
            if pointed:
                ballot = _scored(names, row[points] if len(row) > points else "", reader.line_num)
            else:
                ballot = tuple(dict.fromkeys(names)) if vote_type == "ordinal" else frozenset(names)
            known[said] = ballot
        yield ballot


def _names(vote: str) -> list[str]:
    names = vote.split(",")
    if " " in vote or "" in names:
        return [name.strip() for name in names if name.strip()]
    return names


def _scored(names: list[str], points: str, line: int) -> Mapping[str, Money]:
    amounts = [money(value, f"points on line {line}") for value in points.split(",") if value.strip()]
    if len(amounts) != len(names):
        raise ElectionError(f"Line {line} has {len(names)} projects but {len(amounts)} values of points.")
    return dict(zip(names, amounts, strict=True))


def _check_count(meta: Mapping[str, str], key: str, found: int, what: str) -> None:
    stated = meta.get(key, "").strip()
    if stated and stated != str(found):
        raise ElectionError(f"META states {stated} {what}, but the file holds {found}; it may be cut off.")


def write_pb(election: Election) -> str:
    """Return `.pb` text; voters are numbered, so that no identity travels with a ballot."""
    out = io.StringIO()
    sheet = csv.writer(out, delimiter=";", lineterminator="\n")
    meta = dict(election.meta) | {
        "num_projects": str(len(election.projects)),
        "num_votes": str(len(election.ballots)),
        "budget": _decimal(election.budget),
        "vote_type": election.vote_type,
    }
    sheet.writerows([["META"], ["key", "value"], *([key, meta[key]] for key in meta)])
    linked = any(project.linked or project.mandatory for project in election.projects)
    more = [*(["selected"] * bool(election.selected)), *([*LINKS, "mandatory"] * linked)]
    sheet.writerows([["PROJECTS"], ["project_id", "cost", "name", *more]])
    for project in election.projects:
        mark = [str(int(project.id in election.selected))] if election.selected else []
        names = (project.needs, project.excludes, project.substitutes)
        links = [*(",".join(sorted(ids)) for ids in names), str(int(project.mandatory))] if linked else []
        sheet.writerow([project.id, _decimal(project.cost), project.name, *mark, *links])
    pointed = election.vote_type in ("cumulative", "scoring")
    sheet.writerows([["VOTES"], ["voter_id", "vote", *(["points"] * pointed)]])
    places = {project.id: place for place, project in enumerate(election.projects)}
    for number, ballot in enumerate(election.ballots, start=1):
        sheet.writerow([str(number), *_vote(ballot, places)])
    return out.getvalue()


def _vote(ballot: Ballot, places: Mapping[str, int]) -> list[str]:
    if isinstance(ballot, Mapping):
        names = sorted(ballot, key=places.__getitem__)
        return [",".join(names), ",".join(_decimal(ballot[name]) for name in names)]
    if isinstance(ballot, frozenset):
        return [",".join(sorted(ballot, key=places.__getitem__))]
    return [",".join(ballot)]


def _decimal(amount: Money) -> str:
    """Return an exact text: decimals where they end, else a ratio."""
    fraction = Fraction(amount)
    for places in range(13):
        scaled = fraction * 10**places
        if scaled.denominator == 1:
            whole = str(abs(scaled.numerator)).zfill(places + 1)
            sign = "-" if fraction < 0 else ""
            return sign + (f"{whole[:-places]}.{whole[-places:]}" if places else whole)
    return str(fraction)
