"""Tell the Nexus what was promised, and take it back."""

from decimal import Decimal

from django.apps import apps

from harmonia.commons.covenants.models import Covenant


def expect(covenant: Covenant) -> None:
    """Add an active covenant to what the Nexus expects; a site without a Nexus expects nothing."""
    if not apps.is_installed("harmonia.commons.nexus"):
        return
    from harmonia.commons.nexus.actions import expect as expect_delivery

    expect_delivery(
        source=_source(covenant),
        substance=covenant.substance,
        kg_week=Decimal(covenant.grams_week) / 1000,
        starts=covenant.since,
        ends=covenant.until,
    )


def drop(covenant: Covenant) -> None:
    """Take back what the Nexus expects of a covenant."""
    if not apps.is_installed("harmonia.commons.nexus"):
        return
    from harmonia.commons.nexus.actions import drop_expectation

    drop_expectation(source=_source(covenant))


def _source(covenant: Covenant) -> str:
    return f"covenant-{covenant.pk}"
