"""Keep the substances and the world outside in step with `catalogue.toml`."""

import tomllib
from importlib.resources import files
from typing import Any

from harmonia.commons.ledger.models import Holder, Substance


def load(**_: Any) -> None:
    """Add what is new and mend names; a substance that matter was booked in is never removed."""
    table = tomllib.loads(files("harmonia.commons.ledger").joinpath("catalogue.toml").read_text("utf-8"))
    for code, values in table["substances"].items():
        Substance.objects.update_or_create(code=code, defaults=values)
    for code, name in table["holders"].items():
        kind = {"kind": Holder.Kind.OUTSIDE, "boundary": True}
        Holder.objects.get_or_create(code=code, defaults={"name": name, **kind})
