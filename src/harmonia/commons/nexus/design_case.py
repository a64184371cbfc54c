"""Rows into a case of the science that compares designs; the science loads on first use, in tasks and commands."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from harmonia.commons.journal.sentences import in_words, kept
from harmonia.commons.nexus import twin
from harmonia.commons.nexus.errors import Refused
from harmonia.commons.nexus.feeding import feed_series
from harmonia.commons.nexus.models import DesignComparison, PlantVersion, Surroundings
from harmonia.commons.nexus.places import yesterday

if TYPE_CHECKING:
    from harmonia.science.metabolism.designs import DesignCase, Option
    from harmonia.science.metabolism.designs.draws import FeedLog

SEED = 1
HISTORY_DAYS = 364  # whole weeks


def run(comparison: DesignComparison) -> dict[str, Any]:
    """Return what every affordable set of options would bring, as plain values.

    Raises Refused, with the reason, where that cannot be computed.
    """
    from harmonia.science.metabolism import FeedstockError, PlantError
    from harmonia.science.metabolism.designs import DesignError, compare_designs
    from harmonia.science.metabolism.designs.result import as_plain

    try:
        found = compare_designs(case(comparison.version, comparison.options, comparison.budget))
    except (DesignError, PlantError, FeedstockError) as error:
        raise Refused(in_words(error)) from error
    return as_plain(found) | {"whys": {code: kept(why) for code, why in found.impossible.items()}}


def case(version: PlantVersion, options: Sequence[Mapping[str, Any]], budget: int) -> "DesignCase":
    """Return a plant with its place, feed and jars as the science compares it; raises Refused where nothing was fed."""
    from harmonia.science.metabolism import plant_from_toml
    from harmonia.science.metabolism.designs import DesignCase, Site

    told = Surroundings.objects.first()
    return DesignCase(
        plant=plant_from_toml(version.toml),
        site=Site(**told.as_site()) if told else Site(),
        feed=feed_log(),
        options=science_options(options),
        budget=Decimal(budget),
        members=settings.DESIGN_YEARS,
        seed=SEED,
        methane=twin.methane_of_jars(),
    )


def feed_log() -> "FeedLog":
    """Return what was fed in the last year, and what is promised for the next two weeks."""
    from harmonia.science.metabolism.designs.draws import FeedLog

    until = yesterday(timezone.now())
    start = max(twin.commissioned(), until - timedelta(days=HISTORY_DAYS - 1))
    series = feed_series(start, until, twin.HORIZON_DAYS)
    if not any(sum(days) for days in series.values()):
        raise Refused(_("The plant was fed nothing yet, so there is nothing to compare on."))
    codes = tuple(sorted(series))
    return FeedLog(start, codes, tuple(zip(*(series[code] for code in codes), strict=True)))


def science_options(options: Sequence[Mapping[str, Any]]) -> "tuple[Option, ...]":
    """Return stored options as the science wants them."""
    from harmonia.science.metabolism import PlantEdit
    from harmonia.science.metabolism.designs import Option

    return tuple(
        Option(
            option["code"],
            option["name"],
            tuple(PlantEdit(edit["field"], edit["operation"], edit["value"]) for edit in option["edits"]),
            Decimal(option["cost"]),
            needs=frozenset(option.get("needs", ())),
            excludes=frozenset(option.get("excludes", ())),
            substitutes=frozenset(option.get("substitutes", ())),
        )
        for option in options
    )
