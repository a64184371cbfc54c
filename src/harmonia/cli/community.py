"""A community in a folder: its plant, place, options, feed, weather and regimes, read once for every command."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from harmonia.cli.errors import BadInput
from harmonia.cli.files import read_text

if TYPE_CHECKING:
    from harmonia.science.metabolism import Plant
    from harmonia.science.metabolism.designs import Option, Regime, Site
    from harmonia.science.metabolism.designs.draws import FeedLog, WeatherLog

Read = TypeVar("Read")
PLANT, SITE, FEED, AMBIENT, REGIMES = "plant.toml", "site.toml", "feed.csv", "ambient.csv", "regimes.toml"
OPTIONS = "options"
_KNOWN = frozenset({PLANT, SITE, FEED, AMBIENT, REGIMES})
_MOST_MB = 50


@dataclass(frozen=True)
class Community:
    """What a folder holds; `budget`, `weather` and `regimes` may be missing."""

    plant: "Plant"
    site: "Site"
    budget: Decimal | None
    options: "tuple[Option, ...]"
    feed: "FeedLog"
    weather: "WeatherLog | None"
    regimes: "tuple[Regime, ...] | None"


def read_community(paths: Sequence[Path]) -> Community:
    """Return the community of a folder, or of single files: plant.toml, feed.csv and what else there is.

    site.toml, ambient.csv and regimes.toml may be missing; every other .toml, in a folder those under
    options/, is an option, and its name is the option's code.

    Raises:
        BadInput: a file is missing or cannot be read, or says what cannot be.
    """
    from harmonia.science.metabolism import plant_from_toml
    from harmonia.science.metabolism.designs import (
        Site,
        ambient_from_csv,
        feed_from_csv,
        option_from_toml,
        regimes_from_toml,
        site_from_toml,
    )

    files, options = _sorted_out(paths)
    for needed in (PLANT, FEED):
        if needed not in files:
            raise BadInput(f"{needed} is missing: a comparison needs a plant and what it is fed.")
    site, budget = _read(files[SITE], site_from_toml) if SITE in files else (Site(), None)
    return Community(
        _read(files[PLANT], plant_from_toml),
        site,
        budget,
        tuple(_read(path, _with_code(path.stem, option_from_toml)) for path in options),
        _read(files[FEED], feed_from_csv),
        _read(files[AMBIENT], ambient_from_csv) if AMBIENT in files else None,
        _read(files[REGIMES], regimes_from_toml) if REGIMES in files else None,
    )


def _sorted_out(paths: Sequence[Path]) -> tuple[dict[str, Path], list[Path]]:
    """Return the files with a known name, and the options by name."""
    found: list[Path] = []
    for path in paths:
        found += _in_folder(path) if path.is_dir() else [path]
    files = {path.name: path for path in found if path.name in _KNOWN}
    options = sorted((path for path in found if path.name not in _KNOWN), key=lambda path: path.name)
    strange = [path for path in options if path.suffix != ".toml"]
    if strange:
        raise BadInput(f"{strange[0]} is no .toml file and none of {', '.join(sorted(_KNOWN))}.")
    return files, options


def _in_folder(folder: Path) -> Iterable[Path]:
    try:
        known = [folder / name for name in sorted(_KNOWN) if (folder / name).exists()]
        options = sorted((folder / OPTIONS).glob("*.toml"))
    except OSError as error:
        raise BadInput(f"{folder} cannot be read: {error.strerror}.") from None
    return [*known, *options]


def _with_code(code: str, reader: Callable[[str, str], Read]) -> Callable[[str], Read]:
    return lambda text: reader(code, text)


def _read(path: Path, reader: Callable[[str], Read]) -> Read:
    text = read_text(path, most_mb=_MOST_MB)
    try:
        return reader(text)
    except ValueError as error:  # PlantError and DesignError both end in one sentence
        raise BadInput(f"{path}: {error}") from None
