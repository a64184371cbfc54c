"""Photos in the width a screen needs, families as drawings, and weights as people say them."""

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from harmonia.commons.alchemy import weights
from harmonia.commons.alchemy.models import Picture, Recording
from harmonia.commons.alchemy.queries import Family, Kin, Tie

register = template.Library()
BOX_W, BOX_H, GAP_X, GAP_Y = 190, 56, 64, 20  # [px]
LETTERS = 22


@register.simple_tag
def photo(picture: Picture, sizes: str = "100vw", *, eager: bool = False) -> SafeString:
    """A `<picture>` in AVIF and WebP: `{% photo thing.picture "(min-width: 60rem) 20rem, 90vw" %}`."""
    sources = [(kind, _srcset(picture, kind)) for kind in picture.formats]
    return format_html(
        '<picture>{}<img src="{}" alt="{}" width="{}" height="{}" loading="{}" decoding="async"></picture>',
        format_html_join(
            "",
            '<source type="image/{}" srcset="{}" sizes="{}">',
            ((kind, srcset, sizes) for kind, srcset in sources),
        ),
        reverse("media", args=[picture.files(picture.formats[-1])[-1]]),
        picture.alt,
        picture.width,
        picture.height,
        "eager" if eager else "lazy",
    )


def _srcset(picture: Picture, kind: str) -> SafeString:
    addresses = zip(picture.files(kind), picture.widths, strict=True)
    return format_html_join(", ", "{} {}w", ((reverse("media", args=[n]), w) for n, w in addresses))


@register.simple_tag
def voice(recording: Recording) -> SafeString:
    """An `<audio>` player of a recording."""
    label = _("Recording of %(seconds)d seconds") % {"seconds": recording.seconds}
    address = reverse("media", args=[recording.files()[0]])
    return format_html('<audio controls preload="none" src="{}" aria-label="{}"></audio>', address, label)


@register.simple_tag
def family_tree(family: Family) -> SafeString:
    """A family as a drawing, oldest at the left; hidden from screen readers, who read the list beside it."""
    width = family.generations * (BOX_W + GAP_X) - GAP_X + 2
    height = family.widest * (BOX_H + GAP_Y) - GAP_Y + 2
    return format_html(
        '<svg class="family" viewBox="-1 -1 {} {}" width="{}" height="{}" aria-hidden="true" focusable="false">{}{}</svg>',
        width,
        height,
        width,
        height,
        format_html_join("", "{}", ((_line(tie),) for tie in family.ties)),
        format_html_join("", "{}", ((_box(kin),) for kin in family.kin)),
    )


def _corner(kin: Kin) -> tuple[int, int]:
    return kin.generation * (BOX_W + GAP_X), kin.place * (BOX_H + GAP_Y)


def _line(tie: Tie) -> SafeString:
    (x0, y0), (x1, y1) = _corner(tie.parent), _corner(tie.child)
    start, end = (x0 + BOX_W, y0 + BOX_H // 2), (x1, y1 + BOX_H // 2)
    middle = (start[0] + end[0]) // 2
    path = f"M{start[0]} {start[1]}C{middle} {start[1]} {middle} {end[1]} {end[0]} {end[1]}"
    return format_html('<path class="tie {}" d="{}"/>', tie.kind, path)


def _box(kin: Kin) -> SafeString:
    x, y = _corner(kin)
    title = kin.title or _("not shown")
    short = title if len(title) <= LETTERS else f"{title[: LETTERS - 1]}…"
    return format_html(
        '<g class="kin{}"><rect x="{}" y="{}" width="{}" height="{}" rx="12"/>'
        '<text x="{}" y="{}">{}</text><text class="code" x="{}" y="{}">{}</text></g>',
        " here" if kin.is_here else "",
        x, y, BOX_W, BOX_H,
        x + 12, y + 24, short,
        x + 12, y + 44, kin.code,
    )  # fmt: skip


register.filter("weight", weights.said)
