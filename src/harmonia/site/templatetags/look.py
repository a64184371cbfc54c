"""Template tags of the look: rings, captured blocks and the unit of a field."""

import json
import re
from collections.abc import Sequence
from math import floor, log10
from typing import Any

from django import template
from django.forms import BoundField
from django.template.base import Node, NodeList, Parser, Token
from django.template.context import Context
from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from harmonia.site.rings import RingDay, breath_of, ring_radii, rings_svg

register = template.Library()
BEFORE_UNIT = re.compile(r"(?<=\d) (?=(?:kg|g|m³|L|mL|h|d|kWh|kW|kPa|ppm|°C|%)(?!\w))")


@register.simple_tag
def rings(
    days: Sequence[RingDay | tuple[Any, ...]],
    breath_s: float | None = None,
    title: str = "",
    description: str = "",
) -> SafeString:
    """Growth rings of the Nexus: `{% rings days title=… description=… %}`.

    `days` holds `RingDay` or plain tuples of the same four values, oldest first. Without `breath_s` [s]
    the newest reading among them sets the rhythm.
    """
    known = [day if isinstance(day, RingDay) else RingDay(*day) for day in days]
    name = title or _("Growth rings of the Nexus")
    what = description or _("Each ring is a day; today is the innermost. Amber rings are days with stories.")
    return SafeString(rings_svg(known, breath_s=breath_s or breath_of(known), title=name, description=what))


@register.simple_tag
def ring_shape(days: Sequence[RingDay | tuple[Any, ...]]) -> str:
    """The radii of the same rings [share of the drawing's half side], newest day first, as JSON for a script."""
    known = [day if isinstance(day, RingDay) else RingDay(*day) for day in days]
    shape = [[round(radius, 3) for radius in ring] for ring in ring_radii(known)]
    return json.dumps(shape, separators=(",", ":"))


@register.simple_tag
def breath(days: Sequence[RingDay | tuple[Any, ...]]) -> str:
    """The period of the breath [s] of these days; "" where nobody read the meter."""
    known = [day if isinstance(day, RingDay) else RingDay(*day) for day in days]
    seconds = breath_of(known)
    return f"{seconds:.2f}" if seconds else ""


@register.filter(is_safe=True)
def unbroken(text: str) -> str:
    """Keep numbers beside their units: a heading may break anywhere else."""
    return BEFORE_UNIT.sub("\u00a0", text)


@register.filter
def digits(value: float, count: int = 3) -> str:
    """Write a modelled figure with the digits it deserves, in the reader's spelling: 112, 31.0, 4.29, 0.0612."""
    places = max(0, count - 1 - floor(log10(abs(value)))) if value else 0
    return str(number_format(round(value, places), places, use_l10n=True, force_grouping=True))


@register.filter
def unit(field: BoundField) -> str:
    """The unit a number field was declared with, `attrs={"data-unit": "kg"}`."""
    return str(field.field.widget.attrs.get("data-unit", ""))


class CaptureNode(Node):
    """Renders its inside, blocks included, into a variable of the page."""

    child_nodelists = ("nodelist",)

    def __init__(self, nodelist: NodeList, name: str) -> None:
        self.nodelist = nodelist
        self.name = name

    def render(self, context: Context) -> str:
        """Write nothing; set the variable for what follows."""
        context[self.name] = SafeString(self.nodelist.render(context).strip())
        return ""


@register.tag
def capture(parser: Parser, token: Token) -> CaptureNode:
    """`{% capture place %}{% block place %}{% endblock %}{% endcapture %}`: a block as a variable."""
    arguments = token.split_contents()
    if len(arguments) != 2:
        raise template.TemplateSyntaxError("capture takes one name: {% capture place %}")
    nodelist = parser.parse(("endcapture",))
    parser.delete_first_token()
    return CaptureNode(nodelist, arguments[1])
